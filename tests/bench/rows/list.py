# SPDX-License-Identifier: GPL-3.0-or-later
"""The configs page over a mirror of 100,000 configurations."""

from .bench import Bench, Row, median, percentile, spread
from .window import Window

TABLE, FILTER = "configsTable", "configsFilterEdit"


def measure(bench: Bench):
    count = bench.size(100_000, 2_000)
    # Nobody listens there: everything comes from the mirror.
    home = bench.home("list", "--server", "http://127.0.0.1:9")
    bench.run(bench.program("bench_mirror"), home, "bench", count)
    with Window(bench, "signalbox", "--home", home, "--profile", "bench", first={"object": TABLE, "rows": count}) as window:
        window.started()
        opened, complete = [], []
        for _ in range(bench.size(9, 1)):
            window.do("trigger", object="file.closeTab")
            first = window.measure({"op": "trigger", "object": "go.configs"}, object=TABLE, rows=1)
            opened.append(first["ms"])
            complete.append(first["ms"] + (window.await_painted(object=TABLE, rows=count)["at"] - first["at"]) / 1e6)
        yield Row("list", f"{count:,} configs: page opened to first rows", median(opened), "ms", "≤ 150 ms", median(opened) <= 150,
                  details={"first rows": spread(opened), "all rows": spread(complete)})

        strokes = []
        for number in range(bench.size(10, 1)):
            text = str(1234 + 701 * number)
            for letter in text:
                strokes.append(window.measure({"op": "text", "object": FILTER, "text": letter}, object=TABLE, rowsChange=True)["ms"])
            for _ in text:
                strokes.append(window.measure({"op": "keys", "object": FILTER, "keys": "Backspace"}, object=TABLE, rowsChange=True)["ms"])
        yield Row("list", f"{count:,} configs: filter keystroke to result, p95", percentile(strokes, 0.95), "ms", "≤ 100 ms",
                  percentile(strokes, 0.95) <= 100, details=spread(strokes), note="a key in the filter line to the table painted with other rows")

        worst = []
        for turn in range(bench.size(5, 1)):
            frames = window.series(TABLE, [{"op": "scroll", "object": TABLE, "lines": -40 if turn % 2 else 40}] * bench.size(150, 10), 1000 / 60)
            worst.append(max(frames))
        yield Row("list", f"{count:,} configs: worst scroll frame", median(worst), "ms", "≤ 33 ms", median(worst) <= 33,
                  details=spread(worst), note="60 scrolls a second over 6,000 rows, each to the end of its paint; median of the runs' worst")
