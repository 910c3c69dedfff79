#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections, namespaces, the ledger."""

import http.server
import json
import socket
import stat
import subprocess
import threading
import urllib.error
import urllib.request

from case import CONFLICT, FAILED, NO_ANSWER, NOT_FOUND, PARTLY, POLICY, RFC3339, USAGE, CtlCase, Sandbox, main


class Profiles(CtlCase):
    def add(self, name: str, *arguments, **options) -> dict:
        return self.json("profile", "add", name, "--server", self.server.http, *arguments, connect=False, **options)

    def test_add_list_show_default_remove(self):
        first = self.add("First One", "--environment", "staging", "--keep", "facts", "--header", "X-Team: blue", "--header", "X-Stage: two",
                         "--timeout-connect", "2", "--timeout-call", "2.5", "--proxy", "none", "--grpc-port", "9999", "--context-path", "/nacos",
                         "--console-url", self.server.console)
        self.assertEqual((first["slug"], first["default"], first["protected"]), ("first-one", True, False))
        self.add("second", "--read-only")
        items = self.check_list(self.json("profile", "list", connect=False))
        self.assertEqual([p["name"] for p in items], ["First One", "second"])
        shown = self.json("profile", "show", "first-one", connect=False)
        self.assertEqual((shown["environment"], shown["keep"], shown["grpcPort"], shown["callTimeoutMs"]), ("staging", "facts", 9999, 2500))
        self.assertIn("blue", json.dumps(shown["headers"]))
        self.json("profile", "default", "second", connect=False)
        self.assertIs(self.json("profile", "show", "second", connect=False)["default"], True)
        self.json("profile", "remove", "first one", connect=False)
        self.assertEqual([p["name"] for p in self.json("profile", "list", connect=False)["items"]], ["second"])
        for verb in ("show", "default", "remove", "test", "doctor", "unlock", "lock"):
            self.error("profile", verb, "nobody", connect=False, code=NOT_FOUND, kind="NotFound")
        near = self.error("--profile", "secnd", "config", "list", connect=False, code=NOT_FOUND, kind="NotFound")
        self.assertIn('did you mean "second"? signalboxctl profile list', near["message"])
        self.json("profile", "remove", "second", connect=False)
        self.assertIn("none is saved yet", self.error("--profile", "x", "config", "list", connect=False, code=NOT_FOUND)["message"])

    def test_add_usage(self):
        for arguments in (("--kind", "cobol"), ("--environment", "moon"), ("--keep", "all"), ("--auth", "smile"), ("--header", "nothing"),
                          ("--header", "Authorization: Bearer hush"), ("--grpc-port", "70000"), ("--client-cert", "f"), ("--proxy", "ftp://x"),
                          ("--proxy", "http://me:hush@x:1"), ("--timeout-call", "soon"), ("--timeout-connect", "0")):
            with self.subTest(arguments):
                error = self.error("profile", "add", "bad", "--server", self.server.http, *arguments, connect=False, code=USAGE, kind="Usage")
                self.assertNotIn("hush", error["message"])
        for server in ("http://me:hush@127.0.0.1:1", "http://127.0.0.1:1,http://me:hush@127.0.0.1:2", "ftp://x", "http://"):
            error = self.error("profile", "add", "bad", "--server", server, connect=False, code=USAGE, kind="Usage")
            self.assertNotIn("hush", error["message"])
            error = self.error("--server", server, "config", "get", "x", connect=False, code=USAGE, kind="Usage")
            self.assertNotIn("hush", error["message"])
        for arguments, words in (((), "--server: user and password"), (("--auth", "aksk"), "--access-key: "), (("--auth", "password"), "--user: "),
                                 (("--ca", "no-such-file"), "--ca: cannot read"), (("--grpc-ca", "no-such-file"), "--grpc-ca: cannot read"),
                                 (("--grpc", "maybe"), "--grpc takes"), (("--grpc-client-cert", "f"), "--grpc-client-key")):
            server = self.server.http if arguments else "http://me:hush@127.0.0.1:1"
            self.assertIn(words, self.error("profile", "add", "bad", "--server", server, *arguments, connect=False, code=USAGE)["message"])
        self.assertIn("http://nonsense:8848", self.error("profile", "add", "bad", "--server", "nonsense", connect=False, code=USAGE)["message"])
        self.error("profile", "add", "bad", connect=False, code=USAGE)
        self.error("profile", "add", connect=False, code=USAGE)
        self.assertEqual(self.json("profile", "list", connect=False)["items"], [])
        self.add("taken")
        taken = self.error("profile", "add", "taken", "--server", self.server.http, connect=False, code=CONFLICT, kind="Conflict")
        self.assertEqual(taken["message"], "there is a connection called taken already")

    def test_certificates_of_http_and_grpc(self):
        for name in ("ca.pem", "cert.pem", "key.pem", "other.pem"):
            (self.ctl.folder / name).write_text("-")
        here = str(self.ctl.folder)  # the whole path is kept: the connection is used from any folder
        both = self.add("both", "--ca", "ca.pem", "--client-cert", "cert.pem", "--client-key", "key.pem", "--grpc", "tls")
        self.assertEqual((both["grpc"], both["httpTls"]["caFile"], both["httpTls"]), ("tls", f"{here}/ca.pem", both["grpcTls"]))
        apart = self.add("apart", "--ca", "ca.pem", "--grpc-ca", "other.pem", "--grpc-client-cert", "cert.pem", "--grpc-client-key", "key.pem")
        self.assertEqual((apart["httpTls"]["caFile"], apart["grpcTls"]["caFile"]), (f"{here}/ca.pem", f"{here}/other.pem"))
        self.assertEqual((apart["grpcTls"]["certFile"], "certFile" in apart["httpTls"]), (f"{here}/cert.pem", False))

    def test_which_connection(self):
        error = self.error("config", "get", "x", connect=False, code=USAGE, kind="Usage")
        self.assertIn("profile add", error["message"])
        self.given("here", "x")
        self.add("mine")
        self.assertEqual(self.run_ctl("config", "get", "here", connect=False).output, b"x")
        self.assertEqual(self.run_ctl("--profile", "mine", "config", "get", "here", connect=False).output, b"x")
        self.error("--profile", "nobody", "config", "get", "here", connect=False, code=NOT_FOUND)
        self.error("config", "get", "here", connect=False, code=NOT_FOUND, environment={"SIGNALBOX_PROFILE": "nobody"})
        self.error("--profile", "mine", "--server", self.server.http, "config", "get", "here", connect=False, code=USAGE)
        elsewhere = self.ctl.folder / "elsewhere"
        self.error("--home", elsewhere, "config", "get", "here", connect=False, code=USAGE)

    def test_a_read_does_not_touch_the_file_of_connections(self):
        self.given("untouched", "x")
        self.add("still")
        file = self.ctl.folder / "home" / "profiles.json"
        before = (file.read_bytes(), file.stat().st_mtime_ns)
        for _ in range(2):
            self.run_ctl("config", "get", "untouched", connect=False)
        self.assertEqual((file.read_bytes(), file.stat().st_mtime_ns), before)

    def test_export_and_import(self):
        self.add("exported", "--user", "me", "--header", "X-Team: blue")
        self.add("other")
        self.json("profile", "export", "exported", "-o", "profiles.out", connect=False, environment={"SIGNALBOX_PASSWORD": "hush-hush"})
        content = (self.ctl.folder / "profiles.out").read_text()
        self.assertIn("exported", content)
        self.assertNotIn("other", content)
        self.assertNotIn("hush-hush", content)
        self.json("profile", "remove", "exported", connect=False)
        items = self.check_list(self.json("profile", "import", "profiles.out", connect=False))
        self.assertEqual([(p["name"], p["auth"]["user"]) for p in items], [("exported", "me")])
        again = self.json("profile", "import", "profiles.out", connect=False)
        self.assertNotEqual(again["items"][0]["slug"], "exported")
        (self.ctl.folder / "broken").write_text("{")
        self.error("profile", "import", "broken", connect=False, code=USAGE)
        self.error("profile", "import", "not-there", connect=False, code=USAGE)
        self.error("profile", "export", connect=False, code=USAGE)
        self.error("profile", "export", "nobody", "-o", "x", connect=False, code=NOT_FOUND)

    def test_from_the_sdks_environment(self):
        variables = {"NACOS_SERVER_ADDR": f"127.0.0.1:{self.server.port}", "NACOS_NAMESPACE": "blue"}
        added = self.json("profile", "add", "from-env", "--from-env", connect=False, environment=variables)
        self.assertEqual((added["servers"], added["defaultNamespace"]), ([self.server.http], "blue"))
        self.error("profile", "add", "both", "--from-env", "--server", self.server.http, connect=False, environment=variables, code=USAGE)
        self.error("profile", "add", "nothing", "--from-env", connect=False, code=NOT_FOUND)

    def test_test_and_doctor(self):
        self.add("well", "--console-url", self.server.console)
        document = self.json("profile", "test", "well", connect=False)
        self.assertIs(document["ok"], True)
        self.assertTrue(document["version"])
        document = self.json("profile", "doctor", connect=False)
        self.assertIs(document["healthy"], True)
        for step in document["steps"]:
            self.assertLessEqual({"step", "outcome", "finding", "durationMs"}, set(step))
        self.assertIn("ok", self.run_ctl("profile", "doctor", "well", connect=False).output.decode())
        # Both look at the same: neither is done before the console has answered.
        for name, options in (("well", ()), ("guessed", ("--grpc-port", "1"))):
            if options:
                self.add(name, *options)
            planes = self.json("profile", "test", name, connect=False)["planes"]
            steps = {s["step"]: s for s in self.json("profile", "doctor", name, connect=False)["steps"]}
            self.assertEqual(steps["console"]["outcome"] == "ok", planes["console"]["reachable"], (steps, planes))
            self.assertNotEqual(steps["console"]["finding"], "not tried")
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.run_ctl("profile", "add", "ill", "--server", f"http://127.0.0.1:{taken.getsockname()[1]}", connect=False)
            self.error("profile", "test", "ill", connect=False, code=NO_ANSWER, kind="Network")
            document = self.json("profile", "doctor", "ill", connect=False, code=NO_ANSWER)
            self.assertIs(document["healthy"], False)
            failed = [s for s in document["steps"] if s["outcome"] == "failed"]
            self.assertTrue(failed and failed[0]["finding"] and failed[0]["remedy"], document)

    def test_protected_until_unlocked(self):
        self.add("prod", "--environment", "production")
        write = ("config", "publish", "guarded", "--stdin")
        error = self.error(*write, connect=False, stdin=b"x", code=POLICY, kind="Policy")
        self.assertIn("unlock", error["message"])
        self.assertIsNone(self.api.content("guarded"))
        self.error("profile", "unlock", "prod", "--for", "15m", connect=False, code=USAGE)
        self.error("profile", "unlock", "prod", "--for", "soon", "--reason", "r", connect=False, code=USAGE)
        self.error("profile", "unlock", "prod", "--for", "25h", "--reason", "r", connect=False, code=USAGE)
        document = self.json("profile", "unlock", "prod", "--for", "15m", "--reason", "release", connect=False)
        self.assertRegex(document["unlockedUntil"], RFC3339)
        self.assertTrue(self.json("profile", "show", "prod", connect=False)["unlockedUntil"])
        said = self.run_ctl("profile", "unlock", "prod", "--for", "15m", "--reason", "release", connect=False, environment={"TZ": "Asia/Shanghai"})
        self.assertRegex(said.output.decode(), r"until \d{4}-\d\d-\d\dT[\d:]+\+08:00\n")
        self.error(*write, connect=False, stdin=b"x", code=POLICY)  # production wants a reason, too
        self.check_outcome(self.json("--reason", "release 7", *write, connect=False, stdin=b"x"))
        self.assertEqual(self.json("ledger", "list", connect=False)["items"][0]["reason"], "release 7")
        self.json("profile", "lock", "prod", connect=False)
        self.add("open")
        document = self.json("profile", "unlock", "open", "--for", "15m", connect=False)
        self.assertEqual((document["protected"], document["unlockedUntil"]), (False, None))
        self.assertIn("not protected", self.run_ctl("profile", "unlock", "open", connect=False).output.decode())
        self.error("--reason", "again", *write, connect=False, stdin=b"y", code=POLICY)
        self.assertEqual(self.api.content("guarded"), "x")

    def test_a_protected_server_is_protected_without_its_name(self):
        self.given("walled", "x")
        port = self.server.port
        self.add("pr", "--environment", "production")
        delete = ("--yes", "config", "delete", "walled")
        for server in (self.server.http, f"127.0.0.1:{port}", f"HTTP://127.0.0.1:{port}/nacos/", f"http://127.0.0.1:1,{self.server.http}",
                       f"http://LocalHost:{port}/", f"http://[::1]:{port}", f"http://[::ffff:127.0.0.1]:{port}"):
            error = self.error("--server", server, *delete, connect=False, code=POLICY, kind="Policy")
            self.assertIn("is the protected connection pr: unlock it with signalboxctl profile unlock pr ", error["message"])
        self.assertEqual(self.api.content("walled"), "x")
        self.assertTrue(self.json("config", "get", "walled"))  # reading is free
        self.json("profile", "unlock", "pr", "--for", "15m", "--reason", "release", connect=False)
        self.error(*delete, code=POLICY)  # production wants a reason here, too
        self.check_outcome(self.json("--reason", "release 7", *delete))
        self.assertIsNone(self.api.content("walled"))
        self.json("profile", "lock", "pr", connect=False)
        with Sandbox() as other:  # another port is another server
            self.check_outcome(self.json("--server", other.http, "config", "publish", "free", "--stdin", connect=False, stdin=b"x"))

    def test_a_name_that_cannot_be_told_apart_counts_as_protected(self):
        lost = f"http://nobody.invalid:{self.server.port}"
        self.json("profile", "add", "pr", "--server", lost, "--environment", "production", connect=False)
        self.check_outcome(self.publish("apart", "x"))  # nothing that is nowhere is this machine
        self.json("profile", "remove", "pr", connect=False)
        self.json("profile", "add", "pr", "--server", self.server.http, "--environment", "production", connect=False)
        self.error("--server", f"http://localhost:{self.server.port}", "--yes", "config", "delete", "apart", connect=False, code=POLICY)
        self.assertEqual(self.api.content("apart"), "x")

    def test_what_the_review_says(self):
        self.given("reviewed", "x")
        self.add("walls", "--environment", "production")
        write = ("config", "publish", "reviewed", "--stdin")
        dry = self.json(*write, "--dry-run", connect=False, stdin=b"y")
        self.assertEqual((dry["allowed"], dry["needsUnlock"], dry["needsReason"]), (True, True, True), dry)
        locked = self.error(*write, connect=False, stdin=b"y", code=POLICY)
        self.assertEqual(locked["message"], "walls is protected; signalboxctl profile unlock walls --for 15m --reason TEXT opens it for a while")
        self.json("profile", "unlock", "walls", "--for", "15m", "--reason", "release", connect=False)
        dry = self.json(*write, "--dry-run", connect=False, stdin=b"y")
        self.assertEqual((dry["needsUnlock"], dry["needsReason"]), (False, True))
        self.assertTrue(any("production" in warning for warning in dry["warnings"]), dry["warnings"])
        reason = self.error(*write, connect=False, stdin=b"y", code=POLICY)
        self.assertEqual(reason["message"], "this connection wants a reason; add --reason TEXT")
        done = self.run_ctl("--reason", "r", *write, connect=False, stdin=b"y")
        self.assertIn("note: ", done.errors)
        quiet = self.run_ctl("--quiet", "--reason", "r", *write, connect=False, stdin=b"z")
        self.assertEqual(quiet.errors, "")
        self.assertEqual(self.api.content("reviewed"), "z")

    def test_the_practice_registrys_name_is_its_own(self):
        taken = self.error("profile", "add", "Practice", "--server", self.server.http, connect=False, code=CONFLICT, kind="Conflict")
        self.assertEqual(taken["message"], "Practice is the practice registry; give the connection another name")
        self.add("mine")
        file = self.ctl.folder / "home" / "profiles.json"
        file.write_text(file.read_text().replace('"name": "mine"', '"name": "practice"'))  # of an older version
        self.given("whose", "x")
        for name in ("practice", "PRACTICE"):
            error = self.error("--profile", name, "config", "get", "whose", connect=False, code=USAGE, kind="Usage")
            self.assertIn("is the practice registry and the name of the connection mine: give mine for that one", error["message"])
        self.assertEqual(self.run_ctl("--profile", "mine", "config", "get", "whose", connect=False).output, b"x")

    def test_what_cannot_be_read_counts_as_protected(self):
        self.given("blind", "x")
        delete = ("--yes", "config", "delete", "blind")
        file = self.ctl.folder / "home" / "profiles.json"
        file.mkdir(parents=True)  # no file that can be read
        self.assertIn("nobody knows whether this server is protected", self.error(*delete, code=POLICY, kind="Policy")["message"])
        file.rmdir()
        file.write_text(json.dumps({"version": 9, "profiles": [{"slug": "new", "name": "New", "servers": [self.server.http], "environment": "lunar"}]}))
        self.assertIn('one of the connection "New", which this version does not understand', self.error(*delete, code=POLICY)["message"])
        file.write_text("{")
        done = self.run_ctl("--json", *delete, code=POLICY)
        said = json.loads(done.errors)
        self.assertIn("profiles.json was damaged", said["error"]["message"])
        self.assertIn("kept whole", said["notes"][0])  # not lost because the call ends in an error
        # Not only the call that found it: until somebody has looked.
        aside, = file.parent.glob("profiles.json.damaged-*")
        error = self.error(*delete, code=POLICY, kind="Policy")
        self.assertIn(f"look at {aside}, add what is missing with signalboxctl profile add, then delete that file", error["message"])
        self.assertEqual(self.api.content("blind"), "x")
        self.assertEqual(self.run_ctl("config", "get", "blind").output, b"x")  # reading is free
        aside.unlink()
        self.check_outcome(self.json(*delete))

    def test_what_was_probed_is_remembered_and_doubted(self):
        self.given("remembered", "x")
        self.add("known")
        self.run_ctl("config", "get", "remembered", connect=False)
        memory = json.loads((self.ctl.folder / "home" / "probes.json").read_text())
        self.assertEqual(memory["probes"]["known"]["found"]["planes"]["admin"], self.server.http + "/nacos")
        self.assertEqual(stat.S_IMODE((self.ctl.folder / "home" / "probes.json").stat().st_mode), 0o600)
        # What is remembered of a plane that is not there any more is found out again.
        memory["probes"]["known"]["found"]["planes"]["admin"] = self.server.http + "/moved"
        (self.ctl.folder / "home" / "probes.json").write_text(json.dumps(memory))
        self.assertEqual(self.run_ctl("config", "get", "remembered", connect=False).output, b"x")
        memory = json.loads((self.ctl.folder / "home" / "probes.json").read_text())
        self.assertEqual(memory["probes"]["known"]["found"]["planes"]["admin"], self.server.http + "/nacos")
        for rubbish in ("", "[]", "{", '{"probes":{"known":7}}'):
            (self.ctl.folder / "home" / "probes.json").write_text(rubbish)
            self.assertEqual(self.run_ctl("config", "get", "remembered", connect=False).output, b"x")


