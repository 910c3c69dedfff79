# SPDX-License-Identifier: GPL-3.0-or-later
"""A message bus and a Secret Service (gnome-keyring) of its own."""

import os
import pathlib
import re
import signal
import subprocess
import time

SECONDS = 30
SERVICE = "/org/freedesktop/secrets"
# It starts no service by itself: one that was ended stays away until it is started here.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
"""


class Keyring:
    """As a context manager. `environment` is what a program needs to find it; nobody else's keyring is touched."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder / "desktop"
        self.folder.mkdir()
        self.folder.chmod(0o700)
        self.environment = dict(HOME=str(self.folder), XDG_RUNTIME_DIR=str(self.folder), XDG_DATA_HOME=str(self.folder / "data"),
                                PATH=os.environ["PATH"], LC_ALL="C.UTF-8")
        self._processes = []
        self._ears = None

    def __enter__(self):
        (self.folder / "bus.conf").write_text(BUS.format(self.folder))
        bus = self._start(["dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork", "--nopidfile", "--print-address=1"],
                          stdout=subprocess.PIPE)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        self.start_service()
        return self

    def start_service(self) -> None:
        daemon = self._start(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], stdin=subprocess.PIPE,
                             stdout=subprocess.DEVNULL)
        daemon.stdin.write(b"password of the keyring")
        daemon.stdin.close()
        self._until(self._is_open)

    @staticmethod
    def _until(condition) -> None:
        deadline = time.monotonic() + SECONDS
        while not condition():
            if time.monotonic() > deadline:
                raise RuntimeError("the Secret Service does not start")
            time.sleep(0.05)

    def _is_open(self) -> bool:
        """The collection shows a moment before it is unlocked."""
        return "boolean false" in self._send("org.freedesktop.DBus.Properties.Get", "string:org.freedesktop.Secret.Collection", "string:Locked",
                                             path=f"{SERVICE}/collection/login")

    def stop_service(self) -> None:
        self._end(self._processes.pop())

    def silence(self) -> None:
        """It is there and takes what it is asked, but answers nothing more."""
        self._processes[-1].send_signal(signal.SIGSTOP)

    def listen(self) -> None:
        """From now on asked() knows."""
        if self._ears:
            self._end(self._ears)
        with (self.folder / "heard").open("wb") as heard:
            self._ears = self._start(["dbus-monitor", "--session", f"path_namespace='{SERVICE}'"], stdout=heard)
        self._processes.remove(self._ears)
        self._until(lambda: b"NameAcquired" in self._heard())

    def asked(self) -> bool:
        """Somebody has called a method of the Secret Service."""
        return b"method call" in self._heard()

    def _heard(self) -> bytes:
        return (self.folder / "heard").read_bytes()

    def lock(self) -> None:
        self._send("org.freedesktop.Secret.Service.Lock", f"array:objpath:{SERVICE}/collection/login")

    def items(self) -> list:
        """Paths of what signalbox keeps there."""
        answer = self._send("org.freedesktop.Secret.Service.SearchItems", "dict:string:string:server,signalbox")
        return re.findall(r'object path "([^"]+)"', answer)

    def _send(self, method: str, *arguments, path: str = SERVICE) -> str:
        done = subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets", path, method, *arguments],
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
        if self._ears:
            self._end(self._ears)
        while self._processes:
            self._end(self._processes.pop())
