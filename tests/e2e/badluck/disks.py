#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A full disk, a home that cannot be written, damaged and foreign files in the home: what is said, what goes on, what is never lost."""

import contextlib
import os
import pathlib
import resource
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from wire import Wire  # noqa: E402
from world import BIN, PASSED, POLICY, REFUSED, SECONDS, Done, World, chooser, main  # noqa: E402

CRASHPOINTS = os.environ["SIGNALBOX_CRASHPOINTS"]
NOBODY = 65534


class Disks(World):
    def full(self, bytes_: int) -> dict:
        """No file can grow beyond that: what a full disk does to a program."""
        return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_)), "restore_signals": False}

    def test_full_disk(self):
        self.publish("full", "before")
        answer = self.publish("full", os.urandom(150_000).hex(), code=None, **self.full(60_000))  # as good as not compressible
        self.assertNotEqual(answer.code, PASSED, str(answer))
        self.assertRegex(answer.errors, "(?i)full|disk|space|journal")
        self.assertEqual(self.api.content("full"), "before")
        # Reading goes on, also of what is larger than the room.
        self.api.publish("large", "y" * 300_000)
        self.assertEqual(self.ctl("config", "get", "large", **self.full(60_000)).json["size"], 300_000)
        self.ctl("config", "list", **self.full(60_000))
        # And it is over when there is room.
        self.publish("full", "after")
        report = self.ctl("ledger", "verify").json
        self.assertEqual((report["open"], report["problems"]), (0, []))

    def test_full_disk_from_the_start(self):
        answer = self.publish("never", "content", code=REFUSED, **self.full(0))
        self.assertEqual(answer.error["kind"], "Internal")
        self.assertIn(str(self.home), answer.errors)
        self.assertIsNone(self.api.content("never"))
        self.api.publish("there", "1")
        self.assertEqual(self.ctl("config", "get", "there", **self.full(0)).json["content"], "1")

    def test_an_outcome_that_cannot_be_journaled_is_told_and_settled_later(self):
        """The disk fills up while the write is on the wire."""
        self.publish("late", "before")
        running = {}

        def fill(data: bytes) -> None:
            if data.startswith(b"POST ") and b"/cs/config" in data.split(b"\r\n", 1)[0]:
                resource.prlimit(running["program"].pid, resource.RLIMIT_FSIZE, (0, 0))

        with Wire(self.server.port, fill) as wire:
            command = self.command("config", "publish", "late", "--stdin")
            command[command.index("--server") + 1] = f"http://127.0.0.1:{wire.port}"
            running["program"] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                                  cwd=self.folder, env=self.environment, restore_signals=False)
            output, errors = running["program"].communicate(b"after", timeout=SECONDS)
            answer = Done(command, running["program"].returncode, output, errors)
            self.assertEqual(answer.code, REFUSED, str(answer))
            self.assertEqual(answer.json["outcome"], "Applied", str(answer))
            self.assertEqual(answer.error["kind"], "Internal", str(answer))
            self.assertIn("the outcome cannot be journaled", answer.error["message"])
            self.assertEqual(self.api.content("late"), "after")
            # There is room again, and whatever talks to that registry next finds it out.
            self.assertIsNone(self.ledger()[-1]["outcome"])
            command[command.index("publish"):] = ["get", "late"]
            settled = self.call(command)
            self.assertEqual(settled.code, PASSED, str(settled))
            self.assertEqual(self.ledger()[-1]["outcome"], "Applied")
        self.assertEqual(self.ctl("ledger", "verify").json["problems"], [])

    @contextlib.contextmanager
    def read_only(self):
        """How a program of somebody without rights on the home is started: as that somebody, where we are root."""
        paths = [self.home, *self.home.rglob("*")]
        before = {path: path.stat().st_mode for path in paths}
        for path in paths:
            path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            if os.geteuid() != 0:
                yield {}
                return
            program = os.open(BIN / "signalboxctl", os.O_RDONLY)

            def become_nobody():
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
                # By its descriptor: nobody may not walk to where it lies.
                os.execve(program, self._words, self._environment)
            yield {"preexec_fn": become_nobody, "pass_fds": [program]}
            os.close(program)
        finally:
            for path, mode in before.items():
                path.chmod(mode)

    def call(self, command, stdin=b"", environment=None, **more):
        self._words, self._environment = command, {**self.environment, **(environment or {})}
        return super().call(command, stdin, environment, **more)

    def test_read_only_home(self):
        self.publish("kept", "before")
        with self.read_only() as somebody:
            answer = self.publish("kept", "after", code=REFUSED, **somebody)
            self.assertEqual(answer.error["kind"], "Internal")
            self.assertIn("journal", answer.error["message"])
            self.assertIn(str(self.home), answer.error["message"])
            self.assertEqual(self.ctl("config", "get", "kept", **somebody).json["content"], "before")
            self.ctl("config", "list", **somebody)
            self.assertEqual(len(self.ctl("ledger", "list", **somebody).json["items"]), 1)
            self.assertEqual(self.ctl("ledger", "verify", **somebody).json["problems"], [])
            refused = self.ctl("profile", "add", "x", code=REFUSED, **somebody)
            self.assertIn(str(self.home), refused.error["message"])
        self.assertEqual(self.api.content("kept"), "before")

    def test_read_only_home_of_a_program_that_crashed(self):
        """What is in the write-ahead log only is there all the same."""
        self.publish("crashed", "0")
        environment = {"LD_PRELOAD": CRASHPOINTS, "SIGNALBOX_CRASH_COUNT": str(self.folder / "count")}
        self.publish("crashed", "1", environment=environment)
        points = int.from_bytes((self.folder / "count").read_bytes()[:4], sys.byteorder)
        log = self.home / "ledger.db-wal"
        for at in range(points, points // 2, -3):  # near the end: the outcome is written, nothing is closed
            self.publish("crashed", f"killed at {at}", code=None, environment={"LD_PRELOAD": CRASHPOINTS, "SIGNALBOX_CRASH_AT": str(at)})
            if log.exists() and log.stat().st_size > 0:
                break
        self.assertGreater(log.stat().st_size, 0)
        with self.read_only() as somebody:
            count = len(self.ctl("ledger", "list", **somebody).json["items"])
        self.assertEqual(count, len(self.ledger()))
        self.assertGreaterEqual(count, 3)

    def test_home_that_cannot_be_made(self):
        (self.folder / "file").write_text("a file", encoding="ascii")
        answer = self.ctl("--home", self.folder / "file" / "home", "config", "publish", "x", "--stdin", stdin=b"1", code=REFUSED)
        self.assertIn("file/home", answer.error["message"])
        answer = self.ctl("--home", self.folder / "file", "config", "publish", "x", "--stdin", stdin=b"1", code=2)
        self.assertIn("not a folder", answer.error["message"])
        self.assertIsNone(self.api.content("x"))

    def test_damaged_ledger_is_saved_whenever_the_work_is_interrupted(self):
        for number in range(30):
            self.publish(f"item-{number % 3}", f"text {number}")
        whole = self.ledger()
        self.assertEqual(len(whole), 30)
        ledger = self.home / "ledger.db"
        self.assertFalse(ledger.with_name("ledger.db-wal").exists(), "the file alone is whole when nobody uses it")
        good = ledger.read_bytes()
        bad = bytes(60) + good[60:]

        def damage():
            for file in self.home.glob("ledger.db*"):
                file.unlink()
            ledger.write_bytes(bad)
        damage()
        self.assertIn("ledger.db was damaged", self.call([str(BIN / "signalboxctl"), "ledger", "verify"]).errors)
        self.assertTrue(list(self.home.glob("ledger.db.damaged-*")))
        damage()
        self.assertIn("ledger.db was damaged", self.call([str(BIN / "signalboxctl"), "--quiet", "ledger", "verify"]).errors)
        self.assertIn("ledger.db was damaged", self.told_after(damage, "ledger", "verify"))
        damage()
        count = self.folder / "count"
        first = self.ctl("ledger", "list", environment={"LD_PRELOAD": CRASHPOINTS, "SIGNALBOX_CRASH_COUNT": str(count)})
        self.assertEqual(list(reversed(first.json["items"])), whole)
        points = int.from_bytes(count.read_bytes()[:4], sys.byteorder)
        for at in sorted(chooser(self.id()).sample(range(1, points + 1), min(25, points))):
            damage()
            self.ctl("ledger", "list", code=None, environment={"LD_PRELOAD": CRASHPOINTS, "SIGNALBOX_CRASH_AT": str(at)})
            self.assertEqual(self.ledger(), whole, f"killed at {at} of {points}")
            self.assertEqual(self.ctl("ledger", "verify").json["problems"], [], f"killed at {at} of {points}")

    def told_after(self, damage, *words) -> str:
        """The notes of the document: with --json standard error is for errors alone."""
        damage()
        return " ".join(self.ctl(*words).json.get("notes", []))

    def test_a_ledger_that_was_lost_is_told_whatever_is_written_after_it(self):
        for number in range(3):
            self.publish("item", f"text {number}")
        older = (self.home / "ledger.db").read_bytes()
        self.publish("item", "newest")
        for what, lose in (("removed", self.remove_ledger), ("older", lambda: self.write_ledger(older)), ("emptied", lambda: self.write_ledger(b""))):
            with self.subTest(what):
                lose()
                self.ctl("ledger", "verify", code=REFUSED)
                for number in range(2):
                    self.publish("item", f"{what} {number}")
                    report = self.ctl("ledger", "verify", code=REFUSED).json
                    self.assertEqual([problem["place"] for problem in report["problems"]], ["ledger.db"], report)
                    self.assertRegex(report["problems"][0]["what"], r"rows up to \d+ were lost or replaced before 20\d\d-")
                asked = self.call([str(BIN / "signalboxctl"), "ledger", "verify", "--acknowledge"])
                self.assertEqual((asked.code, asked.output), (POLICY, b""))
                self.assertRegex(asked.errors, r"(?s)rows up to \d+ were lost.*Accept this loss")
                self.assertFalse(self.ctl("ledger", "verify", code=REFUSED).json["intact"])
                report = self.ctl("--yes", "--reason", "known", "ledger", "verify", "--acknowledge").json
                self.assertEqual([problem["place"] for problem in report["accepted"]], ["ledger.db"])
                self.assertEqual((report["intact"], report["problems"]), (True, []))
        self.assertEqual(self.ctl("ledger", "verify").json["acknowledged"], 3)
        head = self.home / "ledger.head"
        head.write_bytes(b"\xff garbage")
        self.publish("item", "after the garbage")
        self.assertEqual(self.ctl("ledger", "verify", code=REFUSED).json["problems"][0]["place"], "ledger.head")

    def remove_ledger(self):
        for file in self.home.glob("ledger.db*"):
            file.unlink()

    def write_ledger(self, content: bytes):
        self.remove_ledger()
        (self.home / "ledger.db").write_bytes(content)

    def test_damaged_mirror_is_made_anew(self):
        for number in range(5):
            self.api.publish(f"mirrored-{number}", "1")
        self.ctl("config", "list")
        self.publish("own", "1")
        mirror = self.home / "mirror.db"
        for file in self.home.glob("mirror.db-*"):
            file.unlink()
        mirror.write_bytes(b"no database at all" * 1000)
        listed = self.ctl("config", "list")
        self.assertIn("own", [item["dataId"] for item in listed.json["items"]])
        self.publish("own", "2")
        self.assertIn("damaged", listed.errors + self.ctl("config", "list").errors + " damaged" * any(self.home.glob("mirror.db.damaged-*")))
        self.assertEqual(len(self.ledger()), 2)

    def test_files_of_a_newer_version_are_left_alone(self):
        self.publish("newer", "before")
        database = sqlite3.connect(self.home / "ledger.db")
        database.execute("PRAGMA user_version = 99")
        database.close()
        answer = self.publish("newer", "after", code=REFUSED)
        self.assertIn("newer version", answer.error["message"])
        self.assertEqual(self.api.content("newer"), "before")
        self.assertIn("newer version", self.ctl("ledger", "list", code=REFUSED).error["message"])
        self.assertEqual(self.ctl("config", "get", "newer").json["content"], "before")
        database = sqlite3.connect(self.home / "ledger.db")
        self.assertEqual(database.execute("PRAGMA user_version").fetchone(), (99,))
        database.close()

    def test_damaged_connections_are_kept_aside(self):
        self.ctl("profile", "add", "one", "--server", self.server.http)
        file = self.home / "profiles.json"
        for content in (b"{", b"\x00" * 50, b"[1]", b'{"profiles": 5}'):
            file.write_bytes(content)
            before = set(self.home.glob("profiles.json.damaged-*"))
            listed = self.ctl("profile", "list", code=REFUSED)
            self.assertEqual((listed.json["items"], listed.json["complete"]), ([], False))
            aside, = set(self.home.glob("profiles.json.damaged-*")) - before
            self.assertIn(f"{file} was damaged", listed.json["notes"][0])
            self.assertIn(f"kept whole beside it as {aside.name}, and none of its connections could be read", listed.json["notes"][0])
            self.assertEqual(aside.read_bytes(), content)
            self.assertEqual(aside.stat().st_mode & 0o777, 0o600)
            self.ctl("profile", "add", "two", "--server", self.server.http)
        # As text on standard error, and what else is in it goes on.
        whole = file.read_bytes()
        file.write_bytes(whole.replace(b'"profiles": [', b'"profiles": [ 7,'))
        done = self.call([str(BIN / "signalboxctl"), "profile", "list"])
        self.assertIn("profiles.json was damaged", done.errors)
        self.assertIn("one of its connections could be read and goes on", done.errors)
        self.assertIn(b"two", done.output)
        self.assertEqual((done.code, self.call([str(BIN / "signalboxctl"), "profile", "list"]).code), (REFUSED, 0))

    def test_connections_of_a_newer_version_are_left_alone(self):
        content = b'{"version": 9, "profiles": [{"kind": "of the future", "slug": "a", "name": "a"}]}'
        self.home.mkdir()
        (self.home / "profiles.json").write_bytes(content)
        listed = self.ctl("profile", "list").json
        self.assertEqual((listed["items"], len(listed["notes"])), ([], 1))
        self.assertIn("does not understand", listed["notes"][0])
        self.assertIn("profiles.json", self.ctl("profile", "add", "two", "--server", self.server.http, code=REFUSED).error["message"])
        self.assertIn("does not understand", self.call([str(BIN / "signalboxctl"), "--profile", "a", "config", "list"]).errors)
        self.assertEqual((self.home / "profiles.json").read_bytes(), content)


if __name__ == "__main__":
    main()
