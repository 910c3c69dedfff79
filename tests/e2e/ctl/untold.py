#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Use, effect and schema: Nacos 3 takes them, clears them with a publish that lacks them, and tells them only in its history."""

import contextlib
import sqlite3

from case import USAGE, CtlCase, main

SCHEMA = '{"type": "object"}'
ALL = ("payment", "at once", SCHEMA)
NONE = ("", "", "")


class Untold(CtlCase):
    def stored(self, data_id: str, namespace: str = "public") -> tuple:
        """As it stands in the registry's own file."""
        file = self.server.data / "registry" / "nacos.db"
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)) as database:
            return database.execute("SELECT use, effect, schema FROM config WHERE data_id = ? AND space = ?", (data_id, namespace)).fetchone()

    def elsewhere(self, data_id: str, content: str, attributes: tuple = ALL) -> None:
        """Published by another client."""
        use, effect, schema = attributes
        self.given(data_id, content, use=use, effect=effect, schema=schema)

    def update(self, data_id: str, content: str, *arguments) -> dict:
        document = self.publish(data_id, content, *arguments)
        self.check_outcome(document)
        return document

    def publish_all(self, data_id: str, content: str) -> dict:
        (self.ctl.folder / "schema.json").write_text(SCHEMA, encoding="utf-8")
        return self.update(data_id, content, "--use", ALL[0], "--effect", ALL[1], "--schema", "schema.json")

    def test_what_is_not_named_stays(self):
        self.publish_all("ours", "a: 1")
        for number in range(25):
            self.publish(f"ours-{number}", "neighbour")
        document = self.update("ours", "a: 2")
        self.assertEqual((document["undo"], document.get("undoNote")), ("full", None))
        self.assertNotIn("notes", document)
        self.assertEqual(self.stored("ours"), ALL)
        self.update("ours", "a: 3", "--use", "other")
        self.assertEqual(self.stored("ours"), ("other", *ALL[1:]))
        self.update("ours", "a: 3", "--use", "", "--effect", "", "--schema", "")
        self.assertEqual(self.stored("ours"), NONE)
        self.update("ours", "a: 4")
        self.assertEqual(self.stored("ours"), NONE)

    def test_wrong_values(self):
        self.publish_all("wrong", "a: 1")
        (self.ctl.folder / "latin1").write_bytes(b"\xe4")
        self.error("config", "publish", "wrong", "--stdin", "--schema", "latin1", code=USAGE, kind="Usage", stdin=b"a: 3")
        self.error("config", "publish", "wrong", "--stdin", "--use", "u" * 33, code=USAGE, kind="Usage", stdin=b"a: 3")
        self.assertEqual(self.api.content("wrong"), "a: 1")

    def test_what_another_client_created_is_kept(self):
        self.elsewhere("theirs", "a: 1")
        document = self.update("theirs", "a: 2")
        self.assertEqual(document["undo"], "full")
        self.assertEqual(self.stored("theirs"), ALL)

    def test_undo_brings_back_what_was_there(self):
        self.publish_all("undone", "a: 1")
        entry = self.update("undone", "a: 2", "--use", "other", "--schema", "")["ledgerId"]
        self.assertEqual(self.stored("undone"), ("other", ALL[1], ""))
        self.check_outcome(self.json("--yes", "plan", "undo", str(entry)))
        self.assertEqual((self.api.content("undone"), self.stored("undone")), ("a: 1", ALL))
        entry = self.json("--yes", "config", "delete", "undone")["ledgerId"]
        self.check_outcome(self.json("--yes", "plan", "undo", str(entry)))
        self.assertEqual((self.api.content("undone"), self.stored("undone")), ("a: 1", ALL))

    def test_changed_by_another_client_meanwhile(self):
        """What is live is then not known: it is said, cleared, and taken back from the history."""
        self.publish_all("between", "a: 1")
        self.elsewhere("between", "a: 2", ("theirs", "", ""))
        planned = self.json("config", "publish", "between", "--stdin", "--dry-run", stdin=b"a: 3")
        self.assertEqual(planned["items"][0]["undo"], "partial")
        self.assertIn("use, effect and schema of this configuration are not told by the server", planned["items"][0]["undoNote"])
        document = self.update("between", "a: 3")
        self.assertEqual(document["undo"], "partial")
        self.assertEqual(document["undoNote"], planned["items"][0]["undoNote"])
        self.assertEqual([note for note in document["notes"] if document["undoNote"] in note], document["notes"])
        self.assertEqual(self.stored("between"), NONE)
        back = self.json("--yes", "plan", "undo", str(document["ledgerId"]))
        self.check_outcome(back)
        self.assertEqual(back["undo"], "full")
        self.assertEqual((self.api.content("between"), self.stored("between")), ("a: 2", ("theirs", "", "")))
        # Nobody ever had any: nothing is said.
        self.given("plain", "a: 1")
        self.given("plain", "a: 2")
        document = self.update("plain", "a: 3")
        self.assertEqual((document["undo"], document.get("notes")), ("full", None))

    def test_replace_and_clone_keep_them(self):
        self.publish_all("many-ours", "port: 1")
        self.elsewhere("many-theirs", "port: 2")
        self.api.create_namespace("untold-copy")
        self.run_ctl("namespace", "clone", "public", "untold-copy", "--yes")
        self.assertEqual([self.stored(name, "untold-copy") for name in ("many-ours", "many-theirs")], [ALL, ALL])
        document = self.json("--yes", "config", "replace", "port", "porto", "--data-id", "many-*")
        self.assertEqual([i["outcome"] for i in document["items"]], ["Applied", "Applied"])
        self.assertEqual(self.api.content("many-theirs"), "porto: 2")
        self.assertEqual([self.stored(name) for name in ("many-ours", "many-theirs")], [ALL, ALL])
        self.json("--yes", "plan", "undo", document["planId"])
        self.assertEqual([self.stored(name) for name in ("many-ours", "many-theirs")], [ALL, ALL])

    def test_restore_brings_what_that_state_had(self):
        self.publish_all("former", "a: 1")
        self.update("former", "a: 2", "--use", "", "--effect", "", "--schema", "")
        first = self.json("config", "history", "former")["items"][1]["id"]
        self.check_outcome(self.json("--yes", "config", "restore", "former", "--revision", first))
        self.assertEqual((self.api.content("former"), self.stored("former")), ("a: 1", ALL))


if __name__ == "__main__":
    main()
