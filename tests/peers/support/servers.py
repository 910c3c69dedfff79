# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts and stops the two registries of the peer tests: a real Nacos server, and our own signalbox-sandbox.

Both offer the same attributes, so that one scenario runs against either: host, port, http, console, user, password
(None: no login needed), start(), stop(), restart(). They always end with this process, even when it is killed.
"""

import ctypes
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from . import packages
from .paths import PEERS, Unavailable, cache

PASSWORD = "signalbox-peer"  # of throw-away registries on loopback


def _end_with_parent() -> None:
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def _is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_ports() -> tuple:
    """A main port whose companions (-1000, +1000, +1001) are free too, and a console port, below the range the system
    hands out by itself."""
    chooser = random.SystemRandom()
    for _ in range(500):
        main = chooser.randrange(21000, 30000)
        console = main + 1
        if _is_free(main - 1000, "") and all(_is_free(p) for p in (main, main + 1000, main + 1001, console)):
            return main, console
    raise RuntimeError("no free ports for a registry")


def _remove_left_over(folder: pathlib.Path) -> None:
    """Removes the data (700 MB each) of servers whose test was killed."""
    for data in folder.glob("data-*-*"):
        try:
            os.kill(int(data.name.split("-")[1]), 0)
        except ProcessLookupError:
            shutil.rmtree(data, ignore_errors=True)


class _Server:
    host = "127.0.0.1"
    user = "nacos"
    start_seconds = 60

    def __init__(self, data: pathlib.Path, password):
        self.data = data
        self.password = password
        self.port = 0
        self.console_port = 0
        self._process = None
        self._tail = []
        self._ready = threading.Event()

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def http(self) -> str:
        return f"http://{self.address}"

    @property
    def console(self) -> str:
        return f"http://{self.host}:{self.console_port}"

    def start(self) -> None:
        """Returns when the registry is ready; on failure raises with the last lines it said."""
        self._ready.clear()
        self._tail = []
        self._process = subprocess.Popen(self._command(), env=dict(os.environ, **self._environment()), stdin=subprocess.DEVNULL,
                                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
                                         preexec_fn=_end_with_parent, text=True, encoding="utf-8", errors="replace")
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()
        deadline = time.monotonic() + self.start_seconds
        while not self._ready.wait(0.1):
            if self._process.poll() is not None or time.monotonic() > deadline:
                code = self._process.poll()
                self.stop()
                raise RuntimeError(f"{type(self).__name__} did not get ready (exit code {code}):\n" + "".join(self._tail[-40:]))

    def stop(self, sig: int = signal.SIGTERM) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for attempt in (sig, signal.SIGKILL):
            try:
                os.killpg(process.pid, attempt)
            except ProcessLookupError:
                pass
            try:
                process.wait(15)
                break
            except subprocess.TimeoutExpired:
                continue

    def restart(self, sig: int = signal.SIGTERM) -> None:
        """Ends it and starts it again on the same ports and data."""
        self.stop(sig)
        self.start()

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _read(self, stream) -> None:
        with stream:
            for line in stream:
                self._tail.append(line)
                del self._tail[:-200]
                if self._is_ready(line):
                    self._ready.set()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)


class RealNacos(_Server):
    """A real Nacos 3 server; the administrator is "nacos". Starting takes about half a minute."""

    start_seconds = 180

    def __init__(self):
        self._packages = packages.nacos_server()
        _remove_left_over(cache() / "nacos")
        super().__init__(pathlib.Path(tempfile.mkdtemp(prefix=f"data-{os.getpid()}-", dir=cache() / "nacos")), PASSWORD)
        self.port, self.console_port = free_ports()
        self._begun = False

    def start(self) -> None:
        """Its embedded database gives itself a few seconds to open, which are too short on a busy machine: a new server is then begun anew, once."""
        try:
            super().start()
        except RuntimeError as error:
            if self._begun or "derby" not in str(error).lower():
                raise
            print("The server's embedded database did not open in time; it is begun anew.", file=sys.stderr, flush=True)
            shutil.rmtree(self.data)
            self.data.mkdir()
            super().start()
        self._begun = True

    def _command(self) -> list:
        return [str(PEERS / "nacos" / "run"), str(self._packages), str(self.data)]

    def _environment(self) -> dict:
        return {"NACOS_PORT": str(self.port), "NACOS_CONSOLE_PORT": str(self.console_port), "NACOS_PASSWORD": self.password}

    def _is_ready(self, line: str) -> bool:
        return line.startswith("nacos peer ready")


class Sandbox(_Server):
    """Our embedded registry, kept in a folder so that a restart finds its data; in memory, as it starts without options, with `kept=False`."""

    start_seconds = 30

    def __init__(self, login: bool = False, options: tuple = (), kept: bool = True):
        program = pathlib.Path(os.environ.get("SIGNALBOX_BIN", "")) / "signalbox-sandbox"
        if not os.environ.get("SIGNALBOX_BIN") or not program.is_file():
            raise Unavailable("SIGNALBOX_BIN does not name a folder with signalbox-sandbox")
        super().__init__(pathlib.Path(tempfile.mkdtemp(prefix="signalbox-peer-")), PASSWORD if login else None)
        self._program = program
        self._options = ["--data", str(self.data / "registry"), *options] if kept else list(options)
        self.ready = {}

    def _command(self) -> list:
        command = [str(self._program), "--seed", "empty", "--port", str(self.port)]
        if self.port:
            command += ["--console-port", str(self.console_port), "--aun-port", "off", "--storage-port", "off",
                        "--prefab-port", "off", "--mcp-port", "off", "--a2a-port", "off"]
        if self.password is not None:
            command += ["--auth", self.user]
        return command + self._options

    def _environment(self) -> dict:
        return {"SIGNALBOX_SANDBOX_PASSWORD": self.password} if self.password is not None else {}

    def _is_ready(self, line: str) -> bool:
        if not line.startswith("{"):
            return False
        ready = json.loads(line)
        if not ready.get("ready"):
            return False
        self.ready = ready
        self.port = int(ready["nacos"]["http"].rsplit(":", 1)[1])
        # Generation 2 has its console on the main port.
        console = ready["nacos"].get("console")
        self.console_port = int(console.rsplit(":", 1)[1]) if console else 0
        return True
