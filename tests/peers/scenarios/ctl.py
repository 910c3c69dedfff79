#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signalboxctl against a registry, and across with unmodified SDKs: the contract as other people's scripts use it."""

import contextlib
import hashlib
import pathlib
import queue
import socket
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from support.ctl import Ctl  # noqa: E402
from support.driver import EVENT_SECONDS, TRIES, Client, Driver  # noqa: E402
from support.packages import python_driver  # noqa: E402
from support.scenario import BLUE, OPTIONS, Scenario, main  # noqa: E402

CONTENTS = {
    "plain.txt": b"one line",
    "chinese.yaml": "名称: 配置中心\n说明: 「中文」𠮷\n".encode("utf-8") * 300,
    "crlf.properties": b"a=1\r\nb=2\r\n\r\n",
    "no-newline.json": b'{"b":1,"a":12345678901234567890,"a":2}',
    "large.txt": b"0123456789abcdef" * 65536,
}
PASSED, REFUSED, USAGE, NOT_FOUND, NO_RIGHT, CONFLICT, NO_ANSWER, POLICY = 0, 1, 2, 3, 4, 5, 6, 7


class CtlScenario(Scenario):
    def setUp(self):
        self.ctl = Ctl(self.server)
        self.addCleanup(self.ctl.__exit__)

    def run_ctl(self, *arguments, code: int = PASSED, **options):
        done = self.ctl(*arguments, **options)
        self.assertEqual(done.code, code, str(done))
        return done

    def publish(self, data_id: str, content, *arguments, code: int = PASSED):
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        return self.run_ctl("--json", "config", "publish", data_id, "--stdin", *arguments, code=code, stdin=data)


