# SPDX-License-Identifier: GPL-3.0-or-later
"""What every scenario file shares: its command line, the registry it runs against, retries of reads that lag."""

import argparse
import sys
import time
import unittest

from .driver import SDKS
from .nacosapi import NacosApi
from .paths import Unavailable, exit_unavailable
from .servers import RealNacos, Sandbox

BLUE = "team-blue"  # a namespace that is not public
OPTIONS = argparse.Namespace(target="sandbox", auth=False, sdk=list(SDKS))


class Scenario(unittest.TestCase):
    """Tests of a file share one registry; each test uses data IDs of its own."""

    server = None
    api = None

    @classmethod
    def setUpClass(cls):
        cls.server = RealNacos() if OPTIONS.target == "nacos" else Sandbox(login=OPTIONS.auth)
        cls.addClassCleanup(cls.server.__exit__, None, None, None)
        cls.server.start()
        cls.api = NacosApi(cls.server)

    @staticmethod
    def namespaces_of_all() -> list:
        """Namespaces in which clients of different SDKs can share a configuration.

        In public the real server (3.1.0) notifies them wrongly: it makes one notification for all connections, and takes the
        namespace out of it at the first one that registered with the blank spelling. The Java SDK, which spells it "public",
        then looks for the blank one and ignores the change, depending on the order of the connections.
        """
        return [BLUE] if OPTIONS.target == "nacos" else ["", BLUE]

    def eventually(self, read, wanted, seconds: float = 10) -> None:
        """Until read() == wanted: registries answer reads a moment behind a write."""
        deadline = time.monotonic() + seconds
        while (seen := read()) != wanted:
            if time.monotonic() > deadline:
                self.assertEqual(_shorten(seen), _shorten(wanted))
                self.fail("differs beyond what is shown")
            time.sleep(0.05)


def _shorten(value):
    return value if not isinstance(value, str) or len(value) < 400 else f"{value[:200]}… ({len(value)} characters)"


def main() -> None:
    """Runs the tests of the calling file. Exit code 77 when a peer cannot be had."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--target", choices=["sandbox", "nacos"], default="sandbox", help="registry to run against")
    parser.add_argument("--auth", action="store_true", help="the sandbox asks for a login (the real server always does)")
    parser.add_argument("--sdk", action="append", choices=SDKS, help="only these SDKs (default: all)")
    arguments, rest = parser.parse_known_args()
    OPTIONS.target, OPTIONS.auth, OPTIONS.sdk = arguments.target, arguments.auth, arguments.sdk or list(SDKS)
    result = _Result
    program = unittest.main(module="__main__", argv=[sys.argv[0], *rest], verbosity=2, exit=False,
                            testRunner=unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=result))
    if program.result.unavailable:
        sys.exit(exit_unavailable(program.result.unavailable))
    if program.result.testsRun == 0:
        print("no test ran")
        sys.exit(1)
    sys.exit(0 if program.result.wasSuccessful() else 1)


class _Result(unittest.TextTestResult):
    unavailable = None

    def addError(self, test, err):
        if isinstance(err[1], Unavailable):
            self.unavailable = err[1]
        super().addError(test, err)
