# SPDX-License-Identifier: GPL-3.0-or-later
"""Gets and publishes a second on the practice registry: core/nacos over one connection with 64 in flight, beside other SDKs; and the same
publishes through the Guard."""

import json
import os
import resource
import subprocess

from support.driver import Client, Driver
from support.paths import Unavailable

from .bench import Bench, Row, Sandbox, median, processor_seconds

CONTENT = "# a configuration of a usual size\n" + "key: value\n" * 90  # as in programs/calls.cpp
PARALLEL = 64
# Lifts the Java client's own limit of 5 publishes a second and configuration.
JVM = ("-DlimitTime=1000000", "-Xmx512m")


def measure(bench: Bench):
    rates = {"get": {}, "publish": {}}
    bare = []
    latencies, guard, costs, left_out = {"publish": []}, [], {"get": [], "publish": []}, []
    with Sandbox(kept=False) as sandbox:  # as it starts by default: what is compared are the clients, not a disk
        drivers = {}
        try:
            for sdk in () if bench.tiny else ("python", "java"):
                try:
                    drivers[sdk] = Driver(sdk, jvm_options=JVM)
                    Client(drivers[sdk], sandbox, name="publisher")
                except Unavailable as error:
                    drivers.pop(sdk, None)
                    left_out.append(f"{sdk} left out: {error}")
            for turn in range(bench.size(5, 1)):  # each after the other, so that all have the same neighbours
                for what in ("get", "publish"):
                    before = spent(sandbox)
                    count = bench.size(20000, 200)
                    ours = calls(bench, what, sandbox, count)
                    costs[what].append([1e6 * (now - then) / count for now, then in zip(spent(sandbox), before)])
                    rates[what].setdefault("signalbox", []).append(ours["perSecond"])
                    latencies.setdefault(what, []).append(ours["p50Ms"])
                    for sdk, driver in drivers.items():
                        rates[what].setdefault(driver.version, []).append(sdk_rate(driver, what, 1000 if sdk == "python" else 10000))
                bare.append(bare_rate(bench, bench.size(20000, 200)))
                guard.append(calls(bench, "guard", sandbox, bench.size(5000, 100), "--prefix", f"plan-{turn}-"))
        finally:
            for driver in drivers.values():
                driver.close()
    gets = against_sdks("get", rates["get"], left_out)
    publishes = against_sdks("publish", rates["publish"], left_out)
    # Both programs share this machine's processors: faster than this nobody can be whose calls take them that long, were no disk waited for.
    for row, what in ((gets, "get"), (publishes, "publish")):
        client, registry = (median(cost) for cost in zip(*costs[what]))
        row.details["processor time a call, µs"] = {"client": round(client), "registry": round(registry)}
        if what == "publish":
            row.peers[f"bound by {os.cpu_count()} processors, {client:.0f} µs client + {registry:.0f} µs registry a publish"] = (
                1e6 * os.cpu_count() / (client + registry))
            row.peers["gRPC alone, a call of that size with nothing done at either end"] = median(bare)
    yield gets
    yield publishes
    through = median(run["perSecond"] for run in guard)
    alone = median(rates["publish"]["signalbox"])
    yield Row("calls", "publishes through the Guard, a plan of 5,000", through, "1/s", "≥ 1,000/s", through >= 1000,
              {"Executor alone": alone},
              {"runs": [round(run["perSecond"]) for run in guard],
               "added per change, ms": round(PARALLEL * (1000 / through - 1000 / alone), 2)},
              "intent and outcome synced to the ledger, read before and read back; 64 changes under way")


def spent(server) -> tuple:
    """Processor time so far, in seconds: of the clients that have ended, and of the registry."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime, processor_seconds(server.ready["pid"])


def calls(bench: Bench, what: str, server, count: int, *options) -> dict:
    result = json.loads(bench.run(bench.program("bench_calls"), what, server.http, "--count", count, "--parallel", PARALLEL, *options))
    if result["failed"]:
        raise RuntimeError(f"{what}: {result['failed']} of {count} calls failed")
    return result


def bare_rate(bench: Bench, count: int) -> float:
    with subprocess.Popen([bench.program("bench_bare"), "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        port = server.stdout.readline().strip()
        result = json.loads(bench.run(bench.program("bench_bare"), "call", port, count, PARALLEL))
    if result["failed"]:
        raise RuntimeError(f"bare calls: {result['failed']} of {count} failed")
    return result["perSecond"]


def sdk_rate(driver: Driver, what: str, count: int) -> float:
    common = dict(client="publisher", what=what, dataId=f"{driver.sdk}-bench-", group="BENCH", content=CONTENT, keys=50, parallel=PARALLEL)
    if what == "get":  # warms up, and creates what is read
        driver.call("bench", seconds=300, count=max(50, count // 10), **{**common, "what": "publish"})
    driver.call("bench", seconds=300, count=max(50, count // 10), **common)
    answer = driver.call("bench", seconds=300, count=count, **common)
    if answer["failed"]:
        raise RuntimeError(f"{driver.version}: {answer['failed']} of {count} calls failed")
    return answer["perSecond"]


def against_sdks(what: str, rates: dict, left_out: list) -> Row:
    ours = median(rates["signalbox"])
    peers = {name: median(values) for name, values in rates.items() if name != "signalbox"}
    ratios = {name: ours / rate for name, rate in peers.items()}
    verdicts = [ratio >= (5 if "python" in name else 1) for name, ratio in ratios.items()]
    name = {"get": "gets per second", "publish": "publishes per second, the Executor alone"}[what]
    return Row("calls", f"{name}, 64 in flight, one connection", ours, "1/s", "≥ 5 × nacos-sdk-python, ≥ 1 × Java client",
               all(verdicts) if verdicts else None, peers, {"ratios": {peer: round(ratio, 2) for peer, ratio in ratios.items()}},
               "; ".join(left_out))
