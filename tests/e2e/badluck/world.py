# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of bad luck share: signalboxctl and the window in a home of their own, against a signalbox-sandbox."""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "peers"))

from support.ctl import Done  # noqa: E402
from support.nacosapi import NacosApi  # noqa: E402
from support.servers import Sandbox  # noqa: E402

BIN = pathlib.Path(os.environ["SIGNALBOX_BIN"])
SECONDS = 60  # of one call; the machine may be busy
PASSED, REFUSED, USAGE, NOT_FOUND, NO_RIGHT, CONFLICT, NO_ANSWER, POLICY = 0, 1, 2, 3, 4, 5, 6, 7


def without_personal_settings(folder: pathlib.Path) -> dict:
    """The environment for a program that must find nothing of ours but that folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SIGNALBOX_", "DBUS_SESSION", "NACOS", "XDG_"))}
    environment.update(HOME=str(folder), XDG_RUNTIME_DIR=str(folder), LC_ALL="C.UTF-8", QT_QPA_PLATFORM="offscreen",
                       SIGNALBOX_HOME=str(folder / "home"))
    return environment


def chooser(test: str) -> random.Random:
    """What a test chooses at random, it chooses again when told the number it printed: SIGNALBOX_SEED=number."""
    seed = int(os.environ.get("SIGNALBOX_SEED") or random.SystemRandom().randrange(2**32))
    print(f"{test}: SIGNALBOX_SEED={seed}", flush=True)
    return random.Random(seed)


class World(unittest.TestCase):
    """One registry for all tests of a class, a new home for each."""

    login = False

    @classmethod
    def setUpClass(cls):
        cls.server = Sandbox(login=cls.login)
        cls.addClassCleanup(cls.server.__exit__, None, None, None)
        cls.server.start()
        cls.api = NacosApi(cls.server)

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="signalbox-badluck-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.folder.chmod(0o755)
        self.home = self.folder / "home"
        self.environment = without_personal_settings(self.folder)
        if self.login:
            self.environment["SIGNALBOX_PASSWORD"] = self.server.password

    def command(self, *words) -> list:
        return [str(BIN / "signalboxctl"), "--json", "--server", self.server.http, *(["--user", self.server.user] if self.login else []),
                *map(str, words)]

    def call(self, command: list, stdin: bytes = b"", environment: dict = None, **more) -> Done:
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=SECONDS, check=False, cwd=self.folder,
                              env={**self.environment, **(environment or {})}, **more)
        return Done(command, done.returncode, done.stdout, done.stderr)

    def ctl(self, *words, code=PASSED, **more) -> Done:
        """signalboxctl --json on the registry of the class, to its end."""
        done = self.call(self.command(*words), **more)
        if code is not None:
            self.assertEqual(done.code, code, str(done))
        return done

    def publish(self, data_id: str, content: str, *words, **more) -> Done:
        return self.ctl("config", "publish", data_id, "--stdin", *words, stdin=content.encode("utf-8"), **more)

    def ledger(self) -> list:
        """Oldest first."""
        return list(reversed(self.ctl("ledger", "list").json["items"]))


def main() -> None:
    unittest.main(module="__main__", verbosity=2)
