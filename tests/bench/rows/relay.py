# SPDX-License-Identifier: GPL-3.0-or-later
"""Passes a TCP connection on and notes when something came from the server."""

import socket
import threading
import time


class Relay:
    """Listens on a free port of loopback, connects to `port` there. Use as a context manager."""

    def __init__(self, port: int, mark: bytes):
        self._target, self._mark = port, mark
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._sockets = [self._listener]
        self._marked = []  # when bytes with the mark came, before they were passed on
        threading.Thread(target=self._accept, daemon=True).start()

    def marks_since(self, moment: int) -> list:
        return [at for at in self._marked if at >= moment]

    def wait_until_quiet(self) -> None:
        """Until nothing was marked for a fifth of a second: late words of what was before are over."""
        while self.marks_since(time.monotonic_ns() - 200_000_000):
            time.sleep(0.05)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            self._sockets += [client, server]
            for source, sink, marks in ((client, server, False), (server, client, True)):
                source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._pass_on, args=(source, sink, marks), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, marks: bool) -> None:
        try:
            while data := source.recv(262144):
                if marks and self._mark in data:
                    self._marked.append(time.monotonic_ns())
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for one in self._sockets:
            one.close()
