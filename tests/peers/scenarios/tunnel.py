#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signalboxctl through a jump host: an unmodified sshd and ssh between it and the registry."""

import pathlib
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from support.ctl import Ctl  # noqa: E402
from support.scenario import Scenario, main  # noqa: E402
from support.sshd import Sshd  # noqa: E402

PASSED, USAGE, NO_ANSWER = 0, 2, 6


class Tunnel(Scenario):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sshd = Sshd()
        cls.addClassCleanup(cls.sshd.__exit__)
        cls.sshd.__enter__()

    def setUp(self):
        self.ctl = Ctl(self.server)
        self.addCleanup(self.ctl.__exit__)
        self.addCleanup(self.assert_nothing_is_left)
        # What it says of proxies is for others: no way round the tunnel.
        self.ctl.environment.update(PATH=self.sshd.path, no_proxy="127.0.0.1,localhost", http_proxy="http://127.0.0.1:1")

    def assert_nothing_is_left(self):
        self.assertEqual(list(self.ctl.folder.glob("signalbox-ssh-*")), [])

    def run_ctl(self, *arguments, code: int = PASSED, **options):
        done = self.ctl("--json", *arguments, connect=False, **options)
        self.assertEqual(done.code, code, str(done))
        return done

    def add(self, host: str, server: str = None) -> list:
        """A connection through that jump host; the words that choose it."""
        self.run_ctl("profile", "add", "Far", "--server", server or self.server.http, "--proxy", f"ssh://{host}")
        return ["--profile", "Far"]

    def led_to(self, port: int) -> bool:
        return f"target 127.0.0.1 port {port}" in self.sshd.log

    def test_read_write_and_push(self):
        far = self.add("bastion")
        shown = self.run_ctl("profile", "show", "Far").json
        self.assertEqual(shown["proxy"], {"kind": "ssh", "host": "bastion"})
        outcome = self.run_ctl(*far, "config", "publish", "tunnelled", "--stdin", stdin="出生".encode()).json
        self.assertEqual((outcome["outcome"], outcome["verified"]), ("Applied", True))
        self.assertEqual(self.api.content("tunnelled"), "出生")
        self.assertEqual(self.run_ctl(*far, "config", "get", "tunnelled").json["content"], "出生")
        large = "x" * 5_000_000
        self.run_ctl(*far, "config", "publish", "large", "--stdin", stdin=large.encode())
        self.assertEqual(self.run_ctl(*far, "config", "get", "large").json["content"], large)
        watch = self.ctl.watch(*far, "config", "watch", "tunnelled", connect=False)
        watch.wait_for(event="ready")
        self.api.publish("tunnelled", "v2")
        watch.wait_for(event="changed", content="v2")
        self.assertEqual(watch.end(), 130)
        self.assertTrue(self.led_to(self.server.port), "requests")
        self.assertTrue(self.led_to(self.server.port + 1000), "gRPC")

    def processes(self) -> list:
        """Every ssh with this configuration."""
        found = []
        for each in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = each.read_bytes().split(b"\0")
            except OSError:
                continue
            if str(self.sshd.folder / "config").encode() in words:
                found.append(words)
        return found

    def test_configuration_that_is_for_terminals(self):
        far = self.add("odd")
        self.api.publish("odd", "v1")
        for _ in range(2):
            self.assertEqual(self.run_ctl(*far, "config", "get", "odd").json["content"], "v1")
        watch = self.ctl.watch(*far, "config", "watch", "odd", connect=False)
        watch.wait_for(event="ready")
        self.api.publish("odd", "v2")
        watch.wait_for(event="changed", content="v2")
        watch.end()
        # Nothing of it goes on by itself, was run, or was forwarded.
        self.eventually(self.processes, [])
        for name in ("own", "forwarded", "ran"):
            self.assertFalse((self.sshd.folder / name).exists(), name)

    def test_watch_outlives_the_jump_host(self):
        far = self.add("bastion")
        self.api.publish("watched", "v1")
        watch = self.ctl.watch(*far, "config", "watch", "watched", connect=False)
        watch.wait_for(event="ready")
        self.sshd.kill()
        self.api.publish("watched", "v2")
        self.sshd.start()
        watch.wait_for(seconds=60, event="changed", content="v2")
        self.api.publish("watched", "v3")
        watch.wait_for(seconds=60, event="changed", content="v3")
        watch.end()

    def test_doctor(self):
        far = self.add("bastion")
        steps = {step["step"]: step for step in self.run_ctl(*far, "profile", "doctor").json["steps"]}
        for name in ("ssh", "admin", "grpc", "version", "login"):
            self.assertEqual(steps[name]["outcome"], "ok", steps)
        for name in ("dns", "tcp"):
            self.assertEqual(steps[name]["outcome"], "skipped", steps)

    def test_what_is_wrong_is_said(self):
        for host, words in (("denied", "ssh-add"), ("stranger", "host key is not known yet"), ("changed", "ssh-keygen -R"),
                            ("down", "Connection refused"), ("nowhere.invalid", "unknown host name of the jump host"),
                            ("closed", "AllowTcpForwarding")):
            with self.subTest(host):
                far = self.add(host)
                error = self.run_ctl(*far, "config", "get", "x", code=NO_ANSWER).error
                self.assertIn(words, error["message"])
                self.assertIn(host, error["message"])
                if host != "closed":  # it can be logged in at
                    steps = {step["step"]: step for step in self.run_ctl(*far, "profile", "doctor", code=NO_ANSWER).json["steps"]}
                    self.assertEqual(steps["ssh"]["outcome"], "failed")
                    self.assertIn(words, steps["ssh"]["finding"])
                self.run_ctl("profile", "remove", "Far", "--yes")

    def test_server_that_is_not_there(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            nobody = probe.getsockname()[1]
        far = self.add("bastion", f"http://127.0.0.1:{nobody}")
        error = self.run_ctl(*far, "config", "get", "x", code=NO_ANSWER).error
        self.assertIn(f"cannot reach 127.0.0.1:{nobody}", error["message"])
        self.assertIn("Connection refused", error["message"])

    def test_without_the_program(self):
        far = self.add("bastion")
        error = self.run_ctl(*far, "config", "get", "x", code=NO_ANSWER, environment={"PATH": str(self.ctl.folder)}).error
        self.assertIn("openssh-client", error["message"])

    def test_options_and_commands_are_no_hosts(self):
        for host in ("-oProxyCommand=touch%20x", "-x", "ops@-x", "a;b", "$(id)", "ops:word@host", ""):
            with self.subTest(host):
                self.run_ctl("profile", "add", "Bad", "--server", self.server.http, "--proxy", f"ssh://{host}", code=USAGE)


if __name__ == "__main__":
    main()
