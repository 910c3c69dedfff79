#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window is killed in the middle of its work while signalboxctl writes in the same home: one whole ledger, all of it settled, and the
registry holds what was applied last."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from world import BIN, PASSED, chooser, without_personal_settings  # noqa: E402

CRASHPOINTS = os.environ["SIGNALBOX_CRASHPOINTS"]
SECONDS = 120
ROUNDS = 4


class WindowKilled(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="signalbox-badluck-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.home = self.folder / "home"
        self.environment = without_personal_settings(self.folder)
        self.addCleanup(self.ctl, "sandbox", "stop", code=None)

    def ctl(self, *words, code=PASSED, stdin: bytes = b""):
        done = subprocess.run([str(BIN / "signalboxctl"), "--json", "--home", str(self.home), *map(str, words)], input=stdin, capture_output=True,
                              timeout=SECONDS, check=False, env=self.environment, cwd=self.folder)
        if code is not None:
            self.assertEqual(done.returncode, code, (words, done.stdout, done.stderr))
        return json.loads(done.stdout) if done.returncode == PASSED else None

    def window(self, **environment) -> subprocess.Popen:
        """Does the main job by itself: edits, publishes, restores, deletes, undoes."""
        return subprocess.Popen([str(BIN / "signalbox"), "--home", str(self.home), "--tour", str(self.folder / "tour")], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.folder, env={**self.environment, **environment})

    def write_beside_it(self, ended: threading.Event) -> None:
        number = 0
        while not ended.is_set():
            number += 1
            self.ctl("--profile", "practice", "--timeout", "5", "config", "publish", "beside", "--stdin", code=None, stdin=f"{number}".encode())

    def run_window(self, **environment) -> tuple:
        ended = threading.Event()
        beside = threading.Thread(target=self.write_beside_it, args=(ended,))
        with self.window(**environment) as process:
            beside.start()
            try:
                said, _ = process.communicate(timeout=SECONDS)
            finally:
                process.kill()
                ended.set()
                beside.join()
        return process.returncode, said.decode("utf-8", "replace")

    def check(self, what: str) -> None:
        self.ctl("sandbox", "start")
        self.ctl("--profile", "practice", "config", "list")  # the next start that reaches the registry
        report = self.ctl("ledger", "verify")
        self.assertEqual((report["open"], report["problems"]), (0, []), what)
        entries = list(reversed(self.ctl("ledger", "list")["items"]))
        live = {}
        for entry in entries:
            self.assertIn(entry["outcome"], ("Applied", "Failed"), f"{what}: {entry}")
            address = entry["address"]
            if address.endswith("/payments.yaml"):
                continue  # somebody else changes it as well: a part of the job
            if address in live:  # read from the registry just before it was sent
                self.assertEqual(entry["before"], live[address], f"{what}: {entry}")
            live[address] = entry["after"] if entry["outcome"] == "Applied" else entry["before"]
        for address, value in live.items():
            *_, group, data_id = address.split("/")
            self.ctl("--profile", "practice", "config", "publish", data_id, "--group", group, "--stdin", stdin=f"at the end {time.time()}".encode())
            entry = self.ctl("ledger", "list", "--limit", 1)["items"][0]
            self.assertEqual(entry["before"], value, f"{what}: {address} is not as it was applied last")

    def test_killed_at_its_journal(self):
        ledger = str(self.home / "ledger.db")
        count = self.folder / "count"
        code, said = self.run_window(LD_PRELOAD=CRASHPOINTS, SIGNALBOX_CRASH_FILE=ledger, SIGNALBOX_CRASH_COUNT=str(count))
        self.assertEqual(code, PASSED, said)
        self.check("not killed")
        points = int.from_bytes(count.read_bytes()[:4], sys.byteorder)
        self.assertGreater(points, 20)
        killed = 0
        for at in sorted(chooser(self.id()).sample(range(points // 8, points), ROUNDS)):
            self.ctl("sandbox", "stop", code=None)
            shutil.rmtree(self.home)
            code, said = self.run_window(LD_PRELOAD=CRASHPOINTS, SIGNALBOX_CRASH_FILE=ledger, SIGNALBOX_CRASH_AT=str(at))
            self.assertIn(code, (PASSED, -signal.SIGKILL), said)
            killed += code != PASSED
            self.check(f"killed at {at} of {points}")
        self.assertGreater(killed, 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
