#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said and done while the server is out of reach."""

import datetime
import hashlib
import json
import socket
import threading

from case import RFC3339, CtlCase, main


def md5(content: str) -> str:
    return hashlib.md5(content.encode("utf-8")).hexdigest()


class Offline(CtlCase):
    def test_list_when_the_server_is_gone_comes_from_the_mirror(self):
        self.given("mirrored", "x", group="MIRROR")
        self.api.create_namespace("mirrored-space")
        self.given("mirrored", "x", namespace="mirrored-space")
        self.json("--namespace", "mirrored-space", "config", "list")
        self.server.stop()
        try:
            gone = self.json("--namespace", "mirrored-space", "config", "list")
            self.assertEqual(([i["dataId"] for i in gone["items"]], gone["source"], gone["complete"]), (["mirrored"], "mirror", False))
            self.assertRegex(gone["seenAt"], RFC3339)
            self.assertTrue(gone["notes"])
            self.error("config", "list", "--data-id", "x*", code=6, kind="Network")
        finally:
            self.server.start()

    def test_what_was_read_is_there_when_the_server_is_gone(self):
        """The same exit code for the same situation, whichever verb asks: 0 with what is remembered, 6 when nothing is."""
        self.api.create_namespace("away")
        self.given("seen.yaml", "a: 1\n", namespace="away", type="yaml", configTags="blue", desc="d")
        self.given("not-seen", "x", namespace="away")
        place = ("--namespace", "away")
        self.run_ctl(*place, "config", "history", "seen.yaml")
        (self.ctl.folder / "local").write_text("local")
        self.run_ctl(*place, "config", "override", "overridden", "--file", "local")
        self.server.stop()
        try:
            listed = self.json(*place, "config", "list")
            self.assertEqual(([i["dataId"] for i in listed["items"]], listed["source"]), (["seen.yaml"], "mirror"))
            got = self.json(*place, "config", "get", "seen.yaml")
            self.assertEqual((got["content"], got["md5"], got["type"], got["tags"], got["description"], got["source"], got["listeners"]),
                             ("a: 1\n", md5("a: 1\n"), "yaml", ["blue"], "d", "mirror", None))
            self.assertRegex(got["seenAt"], RFC3339)
            states = self.json(*place, "config", "history", "seen.yaml")
            self.assertEqual((states["source"], states["complete"], [i["md5"] for i in states["items"]]), ("mirror", False, [md5("a: 1\n")]))
            state = states["items"][0]["id"]
            self.assertEqual(self.json(*place, "config", "show", "seen.yaml", "--revision", state)["content"], "a: 1\n")
            # The age is said, also to who wants to hear little.
            for options in ((), ("--quiet",)):
                for words in (("list",), ("history", "seen.yaml")):
                    done = self.run_ctl(*options, *place, "config", *words)
                    self.assertRegex(done.errors, r"out of reach .*seen (less than a minute|1 minute|\d+ minutes) ago \(20", words)
            # Bytes alone do not say how old they are: a script takes them for the server's.
            file = self.ctl.folder / "kept"
            file.write_bytes(b"kept")
            for options in ((), ("-o", str(file)), ("--json", "-o", str(file))):
                done = self.run_ctl(*place, "config", "get", "seen.yaml", *options, code=6)
                self.assertEqual((done.output, file.read_bytes()), (b"", b"kept"))
                self.assertRegex(done.errors, r"seen .* ago \(20.*config get --json")
            # What nobody has seen is not there, and what is local needs no server.
            for words in (("get", "not-seen"), ("history", "not-seen"), ("show", "seen.yaml", "--revision", "h:1"),
                          ("show", "not-seen", "--revision", "live:" + md5("x"))):
                with self.subTest(words):
                    done = self.run_ctl(*place, "config", *words, code=6)
                    self.assertEqual(done.output, b"")
                    self.assertIn("nothing of it is remembered", done.errors)
            self.assertEqual(self.run_ctl(*place, "config", "get", "overridden").output, b"local")
            self.error("config", "list", code=6, kind="Network")
        finally:
            self.server.start()

    def test_a_deletion_is_remembered_with_its_time(self):
        """Not with that of a later look which found it still gone."""
        self.publish("deleted-once", "x")
        self.run_ctl("--yes", "config", "delete", "deleted-once")
        after = datetime.datetime.now(datetime.timezone.utc)
        self.error("config", "get", "deleted-once", code=3, kind="NotFound")
        self.run_ctl("config", "history", "deleted-once")
        self.server.stop()
        try:
            newest = self.json("config", "history", "deleted-once")["items"][0]
            self.assertEqual(newest["verb"], "deleted")
            self.assertLessEqual(datetime.datetime.fromisoformat(newest["at"].replace("Z", "+00:00")), after)
        finally:
            self.server.start()

    def test_one_get_is_enough_to_be_remembered(self):
        self.api.create_namespace("one-get")
        self.given("got", "x", namespace="one-get")
        self.given("not-got", "x", namespace="one-get")
        place = ("--namespace", "one-get", "config")
        self.assertEqual(self.run_ctl(*place, "get", "got").output, b"x")
        self.server.stop()
        try:
            listed = self.json(*place, "list")
            self.assertEqual(([i["dataId"] for i in listed["items"]], listed["source"], listed["complete"]), (["got"], "mirror", False))
            self.assertRegex(listed["seenAt"], RFC3339)
            self.assertRegex(listed["notes"][0], r"seen less than a minute ago|seen 1 minute ago")
            self.assertIn("there may be more", listed["notes"][1])
            self.assertEqual(self.json(*place, "get", "got")["source"], "mirror")
        finally:
            self.server.start()

    def test_a_server_that_never_answers_is_out_of_reach(self):
        self.given("silent", "x")
        self.run_ctl("config", "history", "silent")
        port = int(self.server.http.rsplit(":", 1)[1])
        self.server.stop()
        try:
            with socket.create_server(("127.0.0.1", port)):
                self.assertEqual(self.json("--timeout", "3", "config", "get", "silent")["source"], "mirror")
                self.assertEqual(self.run_ctl("--timeout", "3", "config", "get", "silent", code=6).output, b"")
        finally:
            self.server.start()

    def test_silence_before_tls_is_not_said_to_be_the_handshake_alone(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            error = self.error("--server", f"https://127.0.0.1:{silent.getsockname()[1]}", "--timeout", "1", "config", "get", "x", connect=False,
                               code=6, kind="Timeout")
        self.assertIn("(no connection came about, or the TLS handshake did not come to an end", error["message"])

    def test_http_to_an_https_port_names_it(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            def alert():
                while True:
                    try:
                        client, _ = server.accept()
                    except OSError:
                        return
                    with client:
                        client.recv(65536)
                        client.sendall(b"\x15\x03\x01\x00\x02\x02\x46")
            threading.Thread(target=alert, daemon=True).start()
            error = self.error("--server", f"http://127.0.0.1:{server.getsockname()[1]}", "config", "get", "x", connect=False, code=6)
            server.shutdown(socket.SHUT_RDWR)
        self.assertIn("perhaps this port speaks https", error["message"])

    def test_https_is_not_answered_from_what_http_saw(self):
        self.publish("in-the-clear", "x")
        self.run_ctl("config", "list")
        secure = self.server.http.replace("http://", "https://")
        for words in (("list",), ("get", "in-the-clear"), ("history", "in-the-clear")):
            done = self.run_ctl("--json", "--server", secure, "config", *words, connect=False, code=6)
            self.assertEqual(done.output, b"")
            error = json.loads(done.errors)["error"]
            self.assertEqual((error["kind"], error["retryable"]), ("Tls", False), done)
            self.assertIn("speaks plain http, not https", error["message"])
        self.server.stop()
        try:
            done = self.run_ctl("--server", secure, "config", "list", connect=False, code=6)
            self.assertEqual(done.output, b"")
        finally:
            self.server.start()


if __name__ == "__main__":
    main()
