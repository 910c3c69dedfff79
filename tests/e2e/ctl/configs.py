#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading and writing configurations."""

import base64
import hashlib
import json
import os
import pathlib
import signal
import subprocess

from case import CONFLICT, DONE, FAILED, INTERRUPTED, NOT_FOUND, PARTLY, POLICY, RFC3339, USAGE, CtlCase, main

ITEM = {"dataId", "group", "namespace", "type", "app", "tags", "md5", "size", "changedAt", "changedBy", "gray", "address"}


def md5(content) -> str:
    return hashlib.md5(content if isinstance(content, bytes) else content.encode("utf-8")).hexdigest()


class Reading(CtlCase):
    def test_get(self):
        content = "服务: 1\r\nb: 2\n"
        self.given("get.yaml", content, group="G", type="yaml", appName="shop", configTags="blue,red", desc="什么")
        self.assertEqual(self.run_ctl("config", "get", "get.yaml", "--group", "G").output, content.encode("utf-8"))
        document = self.json("config", "get", "get.yaml", "--group", "G")
        self.assertLessEqual(ITEM | {"content", "description", "encryptedDataKey", "listeners"}, set(document))
        self.assertEqual((document["content"], document["md5"], document["size"]), (content, md5(content), len(content.encode("utf-8"))))
        self.assertEqual((document["type"], document["app"], sorted(document["tags"]), document["description"], document["listeners"], document["gray"]),
                         ("yaml", "shop", ["blue", "red"], "什么", 0, False))
        self.assertRegex(document["changedAt"], RFC3339)

    def test_get_to_a_file(self):
        self.given("get-file", "content")
        self.assertEqual(self.run_ctl("config", "get", "get-file", "-o", "out").output, b"")
        self.assertEqual((self.ctl.folder / "out").read_bytes(), b"content")
        self.error("config", "get", "get-file", "-o", "no/such/folder/out", code=FAILED)
        # Of an empty variable of a script.
        for verb in (("config", "get", "get-file"), ("profile", "export"), ("ledger", "export")):
            self.assertEqual(self.error(*verb, "-o", "", code=USAGE, kind="Usage")["message"], "-o: the name of the file is empty")

    def test_get_to_what_is_no_file(self):
        self.given("get-pipe", "content")
        pipe = self.ctl.folder / "pipe"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # so that opening it for writing does not wait
        try:
            self.run_ctl("config", "get", "get-pipe", "-o", "pipe")
            self.assertEqual(os.read(reader, 100), b"content")
        finally:
            os.close(reader)
        self.assertTrue(pipe.is_fifo())  # not replaced by a file
        self.error("config", "get", "get-pipe", "-o", ".", code=FAILED)

    def test_get_what_is_not_there(self):
        self.error("config", "get", "never-there", code=NOT_FOUND, kind="NotFound")
        self.error("--namespace", "no-such-space", "config", "get", "never-there", code=NOT_FOUND, kind="NotFound")
        self.assertFalse((self.ctl.folder / "out").exists())
        self.run_ctl("config", "get", "never-there", "-o", "out", code=NOT_FOUND)
        self.assertFalse((self.ctl.folder / "out").exists())

    def test_history_show_and_restore(self):
        for version in ("v1", "v2", "v3"):
            self.publish("states", version)
        items = self.check_list(self.json("config", "history", "states"))
        for item in items:
            self.assertLessEqual({"id", "at", "by", "verb", "md5", "size", "source"}, set(item))
        self.assertEqual([i["md5"] for i in items[:3]], [md5("v3"), md5("v2"), md5("v1")])
        first = items[2]["id"]
        self.assertEqual(self.run_ctl("config", "show", "states", "--revision", first).output, b"v1")
        shown = self.json("config", "show", "states", "--revision", first)
        self.assertEqual((shown["content"], shown["exists"], shown["id"]), ("v1", True, first))
        for item in items:  # what the list knows of a state, the state knows
            shown = self.json("config", "show", "states", "--revision", item["id"])
            self.assertEqual((shown["at"], shown["by"], shown["verb"]), (item["at"], item["by"], item["verb"]))
        self.error("config", "show", "states", "--revision", "nonsense", code=USAGE)
        self.error("config", "show", "states", code=USAGE, kind="Usage")
        self.error("config", "restore", "states", code=USAGE, kind="Usage")
        self.error("config", "history", "never-there", code=NOT_FOUND, kind="NotFound")
        self.error("config", "restore", "states", "--revision", first, code=POLICY, kind="Policy")
        self.check_outcome(self.json("--yes", "config", "restore", "states", "--revision", first))
        self.assertEqual(self.api.content("states"), "v1")
        self.assertTrue(self.json("--yes", "config", "restore", "states", "--revision", first)["unchanged"])

    def test_restoring_a_deleted_one_creates_it_again(self):
        self.publish("back", "once")
        self.run_ctl("--yes", "config", "delete", "back")
        states = self.check_list(self.json("config", "history", "back"))
        once = next(s["id"] for s in states if s["md5"] == md5("once"))
        self.check_outcome(self.json("--yes", "config", "restore", "back", "--revision", once))
        self.assertEqual(self.api.content("back"), "once")

    def test_listeners(self):
        self.given("listened", "x")
        watch = self.ctl.watch("config", "watch", "listened")
        watch.wait_for(event="ready")
        items = self.check_list(self.json("config", "listeners", "listened"))
        self.assertEqual(len(items), 1)
        self.assertEqual((items[0]["md5"], items[0]["client"], items[0]["console"]), (md5("x"), "Signalbox", True))
        by_ip = self.check_list(self.json("config", "listeners", "--ip", items[0]["ip"]))
        self.assertEqual([(i["dataId"], i["console"]) for i in by_ip if i["dataId"] == "listened"], [("listened", True)])
        self.assertRegex(self.run_ctl("config", "listeners", "--ip", items[0]["ip"]).output.decode(), r"(?m)^listened .* Signalbox$")
        # A console that looks on is no application that has it.
        self.assertEqual(self.json("config", "get", "listened")["listeners"], 0)
        self.error("config", "listeners", code=USAGE)
        self.error("config", "listeners", "listened", "--ip", "127.0.0.1", code=USAGE)
        watch.end()

    def test_watch_of_several(self):
        watch = self.ctl.watch("config", "watch", "w1", "w2", "--group", "W")
        watch.wait_for(event="ready")
        self.given("w1", "one", group="W")
        self.assertLessEqual({"dataId": "w1", "group": "W", "namespace": "public", "md5": md5("one"), "content": "one"}.items(),
                             watch.wait_for(event="changed").items())
        self.given("w2", "two", group="W")
        self.assertEqual(watch.wait_for(event="changed")["dataId"], "w2")
        self.api.remove("w1", group="W")
        self.assertEqual(watch.wait_for(event="deleted")["dataId"], "w1")
        self.assertEqual(watch.end(), INTERRUPTED)

    def test_watch_goes_on_after_a_restart_of_the_server(self):
        watch = self.ctl.watch("config", "watch", "again")
        watch.wait_for(event="ready")
        self.server.stop()
        self.addCleanup(lambda: self.server.is_running() or self.server.start())
        error = watch.wait_for_error()  # it does not wait in silence
        self.assertEqual(error["kind"], "Network", error)
        self.assertIn("no changes are heard", error["message"])
        self.server.start()
        watch.wait_for(event="reconnected")
        self.given("again", "here")
        watch.wait_for(event="changed", content="here")
        watch.end()

    def test_a_namespace_that_is_not_there(self):
        for verb in (("list",), ("list", "--data-id", "x*"), ("capacity",), ("replace", "a", "b")):
            with self.subTest(verb):
                error = self.error("--namespace", "nowhere", "config", *verb, code=NOT_FOUND, kind="NotFound")
                self.assertIn("nowhere", error["message"])
        self.run_ctl("profile", "add", "place", "--server", self.server.http, connect=False)
        self.error("config", "matrix", "place/public", "place/nowhere", connect=False, code=NOT_FOUND, kind="NotFound")
        # Servers take what is published there; it is said, and found.
        done = self.run_ctl("--namespace", "nowhere-yet", "config", "publish", "x", "--stdin", stdin=b"x")
        self.assertIn("no namespace nowhere-yet", done.errors)
        self.assertIn("no namespace", self.json("--namespace", "nowhere-yet", "config", "publish", "y", "--stdin", stdin=b"x")["notes"][0])
        self.assertEqual(len(self.json("--namespace", "nowhere-yet", "config", "list")["items"]), 2)
        self.api.create_namespace("bare")
        self.assertEqual(self.json("--namespace", "bare", "config", "list")["items"], [])
        self.error("--namespace", "bare", "config", "list", "--all-namespaces", code=USAGE)

    def test_to_standard_output(self):
        self.given("out", "content")
        self.assertEqual(self.run_ctl("config", "get", "out", "-o", "-").output, b"content")
        self.assertEqual(self.json("config", "get", "out", "-o", "-")["content"], "content")
        self.run_ctl("profile", "add", "shop", "--server", self.server.http, connect=False)
        for options in ((), ("--json",)):
            exported = json.loads(self.run_ctl(*options, "profile", "export", "-o", "-", connect=False).output)
            self.assertIn(self.server.http, json.dumps(exported))
            self.publish("out", f"content {options}")
            lines = self.run_ctl(*options, "ledger", "export", "-o", "-", connect=False).output.splitlines()
            self.assertIn("/out", json.loads(lines[-1])["address"])
        self.assertFalse((self.ctl.folder / "-").exists())

    def test_standard_output_that_is_full(self):
        self.given("full", "content")
        for words in (("config", "get", "full"), ("--json", "config", "get", "full"), ("config", "list"), ("--help",)):
            with self.subTest(words), open("/dev/full", "wb") as full:
                done = subprocess.run(self.ctl.command(words), env=self.ctl.environment, stdin=subprocess.DEVNULL, stdout=full,
                                      stderr=subprocess.PIPE, check=False, timeout=60)
                self.assertEqual(done.returncode, FAILED)
                self.assertIn(b"standard output cannot be written", done.stderr)

    def test_streams_that_are_closed(self):
        """Their numbers must not go to files: what is printed would be written into one of them."""
        self.given("closed", "content")

        def call(*words, closed: str) -> subprocess.CompletedProcess:
            script = f'exec "$@" {closed}'
            return subprocess.run(["sh", "-c", script, "sh", *self.ctl.command(words)], env=self.ctl.environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, check=False, timeout=60, cwd=self.ctl.folder)
        for stream, words in ((0, ("config", "publish", "closed", "--stdin")), (1, ("config", "get", "closed"))):
            done = call(*words, closed=f"{stream}{'<' if stream == 0 else '>'}&-")
            self.assertEqual((done.returncode, done.stdout), (USAGE if stream == 0 else FAILED, b""), done)
            # Where libraries are shared, one of them may have opened something before anything of ours ran: then the reason is another.
            self.assertRegex(done.stderr, b"Bad file descriptor|cannot read standard input")
        self.assertEqual(call("config", "get", "nothing", closed="2>&-").returncode, NOT_FOUND)
        (self.ctl.folder / "new").write_text("new content")
        done = call("config", "publish", "closed", "--file", "new", closed="0<&- 1>&- 2>&-")
        self.assertEqual(done.returncode, FAILED)  # it was done, and could not be said
        self.assertEqual(self.api.content("closed"), "new content")
        self.assertIs(self.json("ledger", "verify", connect=False)["intact"], True)

    def test_diff(self):
        self.given("left", "a=1\npassword=geheim\n", group="D")
        self.given("right", "a=2\npassword=anders\n", group="D")
        self.api.create_namespace("diff-space")
        self.given("left", "a=3\n", group="D", namespace="diff-space")
        text = self.run_ctl("config", "diff", "left", "right", "--group", "D").output.decode()
        self.assertIn("-a=1", text)
        self.assertIn("+a=2", text)
        self.assertNotIn("geheim", text)
        self.assertIn("geheim", self.run_ctl("config", "diff", "left", "right", "--group", "D", "--show-secrets").output.decode())
        document = self.json("config", "diff", "left", "right", "--group", "D")
        self.assertIs(document["equal"], False)
        (self.ctl.folder / "file").write_text("a=1\npassword=geheim\n")
        self.assertIs(self.json("config", "diff", "./file", "left", "--group", "D")["equal"], True)
        self.assertIs(self.json("config", "diff", "file:file", "left", "--group", "D")["equal"], True)
        here = self.json("config", "get", "left", "--group", "D")["address"]
        there = self.json("--namespace", "diff-space", "config", "get", "left", "--group", "D")["address"]
        self.assertIn("a=3", self.json("config", "diff", here, there)["diff"])
        revision = self.json("config", "history", "left", "--group", "D")["items"][0]["id"]
        self.assertIs(self.json("config", "diff", f"{here}?rev={revision}", here)["equal"], True)
        self.error("config", "diff", "left", "never", "--group", "D", code=NOT_FOUND)
        self.error("config", "diff", "./no-such-file", "left", "--group", "D", code=USAGE)
        self.error("config", "diff", "left", code=USAGE)

    def test_matrix(self):
        self.run_ctl("profile", "add", "one", "--server", self.server.http, connect=False)
        for space in ("m1", "m2"):
            self.api.create_namespace(space)
            self.given("same", "x", namespace=space)
            self.given("other", space, namespace=space)
        self.given("only", "x", namespace="m1")
        document = self.json("config", "matrix", "one/m1", "one/m2", connect=False)
        self.assertEqual({i["dataId"]: i["state"] for i in self.check_list(document)}, {"same": "same", "other": "different", "only": "missing"})
        self.assertEqual(document["different"], 2)
        self.error("config", "matrix", "one", "one/m2", connect=False, code=USAGE)
        self.error("config", "matrix", "nobody/m1", "one/m2", connect=False, code=NOT_FOUND)

    def test_validate(self):
        folder = self.ctl.folder
        (folder / "good.yaml").write_text("a: 1\n")
        (folder / "bad.json").write_text('{"a": }')
        (folder / "no-suffix").write_text("a: 1\n b: 2\n")
        document = self.json("config", "validate", "good.yaml", connect=False)
        self.assertEqual((document["valid"], document["type"], document["problems"]), (True, "yaml", []))
        document = self.json("config", "validate", "bad.json", connect=False, code=FAILED)
        self.assertLessEqual({"severity", "line", "column", "message"}, set(document["problems"][0]))
        plain = self.run_ctl("config", "validate", "bad.json", connect=False, code=FAILED)
        self.assertRegex(plain.output.decode(), r"bad\.json:1:\d+: error: ")
        self.run_ctl("config", "validate", "no-suffix", "--type", "yaml", connect=False, code=FAILED)
        self.error("config", "validate", "good.yaml", "--type", "cobol", connect=False, code=USAGE)
        self.error("config", "validate", "not-there.yaml", connect=False, code=USAGE)

    def test_override(self):
        self.given("overridden", "server")
        (self.ctl.folder / "local").write_text("local")
        self.assertIs(self.json("config", "override", "overridden", "--file", "local")["override"], True)
        self.assertEqual(self.run_ctl("config", "get", "overridden").output, b"local")
        self.assertLessEqual({"override": True, "content": "local"}.items(), self.json("config", "get", "overridden").items())
        self.assertEqual(self.api.content("overridden"), "server")
        self.assertIs(self.json("config", "override", "overridden", "--off")["override"], False)
        self.assertTrue(self.run_ctl("config", "override", "overridden", "--off").output.endswith(b": there was no override\n"))
        self.assertEqual(self.run_ctl("config", "get", "overridden").output, b"server")
        self.error("config", "override", "overridden", code=USAGE)
        self.error("config", "override", "overridden", "--off", "--file", "local", code=USAGE)

    def test_snippet(self):
        for language, word in (("Java", "NacosFactory"), ("python", "v2.nacos"), ("Go", "nacos-sdk-go"), ("Node", "NacosConfigClient"),
                               ("C#", "nacos-sdk-csharp"), ("c++", "Nacos.h")):
            with self.subTest(language):
                code = self.run_ctl("--user", "me", "--namespace", "blue", "config", "snippet", "shop.yaml", "--group", "G", "--language", language,
                                    environment={"SIGNALBOX_PASSWORD": "hush-hush"}).output.decode()
                for part in (word, '"shop.yaml"', '"G"', '"blue"', f"127.0.0.1:{self.server.port}" if language != "Go" else str(self.server.port),
                             '"me"', "NACOS_PASSWORD"):
                    self.assertIn(part, code)
                self.assertNotIn("hush-hush", code)
        document = self.json("config", "snippet", "shop.yaml", "--language", "py")
        self.assertEqual((document["language"], document["dataId"], document["namespace"]), ("Python", "shop.yaml", "public"))
        compile(document["snippet"], "snippet", "exec")
        self.error("config", "snippet", "shop.yaml", "--language", "cobol", code=USAGE)
        self.error("config", "snippet", "shop.yaml", code=USAGE)
        self.error("config", "snippet", "not a data id", "--language", "go", code=USAGE)

    def test_capacity(self):
        self.api.create_namespace("capacity")
        self.given("one", "x", namespace="capacity")
        document = self.json("--namespace", "capacity", "config", "capacity")
        self.assertEqual((document["namespace"], document["usage"]), ("capacity", 1))
        self.assertGreater(document["quota"], 0)
        self.assertIn("capacity", self.run_ctl("--namespace", "capacity", "config", "capacity").output.decode())
        self.assertEqual(self.json("config", "capacity", "--group", "G")["group"], "G")
        self.assertRegex(self.run_ctl("config", "capacity").output.decode(), r"OF +USAGE +QUOTA +MAX SIZE\n.* [\d.]+ [KM]iB\n")


