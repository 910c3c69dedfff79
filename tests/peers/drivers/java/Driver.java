// SPDX-License-Identifier: GPL-3.0-or-later

import com.alibaba.nacos.api.NacosFactory;
import com.alibaba.nacos.api.PropertyKeyConst;
import com.alibaba.nacos.api.config.ConfigService;
import com.alibaba.nacos.api.config.listener.Listener;
import com.alibaba.nacos.common.utils.VersionUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The Java nacos-client behind the conversation of ../README.md. */
public class Driver {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ConfigService> CLIENTS = new ConcurrentHashMap<>();
    private static final Map<String, String> NAMESPACES = new ConcurrentHashMap<>();
    private static PrintStream answers;

    private record Arrival(String content, long at) {
    }

    private static synchronized void say(ObjectNode document) {
        answers.println(document);
        answers.flush();
    }

    private static String text(JsonNode command, String member) {
        return command.path(member).asText("");
    }

    private static ConfigService client(JsonNode command, String member) {
        ConfigService found = CLIENTS.get(text(command, member));
        if (found == null) {
            throw new IllegalArgumentException("no such client: " + text(command, member));
        }
        return found;
    }

    private static void connect(JsonNode c) throws Exception {
        Properties settings = new Properties();
        settings.setProperty(PropertyKeyConst.SERVER_ADDR, text(c, "server"));
        settings.setProperty(PropertyKeyConst.NAMESPACE, text(c, "namespace"));
        settings.setProperty(PropertyKeyConst.CONFIG_REQUEST_TIMEOUT, "20000");
        if (!text(c, "user").isEmpty()) {
            settings.setProperty(PropertyKeyConst.USERNAME, text(c, "user"));
            settings.setProperty(PropertyKeyConst.PASSWORD, text(c, "password"));
        }
        NAMESPACES.put(text(c, "client"), text(c, "namespace"));
        CLIENTS.put(text(c, "client"), NacosFactory.createConfigService(settings));
    }

    private static boolean publish(JsonNode c, String dataId, String content) throws Exception {
        ConfigService service = client(c, "client");
        String type = c.path("type").asText("text");
        String md5 = text(c, "casMd5");
        return md5.isEmpty() ? service.publishConfig(dataId, text(c, "group"), content, type)
                : service.publishConfigCas(dataId, text(c, "group"), content, md5, type);
    }

    private static String get(JsonNode c, String dataId) throws Exception {
        return client(c, "client").getConfig(dataId, text(c, "group"), 20000);
    }

    private static Listener calling(Consumer<String> receiver) {
        return new Listener() {
            @Override
            public Executor getExecutor() {
                return null;
            }

            @Override
            public void receiveConfigInfo(String content) {
                receiver.accept(content);
            }
        };
    }

    private static void listen(JsonNode c) throws Exception {
        client(c, "client").addListener(text(c, "dataId"), text(c, "group"), calling(content -> {
            ObjectNode event = JSON.createObjectNode().put("event", "changed").put("client", text(c, "client"));
            event.put("namespace", NAMESPACES.get(text(c, "client"))).put("group", text(c, "group"));
            say(event.put("dataId", text(c, "dataId")).put("content", content));
        }));
    }

    private static void percentiles(ObjectNode into, long[] nanos) {
        Arrays.sort(nanos);
        for (int share : new int[] {50, 95, 99}) {
            int at = Math.min(nanos.length - 1, nanos.length * share / 100);
            into.put("p" + share + "Ms", nanos.length == 0 ? 0 : nanos[at] / 1000 / 1000.0);
        }
    }

    private static void bench(JsonNode c, ObjectNode answer) throws Exception {
        int count = c.path("count").asInt();
        int keys = c.path("keys").asInt(1);
        long[] nanos = new long[count];
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger next = new AtomicInteger();
        int parallel = c.path("parallel").asInt(1);
        ExecutorService workers = Executors.newFixedThreadPool(parallel);
        long began = System.nanoTime();
        Future<?>[] all = new Future<?>[parallel];
        for (int i = 0; i < parallel; i++) {
            all[i] = workers.submit(() -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    String dataId = text(c, "dataId") + n % keys;
                    long started = System.nanoTime();
                    try {
                        boolean good = text(c, "what").equals("get") ? get(c, dataId) != null
                                : publish(c, dataId, text(c, "content") + n);
                        if (!good) {
                            failed.incrementAndGet();
                        }
                    } catch (Exception error) {
                        failed.incrementAndGet();
                    }
                    nanos[n] = System.nanoTime() - started;
                }
            });
        }
        for (Future<?> worker : all) {
            worker.get();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        workers.shutdown();
        answer.put("seconds", seconds).put("perSecond", count / seconds).put("failed", failed.get());
        percentiles(answer, nanos);
    }

    private static void latency(JsonNode c, ObjectNode answer) throws Exception {
        BlockingQueue<Arrival> arrived = new LinkedBlockingQueue<>();
        client(c, "listener").addListener(text(c, "dataId"), text(c, "group"),
                calling(content -> arrived.add(new Arrival(content, System.nanoTime()))));
        long[] nanos = new long[c.path("count").asInt()];
        for (int n = -1; n < nanos.length; n++) { // number -1 waits for the subscription to stand
            String content = "latency " + n;
            long started = System.nanoTime();
            publish(c, text(c, "dataId"), content);
            Arrival seen;
            do {
                seen = arrived.poll(30, TimeUnit.SECONDS);
                if (seen == null) {
                    throw new IllegalStateException("no callback within 30 s");
                }
            } while (!seen.content().equals(content));
            if (n >= 0) {
                nanos[n] = seen.at() - started;
            }
        }
        percentiles(answer, nanos);
    }

    private static void answer(JsonNode c) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            switch (text(c, "op")) {
                case "connect" -> connect(c);
                case "get" -> answer.put("content", get(c, text(c, "dataId")));
                case "publish" -> answer.put("done", publish(c, text(c, "dataId"), text(c, "content")));
                case "remove" -> answer.put("done", client(c, "client").removeConfig(text(c, "dataId"), text(c, "group")));
                case "listen" -> listen(c);
                case "bench" -> bench(c, answer);
                case "latency" -> latency(c, answer);
                default -> throw new IllegalArgumentException("no such operation: " + text(c, "op"));
            }
        } catch (Exception error) {
            answer = JSON.createObjectNode().put("error", error.toString());
        }
        say(answer.put("id", c.path("id").asInt()));
    }

    /** Argument: a folder of its own, which the client uses as its home (snapshots, logs). */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("user.home", arguments[0]);
        System.setProperty("JM.SNAPSHOT.PATH", arguments[0]);
        System.setProperty("JM.LOG.PATH", Path.of(arguments[0], "log").toString());
        System.setProperty("com.alibaba.nacos.config.log.level", "ERROR");
        answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        say(JSON.createObjectNode().put("event", "started").put("sdk", "nacos-client " + VersionUtils.version));
        ExecutorService pool = Executors.newCachedThreadPool();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode command = JSON.readTree(line);
            if (text(command, "op").equals("quit")) {
                break;
            }
            pool.submit(() -> answer(command));
        }
        Runtime.getRuntime().halt(0); // the client's threads would keep the process
    }
}
