# SPDX-License-Identifier: GPL-3.0-or-later
"""The real signalboxctl against the real signalbox-sandbox, as a script would call it: exit code, standard output, standard error."""

import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "peers"))

from support.ctl import Ctl  # noqa: E402
from support.nacosapi import NacosApi  # noqa: E402
from support.servers import Sandbox  # noqa: E402

DONE, FAILED, USAGE, NOT_FOUND, NO_RIGHT, CONFLICT, NO_ANSWER, POLICY, PARTLY, INTERRUPTED = 0, 1, 2, 3, 4, 5, 6, 7, 8, 130
RFC3339 = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"


class CtlCase(unittest.TestCase):
    """Tests of a class share one registry (port 0, gone at the end); each test has a home of its own and data IDs of its own."""

    login = False
    options = ()
    server = None
    api = None

    @classmethod
    def setUpClass(cls):
        cls.server = Sandbox(login=cls.login, options=cls.options)
        cls.addClassCleanup(cls.server.__exit__, None, None, None)
        cls.server.start()
        cls.api = NacosApi(cls.server)

    def setUp(self):
        self.ctl = Ctl(self.server)
        self.addCleanup(self.ctl.__exit__)

    def run_ctl(self, *arguments, code: int = DONE, **options):
        """Runs it and checks the exit code; a failure is one line of error, and nothing of an error is on standard output."""
        done = self.ctl(*arguments, **options)
        self.assertEqual(done.code, code, str(done))
        return done

    def json(self, *arguments, code: int = DONE, **options) -> dict:
        """The one document of a call with --json; standard error is empty."""
        done = self.run_ctl("--json", *arguments, code=code, **options)
        self.assertEqual(done.output.count(b"\n"), 1, str(done))
        if code == DONE:
            self.assertEqual(done.errors, "", str(done))
        return done.json

    def error(self, *arguments, code: int, kind: str = None, **options) -> dict:
        """The error line of a call with --json; standard output is empty. The same call without --json says one line, too."""
        done = self.run_ctl("--json", *arguments, code=code, **options)
        self.assertEqual(done.output, b"", str(done))
        self.assertEqual(done.errors.count("\n"), 1, str(done))
        error = json.loads(done.errors)["error"]
        self.assertEqual(set(error), {"kind", "message", "code", "retryable"})
        self.assertTrue(error["message"], str(done))
        if kind:
            self.assertEqual(error["kind"], kind, str(done))
        plain = self.ctl(*arguments, **options)
        self.assertEqual(plain.code, code, str(plain))
        self.assertEqual(plain.output, b"", str(plain))
        self.assertTrue(plain.errors.splitlines()[-1].startswith("signalboxctl: "), str(plain))
        return error

    def publish(self, data_id: str, content, *arguments, **options) -> dict:
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        return self.json("config", "publish", data_id, "--stdin", *arguments, stdin=data, **options)

    def given(self, data_id: str, content: str, **options) -> None:
        """There before the verb under test runs."""
        self.api.publish(data_id, content, **options)

    def check_list(self, document: dict, complete: bool = True) -> list:
        self.assertLessEqual({"items", "total", "complete", "source", "seenAt"}, set(document))
        self.assertIs(document["complete"], complete)
        self.assertRegex(document["seenAt"], RFC3339)
        if complete:
            self.assertEqual(document["total"], len(document["items"]))
        return document["items"]

    def check_outcome(self, document: dict, outcome: str = "Applied") -> None:
        self.assertLessEqual({"outcome", "verified", "atomic", "ledgerId", "address"}, set(document))
        self.assertEqual(document["outcome"], outcome, document)
        self.assertTrue(document["address"].startswith("signalbox://"))


def main() -> None:
    program = unittest.main(module="__main__", verbosity=2, exit=False)
    sys.exit(0 if program.result.wasSuccessful() and program.result.testsRun > 0 and not program.result.skipped else 1)
