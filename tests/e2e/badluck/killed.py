#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 in the middle of a publish, at every place where a program leaves a trace; two programs in one home, one of them killed."""

import concurrent.futures
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from world import NO_ANSWER, PASSED, SECONDS, World, chooser, main  # noqa: E402

CRASHPOINTS = os.environ["SIGNALBOX_CRASHPOINTS"]
ROUNDS = 40  # of the 140 places or so, others each time


class Killed(World):
    def test_anywhere_in_a_publish(self):
        self.publish("item", "round 0")
        count = self.folder / "count"
        self.publish("item", "round 1", environment={"LD_PRELOAD": CRASHPOINTS, "SIGNALBOX_CRASH_COUNT": str(count)})
        points = int.from_bytes(count.read_bytes()[:4], sys.byteorder)
        self.assertGreater(points, 60)
        applied = failed = unbegun = 0
        chosen = sorted(chooser(self.id()).sample(range(1, points + 1), min(ROUNDS, points)))
        for number, at in enumerate(chosen, 2):
            before = self.api.content("item")
            content = f"round {number}"
            entries = len(self.ledger())
            killed = self.publish("item", content, environment={"LD_PRELOAD": CRASHPOINTS, "SIGNALBOX_CRASH_AT": str(at)}, code=None)
            self.assertIn(killed.code, (-signal.SIGKILL, PASSED), str(killed))
            # The next start, whatever it is asked for.
            live = self.api.content("item")
            self.assertEqual(self.ctl("config", "get", "item").json["content"], live)
            written = self.ledger()[entries:]
            self.assertIn(live, (before, content), f"killed at {at} of {points}")
            if not written:
                self.assertEqual(live, before, f"killed at {at} of {points}: sent without an intent")
                unbegun += 1
                continue
            self.assertEqual(len(written), 1)
            self.assertEqual(written[0]["outcome"], "Applied" if live == content else "Failed", f"killed at {at} of {points}: {written[0]}")
            applied += live == content
            failed += live != content
        self.assertEqual(self.ctl("ledger", "verify").json["open"], 0)
        print(f"{points} places, {len(chosen)} tried: {applied} applied, {failed} not sent, {unbegun} before the intent")
        self.assertGreater(applied, 0)
        self.assertGreater(unbegun, 0)

    def test_while_the_registry_is_away(self):
        """Not known is said, kept, and found out by the next program that reaches the registry."""
        self.publish("away", "before")
        count = self.folder / "count"
        self.publish("away", "again", environment={"LD_PRELOAD": CRASHPOINTS, "SIGNALBOX_CRASH_COUNT": str(count)})
        points = int.from_bytes(count.read_bytes()[:4], sys.byteorder)
        opened = False
        for at in range(points // 2, points + 1, 2):
            done = self.publish("away", f"killed at {at}", environment={"LD_PRELOAD": CRASHPOINTS, "SIGNALBOX_CRASH_AT": str(at)}, code=None)
            opened = done.code == -signal.SIGKILL and self.ctl("ledger", "verify").json["open"] == 1
            if opened:
                break
            self.ctl("config", "get", "away")
        self.assertTrue(opened, "no place leaves an open intent")
        self.server.stop()
        try:
            self.assertEqual(self.ctl("config", "get", "away").json["source"], "mirror")
            self.assertEqual(self.ctl("config", "get", "away", "-o", str(self.folder / "content"), code=NO_ANSWER).error["kind"], "Network")
            self.assertEqual(self.ctl("config", "get", "never-seen", code=NO_ANSWER).error["kind"], "Network")
            self.assertEqual(self.ctl("ledger", "verify").json["open"], 1)
            self.assertIsNone(self.ledger()[-1]["outcome"])
        finally:
            self.server.start()
        live = self.ctl("config", "get", "away").json["content"]
        self.assertEqual(self.ctl("ledger", "verify").json["open"], 0)
        self.assertEqual(self.ledger()[-1]["outcome"], "Applied" if live.startswith("killed") else "Failed")

    def test_many_programs_at_once(self):
        """Six publish in one home, each to an item of its own, every third call is killed: one whole chain, nothing open, and the
        registry holds what was applied last."""
        choose = chooser(self.id())

        def publish_often(item: str):
            for number in range(12):
                with subprocess.Popen(self.command("config", "publish", item, "--stdin"), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL, env=self.environment, cwd=self.folder) as process:
                    process.stdin.write(f"{item} {number}".encode())
                    process.stdin.close()
                    if number % 3 == 1:
                        time.sleep(choose.uniform(0.01, 0.2))  # where in its work it is hit is left to chance
                        process.kill()
                    process.wait(SECONDS)

        items = [f"many-{number}" for number in range(6)]
        with concurrent.futures.ThreadPoolExecutor(len(items)) as pool:
            list(pool.map(publish_often, items))
        for item in items:
            self.publish(item, "the last one")
        report = self.ctl("ledger", "verify").json
        self.assertEqual((report["open"], report["problems"]), (0, []))
        for item in items:
            entries = [entry for entry in self.ledger() if entry["address"].endswith("/" + item)]
            self.assertGreaterEqual(len(entries), 9)
            live = None
            for entry in entries:
                self.assertIn(entry["outcome"], ("Applied", "Failed"), entry)
                self.assertEqual(entry["before"], live, entry)  # read from the registry just before it was sent
                if entry["outcome"] == "Applied":
                    live = entry["after"]
            self.assertEqual(self.api.content(item), "the last one")


if __name__ == "__main__":
    main()
