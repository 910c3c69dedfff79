# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice registry: how soon it is ready, what it takes, how much it writes."""

import json
import subprocess
import time

from .bench import Bench, Row, Sandbox, median, memory_mib, spread


def measure(bench: Bench):
    times, memory = [], []
    command = [bench.program("signalbox-sandbox"), "--port", "0", "--seed", "demo"]
    for turn in range(bench.size(11, 1) + 1):
        began = time.monotonic_ns()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=bench.environment)
        try:
            while not json.loads(process.stdout.readline() or b'{"ready": 0}').get("ready"):
                if process.poll() is not None:
                    raise RuntimeError("the sandbox ended before it was ready")
            if turn:
                times.append((time.monotonic_ns() - began) / 1e6)
            if len(memory) < 3:
                time.sleep(1)
                memory.append(memory_mib(process.pid))
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()
    yield Row("sandbox", "practice registry: start to ready", median(times), "ms", "≤ 150 ms", median(times) <= 150, details=spread(times),
              note="with the demo data")
    yield Row("sandbox", "practice registry: memory (PSS), idle", median(memory), "MiB", "≤ 60 MiB", median(memory) <= 60,
              details=spread(memory), note="with the demo data")

    rates = []
    for _ in range(bench.size(5, 1)):
        with Sandbox() as sandbox:
            result = json.loads(bench.run(bench.program("bench_calls"), "publish", sandbox.http, "--clients", 32, "--parallel", 32,
                                          "--count", bench.size(20000, 64)))
            if result["failed"]:
                raise RuntimeError(f"{result['failed']} publishes failed")
            rates.append(result["perSecond"])
    yield Row("sandbox", "practice registry: publishes per second, 32 clients, synced before the answer", median(rates), "1/s", "≥ 3,000/s",
              median(rates) >= 3000, details=spread(rates), note="32 connections of one program, one publish of each under way; data in a folder")
