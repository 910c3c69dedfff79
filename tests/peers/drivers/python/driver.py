# SPDX-License-Identifier: GPL-3.0-or-later
"""nacos-sdk-python behind the conversation of ../README.md."""

import asyncio
import json
import logging
import os
import sys
import time
from importlib.metadata import version

# The SDK prints nothing to standard output, but libraries might: keep the real one for answers alone.
ANSWERS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

from v2.nacos import ClientConfigBuilder, ConfigParam, GRPCConfig, NacosConfigService  # noqa: E402


def say(document: dict) -> None:
    ANSWERS.write(json.dumps(document, ensure_ascii=False) + "\n")
    ANSWERS.flush()


def percentiles(seconds: list) -> dict:
    ordered = sorted(seconds)

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000, 3) if ordered else 0.0

    return {"p50Ms": at(0.50), "p95Ms": at(0.95), "p99Ms": at(0.99)}


class Driver:
    def __init__(self):
        self.clients = {}
        self.waiting = {}

    async def connect(self, c: dict) -> dict:
        builder = (ClientConfigBuilder().server_address(c["server"]).namespace_id(c.get("namespace", "")).log_level("ERROR")
                   .log_dir(os.path.join(c["folder"], "log")).cache_dir(os.path.join(c["folder"], "cache"))
                   .grpc_config(GRPCConfig(grpc_timeout=20000)))
        if c.get("user"):
            builder = builder.username(c["user"]).password(c["password"])
        self.clients[c["client"]] = await NacosConfigService.create_config_service(builder.build())
        return {}

    async def get(self, c: dict) -> dict:
        content = await self.clients[c["client"]].get_config(ConfigParam(data_id=c["dataId"], group=c["group"]))
        return {"content": content or None}  # this SDK answers '' for an absent one

    async def publish(self, c: dict) -> dict:
        param = ConfigParam(data_id=c["dataId"], group=c["group"], content=c["content"], type=c.get("type", "text"))
        if c.get("casMd5"):
            param.cas_md5 = c["casMd5"]
        return {"done": bool(await self.clients[c["client"]].publish_config(param))}

    async def remove(self, c: dict) -> dict:
        return {"done": bool(await self.clients[c["client"]].remove_config(ConfigParam(data_id=c["dataId"], group=c["group"])))}

    async def listen(self, c: dict) -> dict:
        async def changed(tenant, group, data_id, content):
            say({"event": "changed", "client": c["client"], "namespace": tenant, "group": group, "dataId": data_id, "content": content})

        await self.clients[c["client"]].add_listener(c["dataId"], c["group"], changed)
        return {}

    async def bench(self, c: dict) -> dict:
        gate = asyncio.Semaphore(c["parallel"])
        times, failed = [], 0

        async def one(number: int) -> None:
            nonlocal failed
            command = dict(c, dataId=f"{c['dataId']}{number % c.get('keys', 1)}", content=f"{c['content']}{number}")
            async with gate:
                started = time.perf_counter()
                try:
                    if c["what"] == "get":
                        good = (await self.get(command))["content"] is not None
                    else:
                        good = (await self.publish(command))["done"]
                    failed += 0 if good else 1
                except Exception:  # pylint: disable=broad-except  # counted; the scenario judges
                    failed += 1
                times.append(time.perf_counter() - started)

        began = time.perf_counter()
        await asyncio.gather(*(one(n) for n in range(c["count"])))
        seconds = time.perf_counter() - began
        return {"seconds": round(seconds, 3), "perSecond": round(c["count"] / seconds, 1), "failed": failed, **percentiles(times)}

    async def latency(self, c: dict) -> dict:
        arrived = asyncio.Queue()

        async def changed(_tenant, _group, _data_id, content):
            await arrived.put((content, time.perf_counter()))

        await self.clients[c["listener"]].add_listener(c["dataId"], c["group"], changed)
        times = []
        for number in range(-1, c["count"]):  # number -1 waits for the subscription to stand
            content = f"latency {number}"
            started = time.perf_counter()
            await self.publish(dict(c, content=content))
            while True:
                seen, at = await asyncio.wait_for(arrived.get(), 30)
                if seen == content:
                    break
            if number >= 0:
                times.append(at - started)
        return percentiles(times)

    async def answer(self, command: dict) -> None:
        try:
            say({"id": command["id"], **(await getattr(self, command["op"])(command))})
        except Exception as error:  # pylint: disable=broad-except  # every failure is an answer
            say({"id": command["id"], "error": f"{type(error).__name__}: {error}"})


async def main() -> None:
    logging.disable(logging.CRITICAL)
    reader = asyncio.StreamReader(limit=64 * 1024 * 1024)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    driver = Driver()
    say({"event": "started", "sdk": f"nacos-sdk-python {version('nacos-sdk-python')}"})
    running = set()
    while line := await reader.readline():
        command = json.loads(line)
        if command["op"] == "quit":
            break
        task = asyncio.create_task(driver.answer(command))
        running.add(task)
        task.add_done_callback(running.discard)
    ANSWERS.flush()
    os._exit(0)  # the SDK's threads and channels would keep the process for seconds


asyncio.run(main())
