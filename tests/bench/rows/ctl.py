# SPDX-License-Identifier: GPL-3.0-or-later
"""`signalboxctl config get` as a whole process."""

import os
import time

from .bench import Bench, Row, Sandbox, median, percentile, spread
from .editor import publish

NAME = "application.yaml"


def measure(bench: Bench):
    with Sandbox() as sandbox:
        publish(sandbox, NAME, "greeting: hello\n")
        home = bench.home("ctl", "--server", sandbox.http)
        command = [bench.program("signalboxctl"), "--home", str(home), "--profile", "bench", "config", "get", NAME]
        with open(bench.folder / "answer", "w+b") as answer:
            first = once(bench, command, answer)  # the first one has to find out how the server talks
            once(bench, command, answer)
            times = [once(bench, command, answer) for _ in range(bench.size(31, 2))]
        yield Row("ctl", "signalboxctl config get, whole process", median(times), "ms", "≤ 60 ms", median(times) <= 60,
                  details={**spread(times), "p95": round(percentile(times, 0.95), 1), "first call": round(first, 1)},
                  note="from the second call of a saved connection on")


def once(bench: Bench, command: list, answer) -> float:
    answer.seek(0)
    answer.truncate()
    began = time.monotonic_ns()
    process = os.posix_spawn(command[0], command, bench.environment, file_actions=[(os.POSIX_SPAWN_DUP2, answer.fileno(), 1)])
    _, status = os.waitpid(process, 0)
    took = (time.monotonic_ns() - began) / 1e6
    answer.seek(0)
    if status != 0 or answer.read() != b"greeting: hello\n":
        raise RuntimeError(f"config get ended with {os.waitstatus_to_exitcode(status)}")
    return took
