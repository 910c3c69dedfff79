#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials are in the SecretStore and nowhere else: not in files, output, logs, errors, command lines, core dumps.

Each test uses secrets that occur nowhere else, does what people do with them (also what goes wrong), and then looks for them in
every byte the programs left behind.
"""

import base64
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from keyring import Keyring  # noqa: E402
from world import BIN, NO_ANSWER, NO_RIGHT, PASSED, SECONDS, World, main  # noqa: E402

RIGHT = "Zq7%geheim/Wort +ü-Right"  # spelled differently in URLs, JSON and forms
WRONG = "Zq7%geheim/Wort +ü-Wrong"
KEY = "Zq7geheimSecretKey0123456789"
TOKEN = "Zq7geheimToken.abcdefghijklmnop"
PASSPHRASE = "Zq7 geheim passphrase"
SECRETS = (RIGHT, WRONG, KEY, TOKEN, PASSPHRASE)


def spellings(secret: str) -> set:
    raw = secret.encode("utf-8")
    quoted = urllib.parse.quote(secret, safe="")
    found = {raw, quoted.encode(), quoted.lower().encode(), urllib.parse.quote_plus(secret).encode(), urllib.parse.quote(secret).encode(),
             secret.encode("unicode_escape"), raw.hex().encode(), secret.encode("utf-16-le")}
    for shift in range(3):  # wherever it begins in something base64
        text = base64.b64encode(b"x" * shift + raw)
        found.add(text[4 if shift else 0:-4])
    return found


class Secrets(World):
    login = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As an account with an awkward password.
        cls.server.stop()
        cls.server.password = RIGHT
        cls.addClassCleanup(shutil.rmtree, cls.server.data, ignore_errors=True)
        cls.server.data = cls.server.data / "awkward"
        cls.server.data.mkdir()
        cls.server.start()
        cls.api.__init__(cls.server)

    def setUp(self):
        super().setUp()
        self.environment.pop("SIGNALBOX_PASSWORD")
        self.environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        self.said = []  # everything any program said, with its command line

    def run_ctl(self, *words, code=PASSED, stdin: bytes = b"", **environment):
        done = self.call([str(BIN / "signalboxctl"), *map(str, words)], stdin=stdin, environment=environment)
        self.said.append((" ".join(map(str, done.command)), done.output + done.errors.encode("utf-8")))
        if code is not None:
            self.assertEqual(done.code, code, str(done))
        return done

    def assert_no_trace(self, *also_not: str) -> None:
        needles = {spelling: secret for secret in (*SECRETS, *also_not) for spelling in spellings(secret)}
        places = {f"said by {command}": text + command.encode() for command, text in self.said}
        for file in self.folder.rglob("*"):
            if file.is_file():
                places[str(file)] = file.read_bytes() + file.name.encode()
        self.assertTrue(places)
        for place, content in places.items():
            self.assertNotIn(b"core", pathlib.Path(place).name.encode().split(b".")[:1], "a core dump")
            for needle, secret in needles.items():
                self.assertNotIn(needle, content, f"{secret!r} in {place}")
            if b"accessToken" in content:
                self.assertNotRegex(content, rb'accessToken["=: ]+[A-Za-z0-9]', place)
            self.assertNotRegex(content, rb"eyJ[A-Za-z0-9_-]{10,}\.", place)

    def faults(self, body: str) -> None:
        request = urllib.request.Request(f"{self.server.http}/sandbox/faults", data=body.encode(), method="POST",
                                         headers={"Content-Type": "application/json"})
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=SECONDS).close()

    def everyday(self, **environment) -> None:
        """What people do with a connection called shop, with the whole wire log."""
        self.run_ctl("--verbose", "profile", "show", "shop", **environment)
        self.run_ctl("--verbose", "profile", "test", "shop", **environment)
        self.run_ctl("--verbose", "profile", "doctor", "shop", **environment)
        self.run_ctl("--verbose", "--profile", "shop", "config", "publish", "a.yaml", "--stdin", stdin=b"a: 1\n", **environment)
        self.run_ctl("--verbose", "--json", "--profile", "shop", "config", "get", "a.yaml", **environment)
        self.run_ctl("--verbose", "--profile", "shop", "config", "list", **environment)
        self.run_ctl("--verbose", "--profile", "shop", "config", "history", "a.yaml", **environment)
        self.run_ctl("--verbose", "--profile", "shop", "config", "delete", "a.yaml", "--yes", **environment)
        self.run_ctl("profile", "list")
        self.run_ctl("profile", "export", "-o", self.folder / "exported.json")
        self.run_ctl("ledger", "export", "-o", self.folder / "ledger.jsonl")

    def failures(self, **environment) -> None:
        for fault in ('["error:403"]', '["error:500"]', '["truncate:100"]', '["drop:100"]', '["deny:/nacos/v3/auth/user/login"]'):
            self.faults(fault)
            try:
                self.run_ctl("--verbose", "--timeout", "3", "--profile", "shop", "config", "get", "a.yaml", code=None, **environment)
                self.run_ctl("--verbose", "--timeout", "3", "profile", "doctor", "shop", code=None, **environment)
                self.run_ctl("--verbose", "--timeout", "3", "--json", "--profile", "shop", "config", "publish", "b", "--stdin", stdin=b"b", code=None,
                             **environment)
            finally:
                self.faults("[]")
        with socket.create_server(("127.0.0.1", 0)) as silent:
            address = f"http://127.0.0.1:{silent.getsockname()[1]}"
            self.run_ctl("--verbose", "--timeout", "1", "--server", address, "--user", "nacos", "--password-stdin", "config", "get", "a",
                         code=NO_ANSWER, stdin=RIGHT.encode() + b"\n")

    def test_password_in_the_encrypted_file(self):
        self.run_ctl("profile", "add", "shop", "--server", self.server.http, "--user", "nacos", "--password-stdin", stdin=RIGHT.encode() + b"\n",
                     SIGNALBOX_PASSPHRASE=PASSPHRASE)
        self.assertTrue((self.home / "secrets.enc").is_file())
        self.assertEqual((self.home / "secrets.enc").stat().st_mode & 0o777, 0o600)
        (self.home / "settings.json").write_text('{"secrets.store":"file"}', encoding="ascii")
        self.everyday(SIGNALBOX_PASSPHRASE=PASSPHRASE)
        self.failures(SIGNALBOX_PASSPHRASE=PASSPHRASE)
        # Wrong and missing ones.
        done = self.run_ctl("--verbose", "--profile", "shop", "config", "list", code=NO_RIGHT, SIGNALBOX_PASSPHRASE=WRONG)
        self.assertRegex(done.errors, "passphrase")
        self.run_ctl("--verbose", "--profile", "shop", "config", "list", code=NO_RIGHT, SIGNALBOX_PASSWORD=WRONG)
        self.run_ctl("--verbose", "--profile", "shop", "profile", "doctor", "shop", code=NO_RIGHT, SIGNALBOX_PASSWORD=WRONG)
        self.run_ctl("profile", "remove", "shop", SIGNALBOX_PASSPHRASE=PASSPHRASE)
        self.assert_no_trace()

    def test_secret_in_a_url_or_option_is_refused_and_not_repeated(self):
        address = f"http://nacos:{KEY}@127.0.0.1:{self.server.port}"
        for words in (["--server", address, "config", "list"], ["profile", "add", "x", "--server", address],
                      ["profile", "add", "x", "--server", self.server.http, "--proxy", f"http://u:{KEY}@127.0.0.1:1"],
                      ["profile", "add", "x", "--server", self.server.http, "--header", f"Authorization: Bearer {KEY}"]):
            done = self.run_ctl(*words, code=2)
            self.assertNotIn(KEY, done.errors + done.output.decode())
        self.said = [(str(number), text) for number, (_, text) in enumerate(self.said)]  # the words themselves were ours
        self.assert_no_trace()

    def test_key_and_token(self):
        self.run_ctl("profile", "add", "shop", "--server", self.server.http, "--auth", "aksk", "--access-key", "AKID", "--password-stdin",
                     stdin=KEY.encode() + b"\n", SIGNALBOX_PASSPHRASE=PASSPHRASE)
        self.run_ctl("profile", "add", "other", "--server", self.server.http, "--auth", "token", "--password-stdin",
                     stdin=TOKEN.encode() + b"\n", SIGNALBOX_PASSPHRASE=PASSPHRASE)
        (self.home / "settings.json").write_text('{"secrets.store":"file"}', encoding="ascii")
        for name in ("shop", "other"):
            for words in (["config", "list"], ["config", "publish", "x", "--stdin"], ["profile", "test", name], ["profile", "doctor", name]):
                self.run_ctl("--verbose", "--timeout", "5", "--profile", name, *words, code=None, SIGNALBOX_PASSPHRASE=PASSPHRASE)
        self.run_ctl("profile", "export", "-o", self.folder / "exported.json")
        self.assert_no_trace()

    def test_running_program_shows_nothing(self):
        """Command line, what other processes may read, and what a crash leaves."""
        self.api.publish("watched", "1")
        command = [str(BIN / "signalboxctl"), "--json", "--verbose", "--server", self.server.http, "--user", "nacos", "--password-stdin",
                   "config", "watch", "watched"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment,
                              cwd=self.folder) as process:
            said = [b"", b""]
            ready = threading.Event()

            def read(number: int, stream) -> None:
                for line in stream:
                    said[number] += line
                    if b'"ready"' in line:
                        ready.set()
            readers = [threading.Thread(target=read, args=pair) for pair in enumerate((process.stdout, process.stderr))]
            for reader in readers:
                reader.start()
            process.stdin.write(RIGHT.encode() + b"\n")
            process.stdin.close()
            try:
                self.assertTrue(ready.wait(SECONDS), said)
                proc = pathlib.Path(f"/proc/{process.pid}")
                self.said.append(("command line", (proc / "cmdline").read_bytes()))
                limits = (proc / "limits").read_text(encoding="ascii")
                self.assertRegex(limits, r"Max core file size +0 +0 ")
                # Not dumpable: its files belong to root, so that no other program of this person can attach or read its memory.
                self.assertEqual((proc / "mem").stat().st_uid, 0)
            finally:
                process.send_signal(signal.SIGABRT)
                self.assertEqual(process.wait(SECONDS), -signal.SIGABRT)
                for reader in readers:
                    reader.join(SECONDS)
            self.said.append(("watch", said[0] + said[1]))
        self.assert_no_trace()

    def test_real_keychain_keeps_finds_and_forgets(self):
        with Keyring(self.folder) as keyring:
            desktop = {name: keyring.environment[name] for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")}
            self.assertEqual(keyring.items(), [])
            added = self.run_ctl("profile", "add", "shop", "--server", self.server.http, "--user", "nacos", "--password-stdin",
                                 stdin=RIGHT.encode() + b"\n", **desktop)
            self.assertNotIn("no password was saved", added.errors)
            self.assertEqual(len(keyring.items()), 1)
            self.everyday(**desktop)  # it logs in without being told the password again
            self.assertFalse((self.home / "secrets.enc").exists())
            # Locked: nobody is there to be asked. It says what is the matter, waits for nobody, and nothing is lost.
            keyring.lock()
            began = time.monotonic()
            locked = self.run_ctl("--profile", "shop", "config", "list", code=NO_RIGHT, **desktop)
            self.assertRegex(locked.errors, "(?i)keychain")
            self.assertLess(time.monotonic() - began, 45)
            self.run_ctl("--profile", "shop", "config", "list", SIGNALBOX_PASSWORD=RIGHT, **desktop)  # then the keychain isn't asked
            # Gone: the same.
            keyring.stop_service()
            gone = self.run_ctl("--profile", "shop", "config", "list", code=NO_RIGHT, **desktop)
            self.assertRegex(gone.errors, "(?i)keychain")
            # Back again: it was never lost.
            keyring.start_service()
            self.assertEqual(len(keyring.items()), 1)
            self.run_ctl("--profile", "shop", "config", "list", **desktop)
            self.assert_no_trace()

    def test_a_removed_connection_leaves_nothing_in_the_real_keychain(self):
        with Keyring(self.folder) as keyring:
            desktop = {name: keyring.environment[name] for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")}

            def add(name: str) -> None:
                self.run_ctl("profile", "add", name, "--server", self.server.http, "--user", "nacos", "--password-stdin",
                             stdin=RIGHT.encode() + b"\n", **desktop)

            add("shop")
            add("other")
            self.assertEqual(len(keyring.items()), 2)
            removed = self.run_ctl("profile", "remove", "shop", **desktop)
            self.assertEqual(removed.errors, "")
            self.assertEqual(len(keyring.items()), 1)
            self.run_ctl("--profile", "other", "config", "list", **desktop)  # not that of the other one
            # While the keychain is away it is said that its secrets may still be there.
            removed = self.run_ctl("profile", "remove", "other")
            self.assertIn("still there", removed.errors)
            self.assertEqual(len(keyring.items()), 1)
            self.run_ctl("profile", "add", "open", "--server", self.server.http)
            self.assertEqual(self.run_ctl("profile", "remove", "open").errors, "")  # it never had one
        self.assert_no_trace()

    def test_without_a_keychain_nothing_is_saved_and_said_so(self):
        added = self.run_ctl("profile", "add", "shop", "--server", self.server.http, "--user", "nacos", "--password-stdin",
                             stdin=RIGHT.encode() + b"\n")
        self.assertIn("no password was saved", added.errors)
        self.assertIn("session bus", added.errors)
        refused = self.run_ctl("--profile", "shop", "config", "list", code=NO_RIGHT)
        self.assertRegex(refused.errors, "(?i)password")
        self.run_ctl("--profile", "shop", "config", "list", "--password-stdin", stdin=RIGHT.encode() + b"\n")
        self.assert_no_trace()


if __name__ == "__main__":
    main()
