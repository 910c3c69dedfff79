#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program itself: help, wrong use, practice servers, completion in real shells."""

import json
import os
import shutil
import socket
import subprocess

from case import CONFLICT, DONE, NO_ANSWER, NOT_FOUND, USAGE, CtlCase, main

VERBS = {
    "profile": "add export import list show remove default test doctor unlock lock",
    "namespace": "list create update delete clone",
    "config": "list get publish delete diff history show restore listeners watch validate override snippet capacity replace matrix",
    "plan": "undo",
    "ledger": "list show verify export",
    "sandbox": "start stop status",
}


class Words(CtlCase):
    """Nothing here needs a registry."""

    @classmethod
    def setUpClass(cls):
        cls.server = Nowhere()

    def call(self, *arguments, code: int = DONE, **options):
        return self.run_ctl(*arguments, connect=False, code=code, **options)

    def test_help_on_every_level(self):
        everything = self.call("--help").output.decode()
        for area, verbs in VERBS.items():
            self.assertRegex(everything, rf"(?m)^  {area} ")
            self.assertNotRegex(everything, r"(?m) $")
            of_area = self.call(area, "--help").output.decode()
            for verb in verbs.split():
                self.assertRegex(of_area, rf"(?m)^  {verb}\b")
                of_verb = self.call(area, verb, "--help").output.decode()
                self.assertIn(f"{area} {verb}", of_verb)
                self.assertIn("--json", of_verb)
        self.assertEqual(self.call("-h").output.decode(), everything)
        self.assertEqual(self.call("--help", "config").output, self.call("config", "--help").output)

    def test_version(self):
        self.assertRegex(self.call("--version").output.decode(), r"^signalboxctl \d+\.\d+\.\d+\n$")
        self.assertEqual(self.call("config", "get", "--version").output, self.call("--version").output)

    def test_wrong_use_is_one_clear_line(self):
        for arguments, words in (((), "--help"), (("nonsense",), "nonsense"), (("confg",), "did you mean config"), (("config",), "--help"),
                                 (("config", "gte"), "did you mean get"), (("config", "get"), "DATA_ID"), (("config", "get", "a", "b"), "usage"),
                                 (("config", "get", "a", "--grop", "x"), "did you mean --group"), (("config", "get", "a", "--group"), "needs a value"),
                                 (("--timeout", "soon", "config", "list"), "--timeout"), (("--timeout", "0", "config", "list"), "--timeout"),
                                 (("--json=yes", "config", "list"), "takes no value"), (("config", "get", "a", "--group", "x", "--group", "y"), "twice"),
                                 (("--server", "", "config", "list"), "--server is empty"), (("--profile=", "config", "list"), "--profile is empty"),
                                 (("config", "publish", "a", "--stdin", "--expect-md5", ""), "32 hexadecimal digits"),
                                 (("config", "listeners", "--ip", ""), "--ip is empty"), (("config", "help"), "signalboxctl config --help"),
                                 (("config", "get", "-x"), "put --"), (("config", "list", "--limit", "many"), "--limit"),
                                 (("config", "list", "--limit", "-1"), "--limit"), (("completion", "fish"), "bash")):
            with self.subTest(arguments):
                error = self.error(*arguments, connect=False, code=USAGE, kind="Usage")
                self.assertIn(words, error["message"])

    def test_what_is_not_built_is_not_there(self):
        for verb in ("gray", "copy", "export", "import", "search"):
            self.error("config", verb, "x", connect=False, code=USAGE)
            self.assertNotRegex(self.call("config", "--help").output.decode(), rf"(?m)^  {verb}\b")

    def test_nobody_answers(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound but not listening: refused
            nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
            self.error("--server", nobody, "config", "get", "x", connect=False, code=NO_ANSWER, kind="Network")
            taken.listen()  # accepts and never answers
            self.error("--server", nobody, "--timeout", "0.3", "config", "get", "x", connect=False, code=NO_ANSWER, kind="Timeout")

    def test_home(self):
        (self.ctl.folder / "file").write_text("not a folder")
        self.error("--home", "file", "ledger", "list", connect=False, code=USAGE, kind="Usage")
        self.call("--home", self.ctl.folder / "new", "ledger", "list")
        self.assertEqual(oct((self.ctl.folder / "new").stat().st_mode)[-3:], "700")

    def test_quiet_says_less(self):
        done = self.call("profile", "add", "p", "--server", "http://127.0.0.1:1", "--user", "me", environment={"SIGNALBOX_PASSWORD": "x"})
        self.assertIn("no password was saved", done.errors)
        done = self.call("--quiet", "profile", "add", "q", "--server", "http://127.0.0.1:1", "--user", "me", environment={"SIGNALBOX_PASSWORD": "x"})
        self.assertEqual(done.errors, "")


class Nowhere:
    """No registry at all."""

    http, user, password = "http://127.0.0.1:1", None, None


class Practice(CtlCase):
    """sandbox start, stop, status: the practice servers of a home."""

    @classmethod
    def setUpClass(cls):
        cls.server = Nowhere()

    def call(self, *arguments, **options):
        return self.json(*arguments, connect=False, **options)

    def test_practice_servers(self):
        self.assertIs(self.call("sandbox", "status")["running"], False)
        self.error("--profile", "practice", "config", "list", connect=False, code=NOT_FOUND)
        started = self.call("sandbox", "start")
        self.addCleanup(self.ctl, "sandbox", "stop", connect=False)
        self.assertEqual((started["running"], started["profile"], started["ready"]), (True, "practice", True))
        again = self.call("sandbox", "start")
        self.assertEqual(again["pid"], started["pid"])
        self.assertEqual(self.call("sandbox", "status")["pid"], started["pid"])
        self.assertTrue(self.call("--profile", "practice", "config", "list")["items"])
        # It is named like the others, and marked.
        listed, = self.call("profile", "list")["items"]
        self.assertEqual((listed["slug"], listed["practice"], listed["servers"]), ("practice", True, [started["nacos"]["http"]]))
        self.assertRegex(self.run_ctl("profile", "list", connect=False).output.decode(), r"(?m)^Practice registry +practice .* practice$")
        self.assertRegex(self.run_ctl("profile", "show", "practice", connect=False).output.decode(), r"(?m)^servers +http://127\.0\.0\.1:\d+$")
        self.assertEqual(self.run_ctl("completion", "profiles", connect=False).output, b"practice\n")
        for words in (("default", "practice"), ("remove", "practice"), ("export", "practice", "-o", "-")):
            self.assertIn("not a saved connection", self.error("profile", *words, connect=False, code=USAGE)["message"])
        ready = json.loads((self.ctl.folder / "home" / "sandbox" / "ready.json").read_text())
        self.assertEqual(ready["pid"], started["pid"])
        outcome = self.call("--profile", "practice", "config", "publish", "kept", "--stdin", stdin=b"x")
        self.check_outcome(outcome)
        self.assertIs(self.call("sandbox", "stop")["running"], False)
        self.assertIs(self.call("sandbox", "status")["running"], False)
        with self.assertRaises(ConnectionRefusedError), socket.socket() as probe:
            probe.connect(("127.0.0.1", int(started["nacos"]["http"].rsplit(":", 1)[1])))
        self.assertEqual(self.call("profile", "list")["items"], [])
        # The name is its own, also while it does not run; a name that reads like it gets another slug.
        self.error("profile", "add", "practice", "--server", "http://127.0.0.1:1", connect=False, code=CONFLICT, kind="Conflict")
        self.assertEqual(self.call("profile", "add", "Practice!", "--server", "http://127.0.0.1:1")["slug"], "practice-2")
        self.call("profile", "remove", "practice-2")
        self.call("sandbox", "stop")
        self.call("sandbox", "start")
        self.assertEqual(self.run_ctl("--profile", "practice", "config", "get", "kept", connect=False).output, b"x")


class Completion(CtlCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Nowhere()

    def setUp(self):
        super().setUp()
        for name in ("shop-east", "shop-west"):
            self.run_ctl("profile", "add", name, "--server", "http://127.0.0.1:1", connect=False)
        for shell in ("bash", "zsh"):
            (self.ctl.folder / shell).write_bytes(self.run_ctl("completion", shell, connect=False).output)
        self.environment = {**self.ctl.environment, "PATH": os.environ["SIGNALBOX_BIN"] + os.pathsep + os.environ["PATH"]}

    def bash(self, *words) -> set:
        """What bash offers for the last of the words."""
        script = '. ./bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _signalboxctl; printf "%s\\n" "${COMPREPLY[@]}"'
        done = subprocess.run(["bash", "--norc", "-u", "-c", script, "bash", "signalboxctl", *words], cwd=self.ctl.folder, env=self.environment,
                              capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(done.stderr, "", words)
        return set(done.stdout.split())

    def zsh(self, *words) -> set:
        """The same of zsh, with compadd in the place of the line editor."""
        script = ('compdef() { :; }; compadd() { shift; print -l -- "$@"; }; _files() { :; }; compset() { :; }; source ./zsh; '
                  'words=("$@"); CURRENT=$#; _signalboxctl')
        done = subprocess.run(["zsh", "-f", "-c", script, "zsh", "signalboxctl", *words], cwd=self.ctl.folder, env=self.environment,
                              capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(done.stderr, "", words)
        return {word for word in done.stdout.split() if word.startswith(words[-1])}

    def test_both_shells(self):
        self.assertIsNotNone(shutil.which("zsh"), "zsh is missing: packaging/debian-packages-test.txt")
        for shell in (self.bash, self.zsh):
            with self.subTest(shell.__name__):
                self.assertEqual(shell(""), {*VERBS, "completion"})
                self.assertEqual(shell("con"), {"config"})
                for area, verbs in VERBS.items():
                    self.assertEqual(shell(area, ""), set(verbs.split()))
                self.assertEqual(shell("config", "pub"), {"publish"})
                self.assertEqual(shell("--json", "--timeout", "3", "config", "hi"), {"history"})
                self.assertEqual(shell("completion", ""), {"bash", "zsh"})
                self.assertLessEqual({"--file", "--expect-md5", "--dry-run", "--json", "--profile", "--help"}, shell("config", "publish", "x", "--"))
                self.assertEqual(shell("config", "publish", "--exp"), {"--expect-md5"})
                self.assertEqual(shell("--prof"), {"--profile"})
                self.assertEqual(shell("--profile", ""), {"shop-east", "shop-west"})
                self.assertEqual(shell("--profile", "shop-e"), {"shop-east"})
                self.assertEqual(shell("config", "get", "x", "--profile", "shop-w"), {"shop-west"})
                self.assertEqual(shell("profile", "show", "shop"), {"shop-east", "shop-west"})
                self.assertEqual(shell("--profile", "config", "namespace", "cl"), {"clone"})
                self.assertEqual(shell("config", "snippet", "x", "--language", ""), {"Java", "Python", "Go", "Node", "C#", "C++"})
                self.assertEqual(shell("profile", "add", "x", "--environment", "st"), {"staging"})
                self.assertEqual(shell("config", "publish", "x", "--type", "j"), {"json"})
                self.assertEqual(shell("--home", "elsewhere", "--profile", ""), set())


if __name__ == "__main__":
    main()