class Namespaces(CtlCase):
    def test_life(self):
        self.check_outcome(self.json("namespace", "create", "life", "--name", "Life", "--description", "d"))
        items = self.check_list(self.json("namespace", "list"))
        mine = next(n for n in items if n["id"] == "life")
        self.assertEqual((mine["name"], mine["description"]), ("Life", "d"))
        self.assertEqual(items[0]["id"], "public")
        self.error("namespace", "create", "life", "--name", "Life", code=CONFLICT, kind="Conflict")
        self.error("namespace", "create", "other", code=USAGE)
        self.error("namespace", "create", "not allowed", "--name", "n", code=USAGE)
        for arguments in (("create", "", "--name", "n"), ("update", " ", "--name", "n"), ("--yes", "delete", ""), ("clone", "", "x"), ("clone", "life", "")):
            verb = ("namespace", *(a for a in arguments if a != "--yes"))
            error = self.error(*(a for a in arguments if a == "--yes"), *verb, code=USAGE, kind="Usage")
            self.assertEqual(error["message"], "the ID of the namespace is empty; write public for the server's own")
        self.check_outcome(self.json("namespace", "update", "life", "--name", "Lives"))
        self.assertIs(self.json("namespace", "update", "life", "--name", "Lives")["unchanged"], True)
        self.assertEqual(self.api.namespaces()["life"], "Lives")
        self.error("namespace", "update", "life", code=USAGE)
        self.error("namespace", "update", "never", "--name", "n", code=NOT_FOUND)
        self.error("namespace", "delete", "life", code=POLICY, kind="Policy")
        self.given("b.yaml", "b: 1\n", group="G", namespace="life")
        self.given("a.yaml", "a: 1\n", group="G", namespace="life")
        shown = self.json("--yes", "namespace", "delete", "life", "--dry-run")
        self.assertEqual((shown["configs"], shown["inside"], len(shown["items"])), (2, ["G/a.yaml", "G/b.yaml"], 1))
        self.assertNotIn("listeners", shown)
        shown = self.json("--yes", "namespace", "delete", "life", "--with-configs", "--dry-run")
        self.assertEqual((shown["withConfigs"], shown["listeners"], len(shown["items"])), (True, 0, 3))
        gone = self.json("--yes", "namespace", "delete", "life", "--with-configs")
        self.assertEqual([item["outcome"] for item in gone["items"]], ["Applied"] * 3)
        self.assertNotIn("life", self.api.namespaces())
        self.api.create_namespace("life")
        self.check_outcome(self.json("--yes", "namespace", "delete", "life"))
        self.assertNotIn("life", self.api.namespaces())
        self.error("--yes", "namespace", "delete", "life", code=NOT_FOUND)
        self.error("--yes", "namespace", "delete", "public", code=USAGE)

    def test_clone(self):
        self.api.create_namespace("from")
        self.given("a.yaml", "a: 1\n", group="G", namespace="from", type="yaml", appName="shop", configTags="blue,red", desc="什么")
        self.given("cipher-b", "opaque", namespace="from", encryptedDataKey="data-key")
        dry = self.json("namespace", "clone", "from", "to", "--dry-run")
        self.assertEqual([i["verb"] for i in dry["items"]], ["create"] * 3)
        self.assertNotIn("to", self.api.namespaces())
        document = self.json("namespace", "clone", "from", "to")
        self.assertEqual([i["outcome"] for i in document["items"]], ["Applied"] * 3)
        self.assertIs(document["createsNamespace"], True)
        copy, cipher = self.api.detail("a.yaml", "G", "to"), self.api.detail("cipher-b", namespace="to")
        self.assertEqual((copy["content"], copy["type"], copy["appName"], copy["desc"], sorted(copy["configTags"].split(","))),
                         ("a: 1\n", "yaml", "shop", "什么", ["blue", "red"]))
        self.assertEqual((cipher["content"], cipher["encryptedDataKey"]), ("opaque", "data-key"))
        again = self.json("namespace", "clone", "from", "to")
        self.assertEqual((again["items"], again["alike"]), ([], 2))
        self.given("a.yaml", "a: 2\n", group="G", namespace="to")
        self.given("c", "new", namespace="from")
        done = self.run_ctl("--json", "namespace", "clone", "from", "to", code=PARTLY).json
        self.assertEqual([(i["dataId"], i["kind"]) for i in done["leftOut"]], [("a.yaml", "Conflict")])
        self.assertEqual((self.api.content("a.yaml", "G", "to"), self.api.content("c", namespace="to")), ("a: 2\n", "new"))
        self.error("namespace", "clone", "from", "to", code=CONFLICT, kind="Conflict")
        self.error("namespace", "clone", "never", "to", code=NOT_FOUND, kind="NotFound")
        self.error("namespace", "clone", "from", "from", code=USAGE)
        self.error("namespace", "clone", "from", "not allowed", code=USAGE)
        self.error("namespace", "clone", "from", code=USAGE)

    def test_clone_of_an_encrypted_one_without_key_is_refused(self):
        self.api.create_namespace("keyless")
        self.given("cipher-x", "opaque", namespace="keyless")
        self.given("plain", "x", namespace="keyless")
        done = self.run_ctl("--json", "namespace", "clone", "keyless", "keyless-copy", code=PARTLY).json
        self.assertEqual([(i["dataId"], i["kind"]) for i in done["leftOut"]], [("cipher-x", "Policy")])
        self.assertIn("data key", done["leftOut"][0]["reason"])
        self.assertIsNone(self.api.content("cipher-x", namespace="keyless-copy"))


