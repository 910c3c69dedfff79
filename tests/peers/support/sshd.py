# SPDX-License-Identifier: GPL-3.0-or-later
"""An unmodified OpenSSH server of this user on loopback, with keys of its own, and the `ssh` on PATH that knows only it."""

import getpass
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

from .paths import Unavailable
from .servers import _end_with_parent

SECONDS = 30
PRIVILEGE_FOLDER = pathlib.Path("/run/sshd")  # where root's sshd wants to be


def _program(name: str) -> str:
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if not found:
        raise Unavailable(f"{name} is not installed (packages openssh-server, openssh-client)")
    return found


class Sshd:
    """Use as a context manager. Jump hosts for ssh: `bastion` works; `odd` is the same with everything in its configuration that makes
    an ssh behave otherwise; `closed` forwards nothing; `denied`, `stranger`, `changed` and `down` are what their names say."""

    def __init__(self):
        self._sshd, self._ssh, self._keygen = _program("sshd"), _program("ssh"), _program("ssh-keygen")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="signalbox-sshd-"))
        self.port = 0
        self._process = None
        self._made_privilege_folder = False
        for key in ("host", "other-host", "user", "closed-user", "unknown-user"):
            subprocess.run([self._keygen, "-q", "-t", "ed25519", "-N", "", "-C", key, "-f", self.folder / key], check=True)

    @property
    def path(self) -> str:
        """A PATH that begins with that ssh."""
        return f"{self.folder / 'bin'}:{os.environ['PATH']}"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")

    def _public(self, key: str) -> str:
        return (self.folder / f"{key}.pub").read_text()

    def __enter__(self) -> "Sshd":
        (self.folder / "authorized").write_text(self._public("user") + "restrict " + self._public("closed-user"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            nobody = probe.getsockname()[1]
        (self.folder / "sshd_config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {self.folder / 'host'}\nPidFile none\nUsePAM no\nStrictModes no\n"
            f"AuthorizedKeysFile {self.folder / 'authorized'}\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
            f"PermitRootLogin prohibit-password\nLogLevel DEBUG\n")
        known = f"[127.0.0.1]:{self.port}"
        (self.folder / "known").write_text(f"{known} {self._public('host')}")
        (self.folder / "changed").write_text(f"{known} {self._public('other-host')}")
        (self.folder / "empty").write_text("")
        hosts = (("bastion", "user", "known", self.port), ("odd", "user", "known", self.port), ("closed", "closed-user", "known", self.port),
                 ("denied", "unknown-user", "known", self.port), ("stranger", "user", "empty", self.port),
                 ("changed", "user", "changed", self.port), ("down", "user", "known", nobody))
        config = "".join(f"Host {name}\n HostName 127.0.0.1\n Port {port}\n IdentityFile {self.folder / key}\n"
                         f" UserKnownHostsFile {self.folder / file}\n" for name, key, file, port in hosts)
        # Nobody listens where it forwards to, and it may not take the ports of others.
        odd = (f"IgnoreUnknown UseKeychain,ForkAfterAuthentication,StdinNull,SessionType\nHost odd\n UseKeychain yes\n"
               f" ForkAfterAuthentication yes\n StdinNull yes\n SessionType subsystem\n RemoteCommand true\n RequestTTY force\n"
               f" ControlMaster auto\n ControlPath {self.folder / 'own'}\n ControlPersist 600\n LogLevel QUIET\n"
               f" LocalForward {self.folder / 'forwarded'} 127.0.0.1:{nobody}\n PermitLocalCommand yes\n"
               f" LocalCommand touch {self.folder / 'ran'}\n ForwardAgent yes\n Compression yes\n")
        (self.folder / "config").write_text(
            odd + config + f"Host *\n User {getpass.getuser()}\n IdentitiesOnly yes\n IdentityAgent none\n GlobalKnownHostsFile /dev/null\n")
        # The program itself is the system's; only whose configuration it reads is chosen here.
        wrapper = self.folder / "bin" / "ssh"
        wrapper.parent.mkdir()
        wrapper.write_text(f'#!/bin/sh\nexec {self._ssh} -F {self.folder / "config"} "$@"\n')
        wrapper.chmod(0o755)
        if os.geteuid() == 0 and not PRIVILEGE_FOLDER.exists():
            PRIVILEGE_FOLDER.mkdir(mode=0o755)
            self._made_privilege_folder = True
        self.start()
        return self

    def start(self) -> None:
        with open(self.folder / "log", "ab") as log:
            self._process = subprocess.Popen([self._sshd, "-D", "-e", "-f", self.folder / "sshd_config"], stdin=subprocess.DEVNULL,
                                             stdout=log, stderr=log, preexec_fn=_end_with_parent)
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 5).close()
                return
            except OSError as error:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"sshd does not start: {error}\n{self.log[-2000:]}") from error
                time.sleep(0.05)

    def kill(self) -> None:
        """With every connection, as when the machine is gone."""
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self._process.pid)], capture_output=True, check=False).stdout.split()
        self._process.kill()
        self._process.wait()
        for child in children:
            try:
                os.kill(int(child), 9)
            except ProcessLookupError:
                pass

    def __exit__(self, *_):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._made_privilege_folder:
            shutil.rmtree(PRIVILEGE_FOLDER, ignore_errors=True)