class Writing(CtlCase):
    def test_publish(self):
        (self.ctl.folder / "new.json").write_text('{"a": 1}')
        outcome = self.json("config", "publish", "new.json", "--group", "P", "--file", "new.json", "--app", "shop", "--tags", "b,r", "--description", "d")
        self.check_outcome(outcome)
        self.assertIs(outcome["verified"], True)
        self.assertIs(outcome["atomic"], False)
        detail = self.api.detail("new.json", "P")
        self.assertEqual((detail["content"], detail["type"], detail["appName"], detail["desc"]), ('{"a": 1}', "json", "shop", "d"))
        outcome = self.publish("new.json", '{"a": 2}', "--group", "P")
        self.assertIs(outcome["atomic"], True)
        detail = self.api.detail("new.json", "P")
        self.assertEqual((detail["content"], detail["type"], detail["appName"], detail["desc"]), ('{"a": 2}', "json", "shop", "d"))
        self.assertIn("applied", self.run_ctl("config", "publish", "new.json", "--group", "P", "--stdin", stdin=b"{}").output.decode())

    def test_publish_the_same_again_is_done_already(self):
        first = self.publish("same", "x")
        again = self.publish("same", "x")
        self.check_outcome(again)
        self.assertIs(again["unchanged"], True)
        self.assertEqual(self.json("ledger", "list", connect=False)["items"][0]["id"], first["ledgerId"])

    def test_publish_of_broken_text_warns(self):
        text = b"a: 1\nb: [\n"
        done = self.run_ctl("config", "publish", "broken.yaml", "--stdin", stdin=text)
        self.assertRegex(done.errors, r"\Awarning: not valid yaml, 1 error: line \d+, column \d+: .+\n\Z")
        self.assertEqual(self.api.content("broken.yaml"), text.decode())
        self.assertEqual(self.run_ctl("--quiet", "config", "publish", "broken.yaml", "--stdin", stdin=text + b"#\n").errors, "")
        self.assertRegex(self.publish("broken.yaml", text.decode() + "##\n")["notes"][0], r"\Awarning: not valid yaml")
        self.assertEqual(self.run_ctl("config", "publish", "broken.yaml", "--stdin", stdin=b"a: 1\n").errors, "")

    def test_publish_compares(self):
        self.publish("cas", "v1")
        self.check_outcome(self.publish("cas", "v2", "--expect-md5", md5("v1").upper()))
        for arguments in (("--expect-md5", md5("v1")), ("--create-only",)):
            error = self.error("config", "publish", "cas", "--stdin", *arguments, stdin=b"v3", code=CONFLICT, kind="Conflict")
            self.assertTrue(error["message"])
        self.error("config", "publish", "cas-absent", "--stdin", "--expect-md5", md5("v1"), stdin=b"v3", code=CONFLICT)
        self.assertIsNone(self.api.content("cas-absent"))
        self.check_outcome(self.publish("cas", "v3", "--force"))
        self.assertEqual(self.api.content("cas"), "v3")
        self.check_outcome(self.publish("cas-new", "v1", "--create-only"))

    def test_force_whatever_the_server_has(self):
        self.given("race", "begin")
        started = [subprocess.Popen(self.ctl.command(("config", "publish", "race", "--stdin", "--force")), env=self.ctl.environment,
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)]
        for number, one in enumerate(started):
            one.stdin.write(f"v{number}".encode())
            one.stdin.close()
            one.stdin = None
        for one in started:
            output, errors = one.communicate(timeout=60)
            self.assertEqual((one.returncode, errors), (DONE, b""), output)
        self.assertRegex(self.api.content("race"), r"\Av[0-5]\Z")

    def test_empty_names_of_files(self):
        for words in (("config", "publish", "x", "--file", ""), ("config", "override", "x", "--file", ""), ("config", "validate", ""), ("profile", "import", "")):
            self.assertEqual(self.error(*words, code=USAGE, kind="Usage")["message"], "the name of the file is empty")

    def test_publish_usage(self):
        for arguments in (("x",), ("x", "--stdin", "--file", "f"), ("x", "--file", "not-there"), ("x", "--stdin", "--force", "--create-only"),
                          ("x", "--stdin", "--type", "cobol"), ("not/allowed", "--stdin"), ("x", "--stdin", "--tags", "1,2,3,4,5,6"),
                          ("x", "--stdin", "--group", "not allowed")):
            with self.subTest(arguments):
                self.error("config", "publish", *arguments, stdin=b"content", code=USAGE, kind="Usage")
        self.error("config", "publish", "x", "--stdin", stdin=b" \n", code=USAGE)
        self.error("config", "publish", "x", "--stdin", stdin=b"\xff\xfe", code=USAGE)
        self.error("config", "publish", "x", "--stdin", "--password-stdin", stdin=b"content", code=USAGE)
        self.assertIsNone(self.api.content("x"))

    def test_dry_run(self):
        self.given("dry", "old")
        document = self.json("config", "publish", "dry", "--stdin", "--dry-run", stdin=b"new")
        self.assertIs(document["dryRun"], True)
        self.assertEqual([i["verb"] for i in document["items"]], ["update"])
        self.assertIn("+new", document["items"][0]["diff"])
        done = self.run_ctl("config", "publish", "dry", "--stdin", "--dry-run", stdin=b"new")
        self.assertTrue(done.output.startswith(b"would update signalbox://"), done)
        self.assertIn("nothing was changed", done.errors)
        self.json("config", "delete", "dry", "--dry-run")
        self.assertEqual(self.api.content("dry"), "old")
        self.assertEqual(self.json("ledger", "list", connect=False)["items"], [])

    def test_delete(self):
        for name in ("d1", "d2", "d3"):
            self.given(name, "x")
        self.error("config", "delete", "d1", code=POLICY, kind="Policy")
        self.assertEqual(self.api.content("d1"), "x")
        self.check_outcome(self.json("--yes", "config", "delete", "d1"))
        self.error("--yes", "config", "delete", "d2", "gone", code=NOT_FOUND)
        self.assertEqual(self.api.content("d2"), "x")
        document = self.json("--yes", "config", "delete", "d2", "d3")
        self.assertEqual([i["outcome"] for i in document["items"]], ["Applied", "Applied"])
        self.assertIsNone(self.api.content("d3"))
        self.error("config", "delete", code=USAGE)

    def test_delete_and_replace_ask_on_a_terminal(self):
        for words, question, changed in ((("delete", "asked"), b"Delete asked", None),
                                         (("replace", "needle", "pin", "--data-id", "asked"), b"Replace 1 place in 1 configuration of", "pin")):
            self.check_question(words, question, changed)

    def check_question(self, words, question, changed):
        for answer, code, left in (("n", POLICY, "needle"), (None, INTERRUPTED, "needle"), ("y", DONE, changed)):
            self.given("asked", "needle")
            parent, child = os.openpty()
            done = subprocess.Popen(self.ctl.command(("config", *words)), stdin=child, stdout=subprocess.PIPE, stderr=child,
                                    env=self.ctl.environment)
            os.close(child)
            asked = b""
            while b"[y/N]" not in asked:
                asked += os.read(parent, 4096)
            self.assertIn(question, asked)
            if answer is None:
                done.send_signal(signal.SIGINT)
            else:
                os.write(parent, answer.encode() + b"\n")
            self.assertEqual(done.wait(30), code)
            os.close(parent)
            done.stdout.close()
            self.assertEqual(self.api.content("asked"), left)

    def test_interrupt_while_standard_input_is_waited_for(self):
        for arguments in (("config", "publish", "x", "--stdin"), ("--password-stdin", "config", "get", "x")):
            started = subprocess.Popen(self.ctl.command(arguments), env=self.ctl.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
            with self.assertRaises(subprocess.TimeoutExpired):
                started.wait(1)
            started.send_signal(signal.SIGINT)
            self.assertEqual(started.wait(30), INTERRUPTED)
            for stream in (started.stdin, started.stdout, started.stderr):
                stream.close()

    def test_odd_contents(self):
        odd = {"nul": b"a\0b", "crlf": b"a=1\r\nb=2\r\n", "mark": b"\xef\xbb\xbf{}", "chinese": "配置中心".encode(), "10mib": b"x" * (10 << 20)}
        for name, content in odd.items():
            with self.subTest(name):
                self.assertIs(self.publish(f"odd-{name}", content)["verified"], True)
                self.assertEqual(self.run_ctl("config", "get", f"odd-{name}").output, content)
                self.assertEqual(self.json("config", "get", f"odd-{name}")["content"].encode(), content)
        for content in (b"\xff\xfe\xc3", b"", b" \n"):  # what no registry can hold: nothing is sent
            self.error("config", "publish", "odd-refused", "--stdin", stdin=content, code=USAGE, kind="Usage")
        self.assertIsNone(self.api.detail("odd-refused"))
        every = "AZaz09-_.:"
        self.publish(every, "x", "--group", "G-_.:9")
        self.assertEqual(self.run_ctl("config", "get", every, "--group", "G-_.:9").output, b"x")

    def test_content_that_is_not_text_is_base64(self):
        pathlib.Path(self.ctl.folder / "raw").write_bytes(b"\xff\x00binary")
        self.given("raw", "text")
        self.run_ctl("config", "override", "raw", "--file", "raw")
        document = self.json("config", "get", "raw")
        self.assertNotIn("content", document)
        self.assertEqual(base64.b64decode(document["contentBase64"]), b"\xff\x00binary")
        self.assertEqual(self.run_ctl("config", "get", "raw").output, b"\xff\x00binary")

    def test_replace(self):
        for name, content in (("r1.yaml", "host: a.b\nport: 1\n"), ("r2.yaml", "url: http://a.b/a.b\n"), ("r3.yaml", "url: axb\n"), ("r4.txt", "a.b")):
            self.given(name, content, group="R", configTags="keep", desc="kept")
        dry = self.json("config", "replace", "a.b", "c.d", "--data-id", "r*.yaml", "--group", "R", "--dry-run")
        self.assertEqual((len(dry["items"]), dry["replacements"], dry["looked"]), (2, 3, 3))
        self.assertIn("+host: c.d", dry["items"][0]["diff"])
        self.assertEqual(self.api.content("r1.yaml", "R"), "host: a.b\nport: 1\n")
        document = self.json("config", "replace", "a.b", r"c\1.d", "--data-id", "r*.yaml", "--group", "R")
        self.assertEqual([i["outcome"] for i in document["items"]], ["Applied", "Applied"])
        self.assertTrue(all(i["atomic"] for i in document["items"]))
        self.assertTrue(document["planId"])
        detail = self.api.detail("r2.yaml", "R")
        self.assertEqual((detail["content"], detail["desc"], detail["configTags"]), ("url: http://c\\1.d/c\\1.d\n", "kept", "keep"))
        self.assertEqual((self.api.content("r3.yaml", "R"), self.api.content("r4.txt", "R")), ("url: axb\n", "a.b"))
        self.assertEqual(self.json("config", "replace", "never there", "x", "--group", "R")["items"], [])

    def test_taking_a_replacement_back(self):
        for name in ("u1", "u2", "u3"):
            self.given(name, "before", group="U")
        plan = self.json("config", "replace", "before", "after", "--group", "U")["planId"]
        self.given("u2", "theirs", group="U")
        self.error("plan", "undo", plan, code=POLICY, kind="Policy")
        self.assertEqual(len(self.json("plan", "undo", plan, "--dry-run")["items"]), 3)
        done = self.run_ctl("--json", "--yes", "plan", "undo", plan, code=PARTLY).json
        self.assertEqual(sorted(i["outcome"] for i in done["items"]), ["Applied", "Applied", "Conflict"])
        self.assertEqual([self.api.content(name, "U") for name in ("u1", "u2", "u3")], ["before", "theirs", "before"])
        one = self.publish("u4", "once")
        self.check_outcome(self.json("--yes", "plan", "undo", str(one["ledgerId"])))
        self.assertIsNone(self.api.content("u4"))
        entry = self.json("ledger", "list", connect=False)["items"][0]
        again = self.error("--yes", "plan", "undo", str(one["ledgerId"]), code=CONFLICT, kind="Conflict")
        self.assertIn(f"taken back already, by entry {entry['id']} at {entry['at']}", again["message"])
        # Of a connection that is not saved, only the address tells where it is.
        two = self.publish("u5", "once")
        refused = self.error("--yes", "plan", "undo", str(two["ledgerId"]), connect=False, code=USAGE, kind="Usage")
        self.assertIn("--server URL", refused["message"])
        self.run_ctl("--yes", "--server", "http://127.0.0.1:1", "plan", "undo", str(two["ledgerId"]), connect=False, code=USAGE)
        self.assertEqual(self.api.content("u5"), "once")
        self.error("--yes", "plan", "undo", "999", code=NOT_FOUND)
        self.error("--yes", "plan", "undo", "nonsense", code=USAGE)

    def test_replace_by_expression(self):
        self.given("x1", "host: one\r\nhost: two\n", group="RX")
        self.json("config", "replace", "^host: (.*)$", r"server: <\1>", "--regex", "--group", "RX")
        self.assertEqual(self.api.content("x1", "RX"), "server: <one>\r\nserver: <two>\n")
        for expression in ("(", "z*", ""):
            self.error("config", "replace", expression, "x", "--regex", code=USAGE, kind="Usage")
        self.error("config", "replace", "x", code=USAGE)
        self.error("--namespace", "a", "config", "replace", "x", "y", "--all-namespaces", code=USAGE)

    def test_replace_leaves_out_with_a_reason(self):
        self.given("cipher-one", "needle", group="RL", encryptedDataKey="key")
        self.error("config", "replace", "needle", "pin", "--group", "RL", code=POLICY, kind="Policy")
        self.given("open", "needle", group="RL")
        self.given("with-more", "a needle", group="RL")
        # Nothing may be left of a content.
        self.error("config", "replace", "needle", "", "--group", "RL", "--data-id", "open", code=USAGE, kind="Usage")
        done = self.run_ctl("--json", "config", "replace", "needle", "pin", "--group", "RL", code=PARTLY)
        self.assertEqual([i["outcome"] for i in done.json["items"]], ["Applied", "Applied"])
        left = done.json["leftOut"]
        self.assertEqual([(i["dataId"], i["kind"]) for i in left], [("cipher-one", "Policy")])
        self.assertIn("encrypted", left[0]["reason"])
        self.assertEqual(self.api.content("cipher-one", "RL"), "needle")

    def test_replace_everywhere(self):
        for space in ("re1", "re2"):
            self.api.create_namespace(space)
            self.given("item", "unique-needle", namespace=space)
        document = self.json("config", "replace", "unique-needle", "pin", "--all-namespaces")
        self.assertEqual(len(document["items"]), 2)
        self.assertEqual((self.api.content("item", namespace="re1"), self.api.content("item", namespace="re2")), ("pin", "pin"))


class Older(CtlCase):
    """A registry of generation 2, which tells every attribute."""

    options = ("--nacos-version", "2.4")

    def test_every_attribute_is_read_and_kept(self):
        (self.ctl.folder / "schema.json").write_text('{"type": "object"}', encoding="utf-8")
        options = ("--use", "payment", "--effect", "at once", "--schema", "schema.json")
        self.check_outcome(self.json("config", "publish", "told", "--stdin", *options, stdin=b"a: 1"))
        self.check_outcome(self.json("config", "publish", "told", "--stdin", stdin=b"a: 2"))
        told = self.json("config", "get", "told")
        self.assertEqual((told["content"], told["use"], told["effect"], told["schema"]), ("a: 2", "payment", "at once", '{"type": "object"}'))
        self.check_outcome(self.json("config", "publish", "told", "--stdin", "--schema", "", stdin=b"a: 2"))
        self.assertIsNone(self.json("config", "get", "told")["schema"])


class Slow(CtlCase):
    """A registry that answers late: what an interrupt and a deadline do."""

    options = ("--fault", "latency:3000")

    def test_deadline(self):
        error = self.error("--timeout", "0.3", "config", "get", "x", code=6, kind="Timeout")
        self.assertIs(error["retryable"], True)

    def test_interrupt(self):
        for verb in (("config", "get", "x"), ("config", "list"), ("config", "history", "x"), ("config", "publish", "x", "--file", "/etc/hostname"),
                     ("config", "replace", "a", "b"), ("namespace", "list"), ("namespace", "clone", "a", "b"), ("config", "capacity"),
                     ("config", "listeners", "x")):
            with self.subTest(verb):
                started = subprocess.Popen(self.ctl.command(("--json", *verb)), env=self.ctl.environment, stdin=subprocess.DEVNULL,
                                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                with self.assertRaises(subprocess.TimeoutExpired):
                    started.wait(1)
                started.send_signal(signal.SIGINT)
                output, _ = started.communicate(timeout=30)
                self.assertEqual((started.returncode, output), (INTERRUPTED, b""))


class Sluggish(CtlCase):
    """Each answer comes in time, all of them together don't."""

    options = ("--fault", "latency:700")

    def test_the_deadline_is_that_of_the_answer(self):
        self.given("x", "1")
        self.json("--timeout", "20", "config", "get", "x")
        self.error("--timeout", "1", "config", "publish", "x", "--stdin", code=6, kind="Timeout", stdin=b"2")
        self.assertEqual(self.api.content("x"), "1")

    def test_many_requests_have_one_each(self):
        self.given("y", "1")
        self.json("config", "get", "y")  # what it connects to is known now
        self.assertEqual(self.json("--timeout", "2", "config", "replace", "1", "2", "--data-id", "y")["items"][0]["outcome"], "Applied")


if __name__ == "__main__":
    main()
