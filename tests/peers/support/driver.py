# SPDX-License-Identifier: GPL-3.0-or-later
"""Talks to the SDK drivers of tests/peers/drivers (the conversation is in their README)."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time

from . import packages

SDKS = ("python", "go", "java")
CALL_SECONDS = 30
EVENT_SECONDS = 30  # the SDKs' own listen loops take 5 s, and they reconnect with a back-off
TRIES = 3


class CallFailed(Exception):
    """The SDK reported an error."""


class Driver:
    """One SDK in a process of its own. Use as a context manager; everything it wrote is removed at the end."""

    def __init__(self, sdk: str, jvm_options: tuple = ()):
        self.sdk = sdk
        command = packages.ALL[sdk]()
        if sdk == "java":
            command[1:1] = jvm_options
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="signalbox-peer-"))
        # The SDKs keep snapshots and logs in the home folder, and take settings from the environment.
        environment = {name: value for name, value in os.environ.items() if not name.lower().startswith("nacos")}
        environment.update(HOME=str(self.folder), LC_ALL="C.UTF-8", PYTHONDONTWRITEBYTECODE="1")
        self._errors = open(self.folder / "stderr", "w+", encoding="utf-8", errors="replace")
        self._process = subprocess.Popen(command + [str(self.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=self._errors, env=environment, cwd=self.folder)
        self._changed = threading.Condition()
        self._answers = {}
        self._events = []
        self._last_id = 0
        self._ended = False
        threading.Thread(target=self._read, daemon=True).start()
        self.version = self.wait_for(lambda e: e["event"] == "started")["sdk"]

    def _read(self) -> None:
        for line in self._process.stdout:
            try:
                document = json.loads(line)
            except ValueError:
                continue  # something the SDK printed by itself
            with self._changed:
                if "id" in document:
                    self._answers[document["id"]] = document
                else:
                    self._events.append(document)
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _wait(self, take, seconds: float, what: str):
        deadline = time.monotonic() + seconds
        with self._changed:
            while True:
                taken = take()
                if taken is not None:
                    return taken
                left = deadline - time.monotonic()
                if self._ended or left <= 0:
                    said = f"while waiting for {what}; events: {_short(self._events)}\n{self.errors()}"
                    if self._ended:
                        raise AssertionError(f"{self.sdk} SDK: ended {said}")
                    raise Unheard(f"{self.sdk} SDK: nothing after {seconds:g} s {said}")
                self._changed.wait(left)

    def errors(self) -> str:
        """The end of what the SDK said on standard error."""
        self._errors.flush()
        return (self.folder / "stderr").read_text(encoding="utf-8", errors="replace")[-2000:]

    def call(self, operation: str, seconds: float = CALL_SECONDS, **members) -> dict:
        """Sends one command and returns its answer; raises CallFailed when the SDK refuses."""
        with self._changed:
            self._last_id += 1
            number = self._last_id
        line = json.dumps(dict(members, id=number, op=operation)) + "\n"
        try:
            self._process.stdin.write(line.encode("utf-8"))
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise AssertionError(f"{self.sdk} SDK: ended: {self.errors()}") from error
        answer = self._wait(lambda: self._answers.pop(number, None), seconds, f"the answer to {operation}")
        if "error" in answer:
            raise CallFailed(answer["error"])
        return answer

    def wait_for(self, wanted, seconds: float = EVENT_SECONDS) -> dict:
        """The first event (of those not yet taken) for which wanted(event) is true; it and all before it are taken."""
        def take():
            for index, event in enumerate(self._events):
                if wanted(event):
                    del self._events[:index + 1]
                    return event
            return None
        return self._wait(take, seconds, "an event")

    def close(self) -> None:
        try:
            self._process.stdin.write(b'{"id":0,"op":"quit"}\n')
            self._process.stdin.close()
            self._process.wait(5)
        except (OSError, subprocess.TimeoutExpired):
            pass
        finally:
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            self._errors.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _short(events: list) -> str:
    return ", ".join(json.dumps(e, ensure_ascii=False)[:200] for e in events[-5:]) or "none"


class Unheard(AssertionError, TimeoutError):
    """Nothing came in time."""


class Client:
    """One configuration client of a driver: an account in a namespace."""

    def __init__(self, driver: Driver, server, namespace: str = "", name: str = "main", password=None):
        self.driver = driver
        self.name = name
        account = {"user": server.user, "password": password or server.password} if server.password is not None else {}
        driver.call("connect", client=name, server=server.address, namespace=namespace, folder=str(driver.folder), **account)

    def get(self, data_id: str, group: str = "DEFAULT_GROUP"):
        return self.driver.call("get", client=self.name, dataId=data_id, group=group)["content"]

    def publish(self, data_id: str, content: str, group: str = "DEFAULT_GROUP", **members) -> bool:
        return self.driver.call("publish", client=self.name, dataId=data_id, group=group, content=content, **members)["done"]

    def remove(self, data_id: str, group: str = "DEFAULT_GROUP") -> bool:
        return self.driver.call("remove", client=self.name, dataId=data_id, group=group)["done"]

    def listen(self, data_id: str, group: str = "DEFAULT_GROUP") -> None:
        self.driver.call("listen", client=self.name, dataId=data_id, group=group)

    def hears(self, data_id: str, write, content: str) -> str:
        """Calls write(content) and waits until the listener of data_id was called with it; returns the content heard.

        The Go SDK loses a listener, until its next full comparison minutes later, when it is added while the SDK waits for
        the answer to another one's registration. So an unheard change is followed by listening again and another change.
        A registry that doesn't push is found all the same: it is never heard.
        """
        for attempt in range(1, TRIES + 1):
            text = content if attempt == 1 else f"{content} ({attempt})"
            write(text)
            try:
                self.wait_for_content(data_id, text)
                return text
            except Unheard:
                if attempt == TRIES:
                    raise
                print(f"{self.driver.version}: {data_id}: not heard, trying again", flush=True)
                self.listen(data_id)

    def wait_for_content(self, data_id: str, content: str, seconds: float = EVENT_SECONDS) -> None:
        """Until the listener of data_id was called with content."""
        self.driver.wait_for(lambda e: e["event"] == "changed" and e["client"] == self.name and e["dataId"] == data_id
                             and e["content"] == content, seconds)
