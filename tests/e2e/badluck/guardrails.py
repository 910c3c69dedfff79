#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A protected connection: whatever verb, nothing that writes goes on the wire until it is unlocked, reasoned and confirmed."""

import pathlib
import re
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from wire import Wire  # noqa: E402
from world import BIN, PASSED, POLICY, SECONDS, World, main  # noqa: E402

# Everything of these areas that writes; a verb that is new must be put in one of the two lists.
WRITES = {
    "config publish": ["{id}", "--stdin"],
    "config delete": ["{id}", "--yes"],
    "config restore": ["{id}", "--revision", "{revision}", "--yes"],
    "config copy": ["{id}", "--to-profile", "shop", "--to-namespace", "team", "--yes"],
    "config import": ["{zip}", "--policy", "overwrite", "--yes"],
    "config replace": ["one", "two", "--yes"],
    "config gray": ["publish", "{id}", "--ips", "10.0.0.1", "--stdin"],
    "namespace create": ["fresh", "--name", "Fresh"],
    "namespace update": ["team", "--name", "Changed"],
    "namespace delete": ["team", "--yes"],
    "namespace clone": ["public", "team"],
    "plan apply": ["{plan}", "--yes"],
    "plan undo": ["{entry}", "--yes"],
}
READS = {"config": {"list", "get", "diff", "history", "show", "listeners", "watch", "export", "validate", "override", "snippet", "capacity", "matrix",
                    "search", "compare"},
         "namespace": {"list"}, "plan": {"show", "status"}}


