# SPDX-License-Identifier: GPL-3.0-or-later
"""A change by another client until it is painted in the list of the window: on the practice registry from the push reaching the
socket, on a real server from the publish, beside the Java client's publish to callback there."""

import hashlib
import time

from support.driver import Client, Driver
from support.nacosapi import NacosApi
from support.paths import Unavailable

from .bench import Bench, RealNacos, Row, Sandbox, median, percentile, spread
from .relay import Relay
from .window import Window

NAME, GROUP = "watched.yaml", "DEFAULT_GROUP"
MD5_COLUMN = 8
PUSH = b"ChangeNotifyRequest"  # of a configuration, and of a watched namespace: a change may be told both ways


def measure(bench: Bench):
    yield on_sandbox(bench)
    if not bench.tiny:
        yield on_real_server(bench)


def shown(window: Window, publish, content: str) -> tuple:
    """Publishes and waits until the list shows it: when it was sent and when it was painted."""
    text = hashlib.md5(content.encode("ascii")).hexdigest()[:8]
    began = time.monotonic_ns()
    publish(content)
    return began, window.next_seen(text)


def prepared(window: Window, publish) -> None:
    """The list is there, live, and the row is watched: a change was seen."""
    window.started()
    window.do("trigger", object="view.detail")  # so that the column with the MD5 is in sight
    window.watch("configsTable", NAME, MD5_COLUMN)
    for number in range(5):
        shown(window, publish, f"warm: {number}\n")


def on_sandbox(bench: Bench) -> Row:
    with Sandbox() as sandbox, Relay(sandbox.port + 1000, PUSH) as relay:
        api = NacosApi(sandbox)

        def publish(content: str) -> None:
            api.publish(NAME, content, GROUP)

        publish("first: 1\n")
        home = bench.home("change", "--server", sandbox.http, "--grpc-port", relay.port)
        pushes, publishes = [], []
        with Window(bench, "signalbox", "--home", home, "--profile", "bench", first={"object": "configsTable", "rows": 1}) as window:
            prepared(window, publish)
            for number in range(bench.size(100, 3)):
                relay.wait_until_quiet()
                began, painted = shown(window, publish, f"value: {number}\n")
                pushes.append((painted - min(relay.marks_since(began))) / 1e6)  # the first word of it counts
                publishes.append((painted - began) / 1e6)
        value = percentile(pushes, 0.95)
        return Row("change", "change by another client → painted in the list, p95, practice registry", value, "ms", "≤ 30 ms after the push",
                   value <= 30, details={"from push": spread(pushes), "from publish": spread(publishes)},
                   note="from the push reaching the socket to the end of the paint")


def on_real_server(bench: Bench) -> Row:
    what = "change by another client → painted in the list, p95, real Nacos"
    reach = "≤ Java client publish → callback"
    try:
        with RealNacos() as server, Driver("java") as driver:
            publisher = Client(driver, server, name="publisher")
            Client(driver, server, name="listener")
            publisher.publish(NAME, "first: 1\n", GROUP)
            home = bench.folder / "change-real"
            home.mkdir()
            (home / "settings.json").write_text('{"secrets.store": "file"}', encoding="ascii")
            passphrase = {"SIGNALBOX_PASSPHRASE": "bench"}
            bench.home("change-real", "--server", server.http, "--console-url", server.console, "--user", server.user, "--password-stdin",
                       environment=passphrase, stdin=server.password + "\n")
            ours, callbacks = [], []
            with Window(bench, "signalbox", "--home", home, "--profile", "bench", first={"object": "configsTable", "rows": 1},
                        environment=passphrase) as window:
                prepared(window, lambda content: publisher.publish(NAME, content, GROUP))
                for turn in range(4):  # alternately, so that both have the same neighbours
                    for number in range(25):
                        began, painted = shown(window, lambda content: publisher.publish(NAME, content, GROUP), f"value: {turn}-{number}\n")
                        ours.append((painted - began) / 1e6)
                    answer = driver.call("latency", seconds=300, client="publisher", listener="listener", dataId="java-latency", group=GROUP,
                                         count=25)
                    callbacks.append(answer)
            java = median(answer["p95Ms"] for answer in callbacks)
            value = percentile(ours, 0.95)
            return Row("change", what, value, "ms", reach, value <= java, {f"{driver.version}, publish → callback": java},
                       {"signalbox": spread(ours), "java p50": round(median(answer["p50Ms"] for answer in callbacks), 1)},
                       "the same Java publisher for both")
    except Unavailable as error:
        return Row("change", what, None, "ms", reach, note=f"left out: {error}")
