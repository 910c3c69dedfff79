#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins and secrets."""

import contextlib
import json
import os
import socket
import subprocess
import threading

from case import DONE, INTERRUPTED, NO_RIGHT, USAGE, CtlCase, main


class Login(CtlCase):
    login = True

    def test_passwords(self):
        self.publish("secret-place", "x")
        self.assertEqual(self.run_ctl("config", "get", "secret-place").output, b"x")
        wrong = {"SIGNALBOX_PASSWORD": "wrong"}
        refused = self.error("config", "get", "secret-place", code=NO_RIGHT, environment=wrong)
        self.assertEqual(refused["message"], "user name or password refused")
        done = self.run_ctl("--password-stdin", "config", "get", "secret-place", environment=wrong, stdin=self.server.password.encode() + b"\nrest")
        self.assertEqual(done.output, b"x")
        self.error("--password-stdin", "config", "get", "secret-place", code=USAGE)
        call = ("--server", self.server.http, "config", "get", "secret-place")
        anonymous = self.error(*call, connect=False, code=NO_RIGHT)
        self.assertRegex(anonymous["message"], r"^This server wants a login\. Give the connection a user: --user NAME, .*The server said: .")
        # For people without the server's own words and codes, unless they look closer.
        said = self.run_ctl(*call, connect=False, code=NO_RIGHT).errors
        self.assertRegex(said, r"^signalboxctl: This server wants a login\. Give the connection a user: .*SIGNALBOX_PASSWORD\.\n$")
        self.assertIn("The server said: ", self.run_ctl("--verbose", *call, connect=False, code=NO_RIGHT).errors)
        self.json("profile", "add", "nameless", "--server", self.server.http, connect=False)
        self.assertIn("profile add NAME --server URL --user USER", self.error("--profile", "nameless", "config", "list", connect=False, code=NO_RIGHT)["message"])
        # What is tested is spoken of, not the default.
        self.json("profile", "add", "auth", "--server", self.server.http, "--user", self.server.user, connect=False)
        refused = self.error("profile", "test", "auth", connect=False, code=NO_RIGHT, environment=wrong)
        self.assertEqual(refused["message"], "user name or password refused")
        missing = dict(self.ctl.environment)
        del missing["SIGNALBOX_PASSWORD"]
        done = subprocess.run(self.ctl.command(("--json", "config", "get", "secret-place")), env=missing, stdin=subprocess.DEVNULL, capture_output=True,
                              check=False, timeout=60)
        self.assertEqual((done.returncode, done.stdout), (NO_RIGHT, b""))
        self.assertIn("SIGNALBOX_PASSWORD", done.stderr.decode())

    def test_a_password_typed_on_a_terminal_does_not_show(self):
        self.given("typed", "x")
        for typed, code in ((self.server.password + "\n", DONE), ("wrong\n", NO_RIGHT), ("\n", USAGE), ("half\x03", INTERRUPTED)):
            parent, child = os.openpty()
            environment = {name: value for name, value in self.ctl.environment.items() if name != "SIGNALBOX_PASSWORD"}
            done = subprocess.Popen(self.ctl.command(("--password-stdin", "config", "get", "typed")), stdin=child, stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE, env=environment, start_new_session=True)
            os.close(child)
            shown = b""
            while b"Password: " not in shown:
                shown += os.read(parent, 4096)
            os.write(parent, typed.encode())
            output, errors = done.communicate(timeout=30)
            with contextlib.suppress(OSError):  # its end was closed
                while more := os.read(parent, 4096):
                    shown += more
            os.close(parent)
            self.assertEqual((done.returncode, output), (code, b"x" if code == DONE else b""), errors)
            self.assertEqual(shown, b"Password: \r\n")

    def test_doctor_without_a_login(self):
        self.json("profile", "add", "loginless", "--server", self.server.http, connect=False)
        document = self.json("profile", "doctor", "loginless", connect=False, code=NO_RIGHT, environment={"SIGNALBOX_PASSWORD": ""})
        steps = {step["step"]: step for step in document["steps"]}
        for step in ("login", "rights-read"):
            self.assertIn("Give the connection a user and a password; signalboxctl takes them from --user", steps[step]["remedy"], steps)

    def test_with_a_given_password_the_keychain_is_not_asked(self):
        self.publish("asked", "x")
        bus = socket.socket(socket.AF_UNIX)
        self.addCleanup(bus.close)
        bus.bind(str(self.ctl.folder / "bus"))
        bus.listen()
        calls = []

        def answer():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = bus.accept()
                    calls.append(1)
                    connection.close()
        threading.Thread(target=answer, daemon=True).start()
        with_bus = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.ctl.folder / 'bus'}"}
        self.assertEqual(self.run_ctl("config", "get", "asked", environment=with_bus).output, b"x")
        self.assertEqual(calls, [])
        environment = {**self.ctl.environment, **with_bus}
        del environment["SIGNALBOX_PASSWORD"]
        done = subprocess.run(self.ctl.command(("config", "get", "asked")), env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, NO_RIGHT)
        self.assertTrue(calls)

    def test_no_lasting_store_no_saved_password(self):
        document = self.json("profile", "add", "forgetful", "--server", self.server.http, "--user", self.server.user, connect=False)
        self.assertRegex(document["notes"][0], r"^no password was saved \(there is no session bus.*SIGNALBOX_PASSWORD is used")
        piped = self.json("--password-stdin", "profile", "add", "piped", "--server", self.server.http, "--user", "me", connect=False, stdin=b"x\n")
        self.assertIn("no password was saved: there is no session bus", piped["notes"][0])
        environment = {**self.ctl.environment}
        del environment["SIGNALBOX_PASSWORD"]
        command = self.ctl.command(("--json", "profile", "doctor", "forgetful"), connect=False)
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
        login = next(step for step in json.loads(done.stdout)["steps"] if step["step"] == "login")
        self.assertIn("no password is kept", login["finding"])
        self.assertIn("--password-stdin", login["remedy"])
        self.assertEqual(self.run_ctl("profile", "test", connect=False).code, DONE)
        for file in (f for f in self.ctl.folder.rglob("*") if f.is_file()):
            self.assertNotIn(self.server.password.encode(), file.read_bytes(), file.name)

    def test_encrypted_file(self):
        given = {"SIGNALBOX_PASSPHRASE": "open sesame"}
        document = self.json("profile", "add", "sealed", "--server", self.server.http, "--user", self.server.user, connect=False, environment=given)
        self.assertNotIn("notes", document)
        environment = {k: v for k, v in self.ctl.environment.items() if k != "SIGNALBOX_PASSWORD"}

        def call(*arguments, **more):
            return subprocess.run(self.ctl.command(arguments, connect=False), env={**environment, **more}, stdin=subprocess.DEVNULL,
                                  capture_output=True, check=False, timeout=60)
        self.assertEqual(call("namespace", "list", **given).returncode, DONE)
        wrong = call("namespace", "list", SIGNALBOX_PASSPHRASE="wrong")
        self.assertEqual(wrong.returncode, NO_RIGHT, wrong.stderr)
        for file in (f for f in self.ctl.folder.rglob("*") if f.is_file()):
            self.assertNotIn(self.server.password.encode(), file.read_bytes(), file.name)
        self.assertEqual(call("profile", "remove", "sealed", **given).returncode, DONE)

    def test_verbose_tells_no_secret(self):
        self.publish("loud", "x")
        done = self.run_ctl("--verbose", "config", "get", "loud")
        self.assertEqual(done.output, b"x")
        self.assertIn("/nacos/v3/", done.errors)
        for secret in (self.server.password, "eyJ"):
            self.assertNotIn(secret, done.errors)


if __name__ == "__main__":
    main()