class Guardrails(World):
    def setUp(self):
        super().setUp()
        self.wire = self._enter(Wire(self.server.port))
        self.item = f"item-{self.id().rsplit('.', 1)[1]}"
        self.grpc = self._enter(Wire(int(self.server.ready["nacos"]["grpc"].rsplit(":", 1)[1])))
        self.shop("profile", "add", "shop", "--server", f"http://127.0.0.1:{self.wire.port}", "--grpc-port", self.grpc.port,
                  "--console-url", self.server.console, "--environment", "production", "--read-only")
        self.shop("profile", "default", "shop")

    def _enter(self, manager):
        self.addCleanup(manager.__exit__, None, None, None)
        return manager.__enter__()

    def shop(self, *words, code=PASSED, **more):
        done = self.call([str(BIN / "signalboxctl"), "--json", *map(str, words)], **more)
        if code is not None:
            self.assertEqual(done.code, code, str(done))
        return done

    def written(self) -> list:
        """The requests on the HTTP wire that are not reads."""
        return re.findall(rb"^(?!GET |HEAD )[A-Z]+ /[^ ]* HTTP/1", self.wire.said, re.M)

    def verbs(self, area: str) -> list:
        text = self.call([str(BIN / "signalboxctl"), area, "--help"]).output.decode()
        return re.findall(r"^  ([a-z-]+)[ $]", text, re.M)

    def test_nothing_that_writes_leaves(self):
        self.api.publish(self.item, "one")
        self.api.publish(self.item, "one, changed")
        self.api.create_namespace("team")
        history = self.shop("config", "history", self.item).json["items"]
        words = {"{id}": self.item, "{revision}": history[-1]["id"], "{zip}": str(self.folder / "exported.zip"),
                 "{plan}": str(self.folder / "plan.json"), "{entry}": "1"}
        self.shop("config", "export", "-o", words["{zip}"], code=None)
        before = self.wire.said
        self.assertEqual(self.written(), [])
        refused = []
        for area, reads in READS.items():
            for verb in self.verbs(area):
                if verb in reads:
                    continue
                self.assertIn(f"{area} {verb}", WRITES, f"does {area} {verb} write?")
                arguments = [words.get(word, word) for word in WRITES[f"{area} {verb}"]]
                done = self.shop(area, verb, *arguments, "--reason", "a reason", code=None, stdin=b"two")
                self.assertNotEqual(done.code, PASSED, str(done))
                if done.code == POLICY:
                    refused.append(f"{area} {verb}")
                    self.assertRegex(done.error["message"], "protected|unlock")
        self.assertEqual(self.written(), [])
        self.assertNotIn(b"Publish", self.grpc.said)
        self.assertNotIn(b"Remove", self.grpc.said)
        self.assertEqual(self.api.content(self.item), "one, changed")
        self.assertIn("team", self.api.namespaces())
        for expected in ("config publish", "config delete", "config restore", "namespace create", "namespace update", "namespace delete"):
            self.assertIn(expected, refused)
        self.assertNotEqual(before, self.wire.said)  # it did look
        self.assertEqual(self.shop("ledger", "list").json["items"], [])

    def test_unlock_reason_and_confirmation(self):
        publish = ("--profile", "shop", "config", "publish", self.item, "--stdin")
        self.shop("profile", "unlock", "shop", "--for", "1m", code=2)  # a reason is asked for
        self.shop("profile", "unlock", "shop", "--for", "25h", "--reason", "r", code=2)
        self.shop("profile", "unlock", "shop", "--for", "1m", "--reason", "release 7")
        refused = self.shop(*publish, code=POLICY, stdin=b"1")
        self.assertIn("reason", refused.error["message"])
        self.assertEqual(self.written(), [])
        self.shop(*publish, "--reason", "release 7", stdin=b"1")
        self.assertEqual(self.shop("ledger", "list").json["items"][0]["reason"], "release 7")
        self.assertEqual(len(self.written()), 1)
        # Without a terminal a deletion wants --yes.
        refused = self.shop("--profile", "shop", "config", "delete", self.item, "--reason", "r", code=POLICY)
        self.assertIn("--yes", refused.error["message"])
        self.shop("profile", "lock", "shop")
        self.shop(*publish, "--reason", "late", code=POLICY, stdin=b"2")
        self.assertEqual(len(self.written()), 1)
        self.assertEqual(self.api.content(self.item), "1")

    def test_an_unlock_runs_out_for_every_program(self):
        publish = ("--profile", "shop", "config", "publish", self.item, "--stdin", "--reason", "r")
        self.shop("profile", "unlock", "shop", "--for", "3s", "--reason", "short")
        self.shop(*publish, stdin=b"1", code=None)  # on a busy machine it may have run out by now
        deadline = time.monotonic() + SECONDS
        while self.shop("profile", "show", "shop").json.get("unlockedUntil") and time.monotonic() < deadline:
            time.sleep(0.2)
        self.shop(*publish, stdin=b"2", code=POLICY)
        self.assertNotEqual(self.api.content(self.item), "2")

    def test_what_changed_meanwhile_is_a_conflict(self):
        """Two people on one item: the one who is late is told, and overwrites nothing."""
        self.shop("profile", "unlock", "shop", "--for", "10m", "--reason", "test")
        self.api.publish(self.item, "mine")
        seen = self.shop("--profile", "shop", "config", "get", self.item).json["md5"]
        self.api.publish(self.item, "theirs")
        late = self.shop("--profile", "shop", "config", "publish", self.item, "--stdin", "--expect-md5", seen, "--reason", "r", code=5, stdin=b"late")
        self.assertEqual(late.error["kind"], "Conflict")
        self.assertEqual(self.api.content(self.item), "theirs")
        self.shop("--profile", "shop", "config", "publish", self.item, "--stdin", "--create-only", "--reason", "r", code=5, stdin=b"late")
        self.assertEqual(self.api.content(self.item), "theirs")

        # Many at once, all of whom saw the same: one wins.
        seen = self.shop("--profile", "shop", "config", "get", self.item).json["md5"]
        codes = []

        def publish(number: int) -> None:
            done = subprocess.run([str(BIN / "signalboxctl"), "--json", "--profile", "shop", "config", "publish", self.item, "--stdin", "--expect-md5",
                                   seen, "--reason", "r"], input=f"program {number}".encode(), capture_output=True, timeout=SECONDS, check=False,
                                  env=self.environment, cwd=self.folder)
            codes.append(done.returncode)
        threads = [threading.Thread(target=publish, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(codes), [0] + [5] * 7)
        applied = [entry for entry in self.shop("ledger", "list").json["items"] if entry["outcome"] == "Applied"]
        self.assertEqual(len(applied), 1)


if __name__ == "__main__":
    main()
