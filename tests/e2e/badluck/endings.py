#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs end when they are told to, whoever does not answer, and nothing of theirs runs on."""

import json
import pathlib
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from keyring import Keyring  # noqa: E402
from world import BIN, PASSED, SECONDS, World, main  # noqa: E402

FAKE_SSH = pathlib.Path(__file__).resolve().parents[2] / "core/net/fakessh"


def runs(pid: int) -> bool:
    try:
        state = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


class Endings(World):
    def setUp(self):
        super().setUp()
        programs = self.folder / "programs"
        programs.mkdir()
        (programs / "ssh").symlink_to(FAKE_SSH)
        self.log = self.folder / "ssh.log"
        self.environment.update(PATH=f"{programs}:{self.environment['PATH']}", FAKE_SSH_LOG=str(self.log), FAKE_SSH_PORT=str(self.server.port))

    def own(self, *words):
        done = self.call([str(BIN / "signalboxctl"), "--json", *map(str, words)])
        self.assertEqual(done.code, PASSED, str(done))
        return done

    def test_no_ssh_runs_on(self):
        self.own("profile", "add", "far", "--server", self.server.http, "--proxy", "ssh://stubborn", "--auth", "none")
        self.own("--profile", "far", "config", "list")
        started = [json.loads(line)["pid"] for line in self.log.read_text(encoding="utf-8").splitlines()]
        self.assertGreater(len(started), 1)
        deadline = time.monotonic() + SECONDS
        while any(map(runs, started)) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual([pid for pid in started if runs(pid)], [])
        self.assertEqual(list(self.folder.glob("signalbox-ssh-*")), [])

    def test_window_beside_a_server_that_never_answers(self):
        with socket.create_server(("127.0.0.1", 0)) as mute:
            mute.settimeout(SECONDS)
            self.own("profile", "add", "mute", "--server", f"http://127.0.0.1:{mute.getsockname()[1]}", "--auth", "none")
            with subprocess.Popen([str(BIN / "signalbox"), "--profile", "mute"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, cwd=self.folder, env=self.environment) as window:
                try:
                    connection, _ = mute.accept()  # it is up, and asks
                    window.send_signal(signal.SIGTERM)
                    said, _ = window.communicate(timeout=SECONDS)
                    connection.close()
                finally:
                    window.kill()
            self.assertEqual(window.returncode, PASSED, said.decode("utf-8", "replace"))

    def _wait_for(self, condition) -> None:
        deadline = time.monotonic() + SECONDS
        while not condition():
            self.assertLess(time.monotonic(), deadline, "it never came")
            time.sleep(0.05)

    def test_keychain_that_never_answers(self):
        """What is asked of it is given up with the program: told to end, each ends; with nobody to tell it, the verb ends by itself."""
        with Keyring(self.folder) as keyring:
            self.environment.update({name: keyring.environment[name] for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")})
            done = self.call([str(BIN / "signalboxctl"), "--json", "profile", "add", "shop", "--server", self.server.http, "--user", "nacos",
                              "--password-stdin"], stdin=b"a password\n")
            self.assertEqual(done.code, PASSED, str(done))
            keyring.silence()
            listing = ["--profile", "shop", "config", "list"]
            # Told to end, long before the 30 s that a keychain is given; by itself, soon after them. The machine may be busy.
            for program, words, told, limit in (("signalboxctl", listing, True, 20), ("signalbox", ["--profile", "shop"], True, 20),
                                                ("signalboxctl", listing, False, 50)):
                with self.subTest(program=program, told=told):
                    keyring.listen()
                    began = time.monotonic()
                    with subprocess.Popen([str(BIN / program), *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                          cwd=self.folder, env=self.environment) as process:
                        try:
                            if told:
                                self._wait_for(keyring.asked)
                                began = time.monotonic()
                                process.send_signal(signal.SIGTERM)
                            said, _ = process.communicate(timeout=SECONDS)
                        finally:
                            process.kill()
                    self.assertLess(time.monotonic() - began, limit, said.decode("utf-8", "replace"))
                    if not told:
                        self.assertRegex(said.decode("utf-8", "replace"), "(?i)keychain")


if __name__ == "__main__":
    main()