class Configs(CtlScenario):
    def test_absent(self):
        done = self.run_ctl("--json", "config", "get", "never-there", code=NOT_FOUND)
        self.assertEqual(done.output, b"")
        self.assertEqual(done.error["kind"], "NotFound")

    def test_contents_survive_byte_for_byte(self):
        for name, content in CONTENTS.items():
            with self.subTest(name):
                file = self.ctl.folder / name
                file.write_bytes(content)
                outcome = self.run_ctl("--json", "config", "publish", name, "--group", "G", "--file", file).json
                self.assertEqual((outcome["outcome"], outcome["verified"]), ("Applied", True))
                self.assertEqual(self.run_ctl("config", "get", name, "--group", "G").output, content)
                out = self.ctl.folder / f"{name}.out"
                self.run_ctl("config", "get", name, "--group", "G", "-o", out)
                self.assertEqual(out.read_bytes(), content)
                self.assertEqual(self.api.detail(name, "G")["md5"], hashlib.md5(content).hexdigest())

    def test_attributes(self):
        self.publish("with-attributes", "a: 1\n", "--type", "yaml", "--app", "shop", "--tags", "blue,red", "--description", "什么")
        detail = self.api.detail("with-attributes")
        self.assertEqual((detail["type"], detail["appName"], detail["desc"]), ("yaml", "shop", "什么"))
        self.assertEqual(sorted(detail["configTags"].split(",")), ["blue", "red"])
        got = self.run_ctl("--json", "config", "get", "with-attributes").json
        self.assertEqual((got["dataId"], got["group"], got["namespace"], got["type"], got["app"], got["description"], got["content"]),
                         ("with-attributes", "DEFAULT_GROUP", "public", "yaml", "shop", "什么", "a: 1\n"))
        self.assertEqual((got["md5"], got["size"]), (hashlib.md5(b"a: 1\n").hexdigest(), 5))

    def test_what_the_server_does_not_tell_stays(self):
        hidden = {"use": "payment", "effect": "at once", "schema": '{"type": "object"}'}
        self.api.publish("hidden", "a: 1", **hidden)
        self.eventually(lambda: self.api.content("hidden"), "a: 1")
        for content in ("a: 2", "a: 3"):  # by the history, then by the ledger
            self.assertEqual(self.publish("hidden", content).json["undo"], "full")
        entry = self.publish("hidden", "a: 4", "--use", "other").json["ledgerId"]
        former = self.api.former("hidden")
        self.assertEqual((former["c_use"], former["effect"], former["c_schema"]), tuple(hidden.values()))
        self.run_ctl("--yes", "plan", "undo", str(entry))
        self.api.publish("hidden", "a: 5")  # by another client, which clears them
        former = self.api.former("hidden")
        self.assertEqual((former["c_use"], former["effect"], former["c_schema"]), tuple(hidden.values()))
        document = self.publish("hidden", "a: 6").json
        self.assertEqual(document["undo"], "partial")
        self.assertIn("not told by the server", document["undoNote"])

    def test_compare_and_set(self):
        self.publish("cas", "v1")
        old = hashlib.md5(b"v1").hexdigest()
        outcome = self.publish("cas", "v2", "--expect-md5", old).json
        self.assertEqual((outcome["outcome"], outcome["atomic"]), ("Applied", True))
        self.publish("cas", "v3", "--expect-md5", old, code=CONFLICT)
        self.assertEqual(self.api.content("cas"), "v2")
        self.publish("cas", "v4", "--create-only", code=CONFLICT)
        self.assertEqual(self.api.content("cas"), "v2")
        self.publish("cas-new", "born", "--create-only")
        self.eventually(lambda: self.api.content("cas-new"), "born")

    def test_dry_run_writes_nothing(self):
        self.publish("dry", "v1", "--dry-run")
        self.assertIsNone(self.api.detail("dry"))

    def test_delete_asks_first(self):
        self.api.publish("doomed", "still here")
        self.eventually(lambda: self.api.content("doomed"), "still here")
        self.run_ctl("config", "delete", "doomed", code=POLICY)
        self.assertEqual(self.api.content("doomed"), "still here")
        self.run_ctl("--yes", "--json", "config", "delete", "doomed")
        self.eventually(lambda: self.api.detail("doomed"), None)

    def test_list_is_complete(self):
        for number in range(120):
            self.api.publish(f"many-{number:03}", f"n: {number}", group="MANY")
        listed = self.run_ctl("--json", "config", "list", "--data-id", "many-*", "--group", "MANY").json
        self.assertEqual(sorted(i["dataId"] for i in listed["items"]), [f"many-{n:03}" for n in range(120)])
        self.assertEqual((listed["total"], listed["complete"], listed["source"]), (120, True, "live"))
        self.assertTrue(all(i["address"].startswith("signalbox://") for i in listed["items"]))
        cut = self.run_ctl("--json", "config", "list", "--data-id", "many-*", "--group", "MANY", "--limit", "10").json
        self.assertEqual((len(cut["items"]), cut["complete"]), (10, False))

    def test_history_and_restore(self):
        for version in ("v1", "v2", "v3"):
            self.publish("versions", version)
        self.eventually(lambda: len(self.run_ctl("--json", "config", "history", "versions").json["items"]) >= 3, True)
        revisions = self.run_ctl("--json", "config", "history", "versions").json["items"]
        by_md5 = {r["md5"]: r["id"] for r in revisions}
        first = by_md5[hashlib.md5(b"v1").hexdigest()]
        self.assertEqual(self.run_ctl("config", "show", "versions", "--revision", first).output, b"v1")
        self.run_ctl("config", "restore", "versions", "--revision", first, code=POLICY)
        self.run_ctl("--yes", "config", "restore", "versions", "--revision", first)
        self.eventually(lambda: self.api.content("versions"), "v1")

    def test_publish_the_same_again(self):
        self.publish("same-again", "x", "--type", "text", "--app", "shop")
        again = self.publish("same-again", "x", "--type", "text", "--app", "shop").json
        self.assertEqual((again["outcome"], again["unchanged"]), ("Applied", True))

    def test_replace(self):
        for name, content in (("replace-1.yaml", "host: a.b\nport: 1\n"), ("replace-2.yaml", "url: http://a.b/a.b\n"), ("replace-3.yaml", "url: axb\n")):
            self.publish(name, content, "--group", "R", "--type", "yaml", "--tags", "keep", "--description", "kept")
        only = ("--data-id", "replace-*.yaml", "--group", "R")
        dry = self.run_ctl("--json", "config", "replace", "a.b", "c.d", *only, "--dry-run").json
        self.assertEqual((len(dry["items"]), dry["replacements"]), (2, 3))
        self.assertEqual(self.api.content("replace-1.yaml", "R"), "host: a.b\nport: 1\n")
        done = self.run_ctl("--json", "config", "replace", "a.b", "c.d", *only).json
        self.assertEqual([(i["outcome"], i["verified"], i["atomic"]) for i in done["items"]], [("Applied", True, True)] * 2)
        detail = self.api.detail("replace-2.yaml", "R")
        self.assertEqual((detail["content"], detail["desc"], detail["configTags"], detail["type"]), ("url: http://c.d/c.d\n", "kept", "keep", "yaml"))
        self.assertEqual(self.api.content("replace-3.yaml", "R"), "url: axb\n")
        self.run_ctl("config", "replace", "^port: (\\d)$", "port: 808\\1", "--regex", *only)
        self.assertEqual(self.api.content("replace-1.yaml", "R"), "host: c.d\nport: 8081\n")

    def test_taking_a_plan_back(self):
        for name, content in (("undo-1", "host: a.b\n"), ("undo-2", "url: a.b\n")):
            self.publish(name, content, "--group", "U", "--type", "yaml", "--tags", "keep", "--description", "kept")
        done = self.run_ctl("--json", "config", "replace", "a.b", "c.d", "--data-id", "undo-*", "--group", "U").json
        self.eventually(lambda: self.api.content("undo-2", "U"), "url: c.d\n")
        plan = ("--json", "plan", "undo", done["planId"])
        self.assertEqual(len(self.run_ctl(*plan, "--dry-run").json["items"]), 2)
        self.run_ctl(*plan, code=POLICY)
        back = self.run_ctl("--yes", *plan).json
        self.assertEqual([(i["outcome"], i["verified"], i["atomic"]) for i in back["items"]], [("Applied", True, True)] * 2)
        detail = self.api.detail("undo-1", "U")
        self.assertEqual((detail["content"], detail["desc"], detail["configTags"], detail["type"]), ("host: a.b\n", "kept", "keep", "yaml"))
        # One entry: the deletion of what was created, and then that of the deletion.
        created = self.publish("undo-3", "born").json["ledgerId"]
        deleted = self.run_ctl("--yes", "--json", "plan", "undo", str(created)).json
        self.eventually(lambda: self.api.detail("undo-3"), None)
        self.run_ctl("--yes", "--json", "plan", "undo", str(deleted["ledgerId"]))
        self.eventually(lambda: self.api.content("undo-3"), "born")
        # What somebody changed since is left alone.
        changed = self.publish("undo-3", "v2").json["ledgerId"]
        self.api.publish("undo-3", "of somebody else")
        self.eventually(lambda: self.run_ctl("config", "get", "undo-3").output, b"of somebody else")
        self.run_ctl("--yes", "--json", "plan", "undo", str(changed), code=CONFLICT)
        self.assertEqual(self.api.content("undo-3"), "of somebody else")

    def test_unknown_namespace(self):
        done = self.run_ctl("--json", "--namespace", "nowhere-at-all", "config", "list", code=NOT_FOUND)
        self.assertEqual((done.output, done.error["kind"]), (b"", "NotFound"))

    def test_snippet_and_capacity(self):
        self.assertIn(str(self.server.port), self.run_ctl("config", "snippet", "x.yaml", "--language", "Java").output.decode())
        capacity = self.run_ctl("--json", "config", "capacity").json
        self.assertGreater(capacity["quota"], 0)
        self.assertGreaterEqual(capacity["usage"], 0)
        self.assertGreater(self.run_ctl("--json", "config", "capacity", "--group", "CAPACITY").json["quota"], 0)

    def test_watch(self):
        watch = self.ctl.watch("config", "watch", "watched", "--group", "G")
        watch.wait_for(event="ready")
        self.api.publish("watched", "出生", group="G")
        seen = watch.wait_for(event="changed", content="出生")
        self.assertEqual((seen["dataId"], seen["group"], seen["namespace"]), ("watched", "G", "public"))
        self.api.publish("watched", "v2", group="G")
        watch.wait_for(event="changed", content="v2")
        self.api.remove("watched", group="G")
        watch.wait_for(event="deleted")
        self.assertEqual(watch.end(), 130)


