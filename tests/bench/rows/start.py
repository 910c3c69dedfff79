# SPDX-License-Identifier: GPL-3.0-or-later
"""Start to usable window, and memory when idle, against an empty Qt window with one table."""

from .bench import Bench, Row, Sandbox, median, spread
from .window import Window

TABLE = {"object": "configsTable", "rows": 1}
EMPTY = {"object": "table", "rows": 1}


def measure(bench: Bench):
    with Sandbox(options=("--seed", "demo")) as sandbox:
        home = bench.home("start", "--server", sandbox.http)
        # The session of last time: the list of the registry is open.
        with Window(bench, "signalbox", "--home", home, "--profile", "bench", first=TABLE) as window:
            window.started()
        ours, empty, ours_memory, empty_memory = [], [], [], []
        for turn in range(bench.size(11, 1) + 1):
            for program, arguments, first, times, memory in (
                    ("bench_emptywindow", (), EMPTY, empty, empty_memory), ("signalbox", ("--home", home), TABLE, ours, ours_memory)):
                with Window(bench, program, *arguments, first=first) as window:
                    painted = window.started()
                    if turn > 0 or bench.tiny:  # the first turn warms up
                        times.append(painted)
                    if len(memory) < bench.size(3, 1):
                        memory.append(window.idle_memory_mib())
        yield row("start to usable window, warm", [p["ms"] for p in ours], [p["ms"] for p in empty], "ms", 2,
                  "process start to the first paint with rows; the list of last time, from the mirror",
                  cpuMs={"signalbox": round(median(p["cpuMs"] for p in ours), 1), "empty window": round(median(p["cpuMs"] for p in empty), 1)})
        yield row("memory (PSS), practice registry open, idle", ours_memory, empty_memory, "MiB", 2.5, "list of the demo data open, gRPC live")


def row(what: str, ours: list, empty: list, unit: str, most: float, note: str, **details) -> Row:
    ratio = median(ours) / median(empty)
    return Row("start", what, median(ours), unit, f"≤ {most:g} × empty window", ratio <= most, {"empty Qt window": median(empty)},
               {"ratio": round(ratio, 2), "signalbox": spread(ours), "empty": spread(empty), **details}, note)
