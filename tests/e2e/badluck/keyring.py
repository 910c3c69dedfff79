# SPDX-License-Identifier: GPL-3.0-or-later
"""A message bus and a Secret Service (gnome-keyring) of its own."""

import os
import pathlib
import re
import subprocess
import time

SECONDS = 30
SERVICE = "/org/freedesktop/secrets"


class Keyring:
    """As a context manager. `environment` is what a program needs to find it; nobody else's keyring is touched."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder / "desktop"
        self.folder.mkdir()
        self.folder.chmod(0o700)
        self.environment = dict(HOME=str(self.folder), XDG_RUNTIME_DIR=str(self.folder), XDG_DATA_HOME=str(self.folder / "data"),
                                PATH=os.environ["PATH"], LC_ALL="C.UTF-8")
        self._processes = []

    def __enter__(self):
        bus = self._start(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"], stdout=subprocess.PIPE)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        self.start_service()
        return self

    def start_service(self) -> None:
        daemon = self._start(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], stdin=subprocess.PIPE,
                             stdout=subprocess.DEVNULL)
        daemon.stdin.write(b"password of the keyring")
        daemon.stdin.close()
        deadline = time.monotonic() + SECONDS
        while "collection/login" not in self._send("org.freedesktop.DBus.Properties.Get", "string:org.freedesktop.Secret.Service",
                                                   "string:Collections"):
            if time.monotonic() > deadline:
                raise RuntimeError("the Secret Service does not start")
            time.sleep(0.05)

    def stop_service(self) -> None:
        self._end(self._processes.pop())

    def lock(self) -> None:
        self._send("org.freedesktop.Secret.Service.Lock", f"array:objpath:{SERVICE}/collection/login")

    def items(self) -> list:
        """Paths of what signalbox keeps there."""
        answer = self._send("org.freedesktop.Secret.Service.SearchItems", "dict:string:string:server,signalbox")
        return re.findall(r'object path "([^"]+)"', answer)

    def _send(self, method: str, *arguments) -> str:
        done = subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets", SERVICE, method, *arguments],
                              capture_output=True, timeout=SECONDS, check=False, env=self.environment)
        return done.stdout.decode()

    def _start(self, command: list, **streams) -> subprocess.Popen:
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=self.environment, cwd=self.folder, **streams)
        self._processes.append(process)
        return process

    @staticmethod
    def _end(process: subprocess.Popen) -> None:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()

    def __exit__(self, *_):
        while self._processes:
            self._end(self._processes.pop())
