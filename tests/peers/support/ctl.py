# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs signalboxctl as a script would: a home of its own, the password in the environment, everything captured."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time

from .paths import Unavailable

SECONDS = 30


class Done:
    """A finished call."""

    def __init__(self, command: list, code: int, output: bytes, errors: bytes):
        self.command, self.code, self.output, self.errors = command, code, output, errors.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.output)

    @property
    def error(self) -> dict:
        """The error document: one line on standard error."""
        return json.loads(self.errors.strip().splitlines()[-1])["error"]

    def __str__(self):
        return f"{' '.join(self.command)}\nexit code {self.code}\n{self.output[:1000]!r}\n{self.errors[-1500:]}"


class Ctl:
    """signalboxctl for one server and one home; use as a context manager."""

    def __init__(self, server):
        program = pathlib.Path(os.environ.get("SIGNALBOX_BIN", "")) / "signalboxctl"
        if not os.environ.get("SIGNALBOX_BIN") or not program.is_file():
            raise Unavailable("SIGNALBOX_BIN does not name a folder with signalboxctl")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="signalbox-ctl-"))
        self._program = str(program)
        self._server = server
        self._watches = []
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.startswith(("SIGNALBOX_PA", "SIGNALBOX_PROFILE", "SIGNALBOX_HOME", "DBUS_SESSION", "NACOS"))}
        self.environment.update(HOME=str(self.folder), XDG_RUNTIME_DIR=str(self.folder), LC_ALL="C.UTF-8",
                                SIGNALBOX_HOME=str(self.folder / "home"))
        if server.password is not None:
            self.environment["SIGNALBOX_PASSWORD"] = server.password

    def command(self, arguments: tuple, connect: bool = True) -> list:
        options = []
        if connect:
            options = ["--server", self._server.http]
            if self._server.password is not None:
                options += ["--user", self._server.user]
        return [self._program, *options, *map(str, arguments)]

    def __call__(self, *arguments, stdin: bytes = None, connect: bool = True, environment: dict = None) -> Done:
        """Runs it to its end. connect: with --server and --user of the server."""
        command = self.command(arguments, connect)
        source = {"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env={**self.environment, **(environment or {})},
                              cwd=self.folder, **source)
        return Done(command, done.returncode, done.stdout, done.stderr)

    def watch(self, *arguments, connect: bool = True) -> "Watch":
        """Starts a verb that runs until ended; it prints a JSON document a line."""
        started = Watch(self.command(("--json", *arguments), connect), self.environment, self.folder)
        self._watches.append(started)
        return started

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for watch in self._watches:
            watch.end()
        shutil.rmtree(self.folder, ignore_errors=True)


class Watch:
    """A running watch verb and the documents it printed."""

    def __init__(self, command: list, environment: dict, folder: pathlib.Path):
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=folder)
        self._documents = []
        self._errors = []
        self._changed = threading.Condition()
        for stream, into in ((self._process.stdout, self._documents), (self._process.stderr, self._errors)):
            threading.Thread(target=self._read, args=(stream, into), daemon=True).start()

    def _read(self, stream, into: list) -> None:
        with stream:
            for line in stream:
                with self._changed:
                    into.append(json.loads(line) if into is self._documents else line.decode("utf-8", "replace"))
                    self._changed.notify_all()

    def wait_for(self, seconds: float = SECONDS, **members) -> dict:
        """The first document not yet taken that has these members."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                for index, document in enumerate(self._documents):
                    if all(document.get(name) == value for name, value in members.items()):
                        del self._documents[:index + 1]
                        return document
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"no {members} within {seconds:g} s; documents {self._documents[-5:]}, errors {''.join(self._errors)[-1500:]}")
                self._changed.wait(left)

    def wait_for_error(self, seconds: float = SECONDS) -> dict:
        """The first error not yet taken."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._errors, seconds):
                raise AssertionError(f"no error within {seconds:g} s; documents {self._documents[-5:]}")
            return json.loads(self._errors.pop(0))["error"]

    def end(self) -> int:
        """Interrupts it as Ctrl+C does; its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(2)
        try:
            return self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()