class Ledger(CtlCase):
    def test_ledger(self):
        items = self.check_list(self.json("ledger", "list", connect=False))
        self.assertEqual(items, [])
        self.publish("on-record", "v1", "--group", "G")
        self.json("--reason", "because", "config", "publish", "on-record", "--group", "G", "--stdin", stdin=b"v2")
        items = self.check_list(self.json("ledger", "list", connect=False))
        self.assertEqual([i["verb"] for i in items], ["update", "create"])
        for item in items:
            self.assertLessEqual({"id", "at", "program", "address", "verb", "outcome", "verified", "atomic", "reason", "undo", "planId", "hash"}, set(item))
            self.assertRegex(item["at"], RFC3339)
            self.assertIn("signalboxctl", item["program"])
        self.assertEqual((items[0]["reason"], items[0]["atomic"], items[1]["atomic"]), ("because", True, False))
        cut = self.json("ledger", "list", "--limit", "1", connect=False)
        self.assertEqual((len(self.check_list(cut, complete=False)), cut["total"]), (1, 2))
        self.assertEqual(len(self.json("ledger", "list", "--since", items[0]["at"], connect=False)["items"]), 1)
        self.assertEqual(self.json("ledger", "list", "--since", "2099-01-01", connect=False)["items"], [])
        for ago in ("90s", "15m", "1h", "7d"):
            self.assertEqual(len(self.json("ledger", "list", "--since", ago, connect=False)["items"]), 2, ago)
        self.assertEqual(self.json("ledger", "list", "--since", "0s", connect=False)["items"], [])
        shown = self.json("ledger", "show", str(items[0]["id"]), connect=False)
        self.assertEqual(shown, items[0])
        report = self.json("ledger", "verify", connect=False)
        self.assertEqual((report["intact"], report["entries"], report["open"]), (True, 2, 0))
        self.assertEqual(self.run_ctl("ledger", "verify", connect=False).output, b"intact: 2 entries, all with an outcome\n")
        self.json("ledger", "export", "-o", "ledger.jsonl", connect=False)
        lines = [json.loads(line) for line in (self.ctl.folder / "ledger.jsonl").read_text().splitlines()]
        self.assertEqual(sorted(e["id"] for e in lines), sorted(i["id"] for i in items))
        self.error("ledger", "show", "99", connect=False, code=NOT_FOUND, kind="NotFound")
        for arguments in (("show", "x"), ("show",), ("list", "--since", "yesterday"), ("list", "--limit", "-1"), ("export",)):
            self.error("ledger", *arguments, connect=False, code=USAGE, kind="Usage")

    def test_the_question_of_an_undo(self):
        self.publish("taken-back", "v1")
        self.publish("taken-back", "v2")
        for start in ("Take back “Update ", "Do “Update ", "Take back “Update "):
            newest = str(self.json("ledger", "list", connect=False)["items"][0]["id"])
            message = self.error("plan", "undo", newest, code=POLICY)["message"]
            self.assertTrue(message.startswith(start) and "undo" not in message, message)
            self.json("--yes", "plan", "undo", newest)

    def test_verify_sees_damage(self):
        self.publish("damaged", "v1")
        database = self.ctl.folder / "home" / "ledger.db"
        subprocess.run(["python3", "-c", "import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); d.execute(\"UPDATE intent SET reason='forged'\"); d.commit()",
                        str(database)], check=True)
        document = self.json("ledger", "verify", connect=False, code=FAILED)
        self.assertIs(document["intact"], False)
        self.assertTrue(document["problems"])
        said = self.run_ctl("ledger", "verify", connect=False, code=FAILED).output.decode()
        self.assertRegex(said, r"not as it was written, for (one reason|\d+ reasons); what is there: 1 entry, all with an outcome\n$")

    def test_nothing_is_journaled_when_the_server_is_not_there(self):
        self.server.stop()
        try:
            self.error("config", "publish", "unknown", "--stdin", stdin=b"after", code=NO_ANSWER)
        finally:
            self.server.start()
        self.assertEqual(self.json("ledger", "list", connect=False)["items"], [])

    def test_a_write_without_an_answer_is_unknown_and_settled_later(self):
        for arrives, outcome in ((True, "Applied"), (False, "Failed")):
            with self.subTest(arrives=arrives), Cut(self.server.http, arrives) as cut:
                name = f"unknown-{arrives}"
                self.given(name, "before")
                self.run_ctl("profile", "add", name, "--server", cut.url, connect=False)
                done = self.run_ctl("--json", "--profile", name, "config", "publish", name, "--stdin", stdin=b"after", connect=False, code=NO_ANSWER)
                self.check_outcome(done.json, "Unknown")
                self.assertEqual(json.loads(done.errors)["error"]["retryable"], True)
                entry = self.json("ledger", "show", str(done.json["ledgerId"]), connect=False)
                self.assertIsNone(entry["outcome"])
                self.assertRegex(self.run_ctl("ledger", "list", connect=False).output.decode(), r"update +Unknown ")
                cut.dead = False
                self.json("--profile", name, "config", "publish", "another", "--stdin", stdin=name.encode(), connect=False)
                entry = self.json("ledger", "show", str(done.json["ledgerId"]), connect=False)
                self.assertEqual(entry["outcome"], outcome)
                self.assertEqual(self.api.content(name), "after" if arrives else "before")

    def test_every_verb_that_reaches_the_registry_settles(self):
        for number, verb in enumerate((("config", "list"), ("config", "get", "{}"), ("config", "diff", "{}", "signalbox://{}/public/config/DEFAULT_GROUP/{}"),
                                       ("config", "matrix", "{}/public", "{}/public"), ("config", "history", "{}"), ("namespace", "list"))):
            with self.subTest(verb), Cut(self.server.http, arrives=True) as cut:
                name = f"settles-{number}"
                self.given(name, "before")
                self.run_ctl("profile", "add", name, "--server", cut.url, connect=False)
                done = self.run_ctl("--json", "--profile", name, "config", "publish", name, "--stdin", stdin=b"after", connect=False, code=NO_ANSWER)
                cut.dead = False
                self.json("--profile", name, *(word.replace("{}", name) for word in verb), connect=False)
                self.assertEqual(self.json("ledger", "show", str(done.json["ledgerId"]), connect=False)["outcome"], "Applied")


class Cut:
    """A way to the registry that breaks at the first publish, before or after it has arrived, and stays broken while `dead`."""

    def __init__(self, target: str, arrives: bool):
        self.dead = False
        cut, broken = self, []

        class Handler(http.server.BaseHTTPRequestHandler):
            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                first = self.command == "POST" and not broken
                if first:
                    broken.append(1)
                if not cut.dead and (not first or arrives):
                    status, answer = self.forward(body)
                if first:
                    cut.dead = True
                if cut.dead:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def forward(self, body: bytes):
                request = urllib.request.Request(target + self.path, method=self.command, data=body or None)
                for header in ("Content-Type", "casMd5"):
                    if header in self.headers:
                        request.add_header(header, self.headers[header])
                try:
                    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
                        return answer.status, answer.read()
                except urllib.error.HTTPError as error:
                    return error.code, error.read()

            do_GET = do_POST = handle_any

            def log_message(self, *_):
                pass
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


if __name__ == "__main__":
    main()
