# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration of 10 MiB in the editor."""

import urllib.parse
import urllib.request

from .bench import Bench, Row, Sandbox, median, percentile, spread
from .window import Window

NAME = "big.yaml"


def content(size: int) -> str:
    lines, length, number = [], 0, 0
    while length < size:
        line = f"service-{number}:\n  host: node-{number % 97}.example.org\n  port: {1024 + number % 5000}\n  enabled: true\n"
        lines.append(line)
        length += len(line)
        number += 1
    return "".join(lines)[:size]


def publish(server, name: str, text: str) -> None:
    data = urllib.parse.urlencode({"dataId": name, "groupName": "DEFAULT_GROUP", "content": text, "type": "yaml"}).encode("ascii")
    with urllib.request.urlopen(f"{server.http}/nacos/v3/admin/cs/config", data=data, timeout=60) as answer:
        answer.read()


def measure(bench: Bench):
    with Sandbox() as sandbox:
        text = content(bench.size(10 * 1024 * 1024, 64 * 1024))
        publish(sandbox, NAME, text)
        home = bench.home("editor", "--server", sandbox.http)
        with Window(bench, "signalbox", "--home", home, "--profile", "bench", first={"object": "configsTable", "rows": 1}) as window:
            window.started()
            opened = []
            for turn in range(bench.size(5, 1)):
                if turn:
                    window.do("trigger", object="file.closeTab")
                    window.await_painted(object="configsTable", rows=1)
                window.wait_until_idle()
                opened.append(window.measure({"op": "activateRow", "object": "configsTable", "match": NAME}, object="configEditor",
                                             lines=text.count("\n") * 9 // 10)["ms"])
            yield Row("editor", "10 MiB config: open", median(opened), "ms", "≤ 300 ms", median(opened) <= 300, details=spread(opened),
                      note="Enter in the list to the editor painted with all lines, fetched from the practice registry")
            window.wait_until_idle()
            words = "a line typed into it: 12345\n" * 8
            keys = window.series("configEditor", [{"op": "text", "object": "configEditor", "text": letter} for letter in
                                                  words[:bench.size(len(words), 10)]], 60)
            yield Row("editor", "10 MiB config: typing, p99 per key", percentile(keys, 0.99), "ms", "≤ 50 ms", percentile(keys, 0.99) <= 50,
                      details=spread(keys), note="a key every 60 ms, from when it was due to the end of its paint")