class Namespaces(CtlScenario):
    def test_life_of_a_namespace(self):
        self.run_ctl("namespace", "create", "ctl-space", "--name", "by ctl", "--description", "one")
        self.eventually(lambda: self.api.namespaces().get("ctl-space"), "by ctl")
        self.publish("inside", "here", "--group", "G")
        self.run_ctl("--namespace", "ctl-space", "config", "get", "inside", "--group", "G", code=NOT_FOUND)
        self.run_ctl("--namespace", "ctl-space", "config", "publish", "inside", "--group", "G", "--stdin", stdin=b"there")
        self.assertEqual(self.run_ctl("--namespace", "ctl-space", "config", "get", "inside", "--group", "G").output, b"there")
        self.assertEqual(self.run_ctl("config", "get", "inside", "--group", "G").output, b"here")
        self.run_ctl("namespace", "update", "ctl-space", "--name", "renamed")
        self.eventually(lambda: self.api.namespaces().get("ctl-space"), "renamed")
        listed = self.run_ctl("--json", "namespace", "list").json["items"]
        self.assertIn("ctl-space", [n.get("id", n.get("namespace")) for n in listed])
        self.run_ctl("--namespace", "ctl-space", "--yes", "config", "delete", "inside", "--group", "G")
        self.run_ctl("namespace", "delete", "ctl-space", code=POLICY)
        self.run_ctl("--yes", "namespace", "delete", "ctl-space")
        self.eventually(lambda: "ctl-space" in self.api.namespaces(), False)


    def test_clone(self):
        self.api.create_namespace("clone-from")
        self.api.publish("a.yaml", "a: 1\n", group="G", namespace="clone-from", type="yaml", appName="shop", configTags="blue,red", desc="什么")
        self.api.publish("cipher-b", "opaque", namespace="clone-from", encryptedDataKey="data-key")
        self.eventually(lambda: self.api.content("cipher-b", namespace="clone-from"), "opaque")
        self.run_ctl("namespace", "clone", "clone-from", "clone-to", "--dry-run")
        self.assertNotIn("clone-to", self.api.namespaces())
        done = self.run_ctl("--json", "namespace", "clone", "clone-from", "clone-to").json
        self.assertEqual([i["outcome"] for i in done["items"]], ["Applied"] * 3)
        copy, cipher = self.api.detail("a.yaml", "G", "clone-to"), self.api.detail("cipher-b", namespace="clone-to")
        self.assertEqual((copy["content"], copy["type"], copy["appName"], copy["desc"], sorted(copy["configTags"].split(","))),
                         ("a: 1\n", "yaml", "shop", "什么", ["blue", "red"]))
        self.assertEqual((cipher["content"], cipher["encryptedDataKey"]), ("opaque", "data-key"))
        again = self.run_ctl("--json", "namespace", "clone", "clone-from", "clone-to").json
        self.assertEqual((again["items"], again["alike"]), ([], 2))


