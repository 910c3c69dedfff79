# SPDX-License-Identifier: GPL-3.0-or-later
"""A window program with the bench's eyes and hands in it (programs/hands.cpp): the shipped program itself, and the empty window alike."""

import json
import pathlib
import queue
import subprocess
import threading
import time

from .bench import Bench, memory_mib

SECONDS = 120


class Window:
    """Use as a context manager. `first`: the object and what must be true of it when its first picture counts."""

    def __init__(self, bench: Bench, program: str, *arguments, first: dict = None, environment: dict = None):
        plugins = bench.bin.parent / "bench"
        variables = {**bench.environment, "QT_PLUGIN_PATH": str(plugins), "QT_QPA_GENERIC_PLUGINS": "benchhands", **(environment or {})}
        command = [bench.program(program), *map(str, arguments)]
        self._answers, self._seen = queue.Queue(), queue.Queue()
        self.began = time.monotonic_ns()
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=variables)
        if first:
            self._send({"op": "await", **first})
        threading.Thread(target=self._read, daemon=True).start()

    def _send(self, command: dict) -> None:
        self._process.stdin.write(json.dumps(command).encode("utf-8") + b"\n")
        self._process.stdin.flush()

    def _read(self) -> None:
        for line in self._process.stdout:
            if line.startswith(b"{"):
                document = json.loads(line)
                (self._seen if "seen" in document else self._answers).put(document)
        self._answers.put({"answer": "error", "error": "the program ended"})

    def _answer(self) -> dict:
        answer = self._answers.get(timeout=SECONDS)
        if answer["answer"] == "error":
            raise RuntimeError(f"window: {answer['error']}")
        return answer

    def started(self) -> dict:
        """Waits for the first picture: `ms` since the process was made, `cpuMs` it used until then."""
        answer = self._answer()
        answer["ms"] = (answer["at"] - self.began) / 1e6
        return answer

    def await_painted(self, **wanted) -> dict:
        """Until it was painted so: object, rows (at least), lines (at least)."""
        self._send({"op": "await", **wanted})
        return self._answer()

    def measure(self, do: dict, **wanted) -> dict:
        """`ms` from doing it to the end of the paint in which the object is as wanted, `at` when that was."""
        self._send({"op": "measure", "do": do, **wanted})
        return self._answer()

    def do(self, op: str, **members) -> None:
        self._send({"op": op, **members})
        self._answer()

    def series(self, target: str, actions: list, interval_ms: float) -> list:
        """Does them at that pace; for each the milliseconds from when it was due to the end of the next paint of the target."""
        self._send({"op": "series", "object": target, "actions": actions, "intervalMs": interval_ms})
        return self._answer()["ms"]

    def watch(self, target: str, match: str, column: int) -> None:
        """From now on next_seen() tells what is painted in that column of the row whose first column is `match`."""
        self._send({"op": "watch", "object": target, "match": match, "column": column})

    def next_seen(self, text: str, seconds: float = SECONDS) -> int:
        """When that text was painted first."""
        deadline = time.monotonic() + seconds
        while True:
            seen = self._seen.get(timeout=max(0.001, deadline - time.monotonic()))
            if seen["seen"] == text:
                return seen["at"]

    def wait_until_idle(self) -> None:
        """Until what it does in the background is done: less than a fiftieth of a processor over half a second."""
        def used() -> int:
            fields = pathlib.Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
            return int(fields[11]) + int(fields[12])  # in hundredths of a second

        last = used()
        for _ in range(SECONDS * 2):
            time.sleep(0.5)
            now = used()
            if now - last <= 1:
                return
            last = now

    def idle_memory_mib(self) -> float:
        """Once it has stopped changing."""
        last = memory_mib(self._process.pid)
        for _ in range(60):
            time.sleep(0.5)
            now = memory_mib(self._process.pid)
            if abs(now - last) < 0.005 * last:
                return now
            last = now
        return last

    def close(self) -> bool:
        """As a person closes it; the session is saved. False: it did not end by itself."""
        ended = False
        try:
            self._send({"op": "quit"})
            ended = self._process.wait(30) == 0
        except (OSError, subprocess.TimeoutExpired):
            pass
        finally:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
            self._process.stdin.close()
            self._process.stdout.close()
        return ended

    def __enter__(self):
        return self

    def __exit__(self, error, *_):
        if not self.close() and error is None:
            raise RuntimeError("the program did not end when its window was closed")