class Connections(CtlScenario):
    def test_wrong_password(self):
        if self.server.password is None:
            return  # nothing asks for one
        done = self.run_ctl("--json", "config", "get", "x", code=NO_RIGHT, environment={"SIGNALBOX_PASSWORD": "wrong"})
        self.assertIn(done.error["kind"], ("Auth", "Forbidden"))

    def test_nobody_answers(self):
        with contextlib.closing(socket.socket()) as taken:
            taken.bind(("127.0.0.1", 0))  # bound but not listening: refused
            port = taken.getsockname()[1]
            done = self.run_ctl("--json", "--server", f"http://127.0.0.1:{port}", "config", "get", "x", connect=False, code=NO_ANSWER)
            self.assertEqual(done.output, b"")

    def test_usage(self):
        for arguments in (("config",), ("config", "nonsense"), ("nonsense",), ("--server", "http://nacos:secret@127.0.0.1:1", "config", "get", "x")):
            with self.subTest(arguments):
                done = self.run_ctl(*arguments, connect=False, code=USAGE)
                self.assertNotIn("secret", done.errors)
        self.assertIn(b"signalboxctl", self.run_ctl("--version", connect=False).output)

    def test_saved_connection(self):
        login = ["--user", self.server.user] if self.server.password is not None else []
        self.run_ctl("profile", "add", "peer", "--server", self.server.http, "--console-url", self.server.console, *login, connect=False)
        self.assertEqual([p["name"] for p in self.run_ctl("--json", "profile", "list", connect=False).json["items"]], ["peer"])
        self.run_ctl("profile", "test", "peer", connect=False)
        self.run_ctl("profile", "doctor", "peer", connect=False)
        self.run_ctl("--profile", "peer", "config", "publish", "by-profile", "--stdin", stdin=b"hello", connect=False)
        self.assertEqual(self.run_ctl("config", "get", "by-profile", connect=False).output, b"hello")  # the only one is the default

    def test_password_is_never_shown(self):
        if self.server.password is None:
            return
        self.publish("quiet", "please")
        done = self.run_ctl("--verbose", "config", "get", "quiet")
        self.assertNotIn(self.server.password, done.errors)
        self.assertNotIn("eyJ", done.errors)
        for file in (f for f in self.ctl.folder.rglob("*") if f.is_file()):
            self.assertNotIn(self.server.password.encode(), file.read_bytes(), file.name)

    def test_ledger_tells_what_was_done(self):
        self.publish("on-record", "v1")
        self.publish("on-record", "v2")
        entries = self.run_ctl("--json", "ledger", "list", connect=False).json["items"]
        mine = [e for e in entries if e["address"].endswith("/on-record")]
        self.assertEqual([e["outcome"] for e in mine], ["Applied", "Applied"])
        self.run_ctl("ledger", "verify", connect=False)


class Across(CtlScenario):
    """What one writes the other reads and is notified of."""

    def test_with_every_sdk(self):
        self.api.create_namespace(BLUE)
        with contextlib.ExitStack() as stack:
            drivers = {sdk: stack.enter_context(Driver(sdk)) for sdk in OPTIONS.sdk}
            for namespace in self.namespaces_of_all():
                with self.subTest(namespace=namespace):
                    self.across(namespace, {sdk: Client(driver, self.server, namespace, name=f"in {namespace}") for sdk, driver in drivers.items()})

    def across(self, namespace: str, clients: dict):
        options = ["--namespace", namespace or "public"]
        watch = self.ctl.watch(*options, "config", "watch", "crossed")
        watch.wait_for(event="ready")
        for client in clients.values():
            client.listen("crossed")
        for writer, client in clients.items():
            content = f"from {writer} 写"
            self.assertTrue(client.publish("crossed", content))
            watch.wait_for(event="changed", content=content)
            self.assertEqual(self.run_ctl(*options, "config", "get", "crossed").output, content.encode("utf-8"))
        for reader, client in clients.items():
            with self.subTest(reader=reader):
                heard = client.hears("crossed", lambda text: self.run_ctl(*options, "config", "publish", "crossed", "--stdin", stdin=text.encode()),
                                     f"from signalboxctl 写 for {reader}")
                self.eventually(lambda client=client, heard=heard: client.get("crossed"), heard)
        self.assertTrue(self.run_ctl("--json", *options, "config", "listeners", "crossed").json["items"])
        # Not only publishing: a replacement, an old state that is live again, and being gone arrive as well.
        for reader, client in clients.items():
            with self.subTest(reader=reader, what="replace"):
                self.run_ctl(*options, "config", "publish", "crossed", "--stdin", stdin=f"{reader} has old".encode())
                self.eventually(lambda client=client: client.get("crossed"), f"{reader} has old")
                self.run_ctl(*options, "config", "replace", "has old", "has new", "--data-id", "crossed")
                self.eventually(lambda client=client: client.get("crossed"), f"{reader} has new")
        for remover, client in clients.items():
            with self.subTest(remover=remover):
                self.run_ctl(*options, "config", "publish", "crossed", "--stdin", stdin=f"for {remover}".encode())
                watch.wait_for(event="changed", content=f"for {remover}")
                self.assertTrue(client.remove("crossed"))
                watch.wait_for(event="deleted")
        self.run_ctl(*options, "config", "publish", "crossed", "--stdin", stdin=b"once more")
        for client in clients.values():
            self.eventually(lambda client=client: client.get("crossed"), "once more")
        self.run_ctl("--yes", *options, "config", "delete", "crossed")
        for client in clients.values():
            self.eventually(lambda client=client: client.get("crossed"), None)
        watch.end()

    def test_the_snippet_runs(self):
        """What `config snippet` prints is a program: with the unmodified Python SDK it reads and hears."""
        if "python" not in OPTIONS.sdk:
            return
        self.publish("shown.yaml", "before: 1\n")
        program = self.ctl.folder / "snippet.py"
        program.write_bytes(self.run_ctl("config", "snippet", "shown.yaml", "--language", "Python").output)
        environment = {**self.ctl.environment, "PYTHONUNBUFFERED": "1", **({"NACOS_PASSWORD": self.server.password} if self.server.password else {})}
        process = subprocess.Popen([python_driver()[0], str(program)], cwd=self.ctl.folder, env=environment, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)
        said = queue.Queue()
        reader = threading.Thread(target=lambda: [said.put(line) for line in process.stdout], daemon=True)
        reader.start()
        try:
            self.until_said(said, "before: 1")
            for attempt in range(TRIES):  # the SDK begins to listen some time after it has read
                self.publish("shown.yaml", f"after: {attempt}\n")
                with contextlib.suppress(queue.Empty):
                    return self.until_said(said, f"after: {attempt}")
            self.fail("the snippet heard nothing")
        finally:
            process.kill()
            process.wait()
            reader.join()
            process.stdout.close()

    @staticmethod
    def until_said(said: queue.Queue, text: str) -> None:
        while text not in said.get(timeout=EVENT_SECONDS):
            pass


if __name__ == "__main__":
    main()
