#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unmodified SDKs against a registry: every test runs for each SDK asked for with --sdk, and the last ones across SDKs."""

import functools
import hashlib
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from support.driver import TRIES, CallFailed, Client, Driver, Unheard  # noqa: E402
from support.nacosapi import NacosApi  # noqa: E402
from support.scenario import BLUE, OPTIONS, Scenario, main  # noqa: E402

CHINESE = "\n".join(f"# 第 {n} 段：配置中心的中文内容，含标点「」与生僻字 𠮷" for n in range(200))
CONTENTS = {
    "plain.txt": "one line",
    "chinese.txt": CHINESE,
    "crlf.properties": "a=1\r\nb=2\r\n\r\nc=3\r\n",
    "trailing.yaml": "a: 1\n\n\n",
    "leading.txt": "\t  indented\u00a0and odd \u2028 separators",
    "json.json": '{"quotes":"\\"\\\\","unicode":"\\u4e2d","nested":{"a":[1,2,3]}}',
    "markup.xml": "<a b='&amp;%20+'>&lt;中&gt;</a>",
    "large.txt": "0123456789abcdef" * 65536,
}


def md5(content: str) -> str:
    return hashlib.md5(content.encode("utf-8")).hexdigest()


def attempt(publish) -> bool:
    """What publish() answers; a refusal is False for some SDKs and an error for others."""
    try:
        return publish()
    except CallFailed:
        return False


def each_sdk(test):
    """Runs the test for every SDK: test(self, sdk, client of the public namespace)."""
    @functools.wraps(test)
    def run(self):
        for sdk, client in self.clients.items():
            with self.subTest(sdk=sdk):
                test(self, sdk, client)
    return run


class Sdks(Scenario):
    drivers = {}
    clients = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.api.create_namespace(BLUE)
        cls.drivers, cls.clients = {}, {}
        for sdk in OPTIONS.sdk:
            driver = Driver(sdk)
            cls.addClassCleanup(driver.close)
            cls.drivers[sdk] = driver
            cls.clients[sdk] = Client(driver, cls.server)
            print(driver.version, flush=True)

    @each_sdk
    def test_absent_is_not_an_error(self, sdk, client):
        self.assertIsNone(client.get(f"absent-{sdk}"))

    @each_sdk
    def test_contents_survive_byte_for_byte(self, sdk, client):
        for name, content in CONTENTS.items():
            data_id = f"{sdk}-{name}"
            self.assertTrue(client.publish(data_id, content, group="CONTENTS"), name)
            self.eventually(lambda: client.get(data_id, "CONTENTS"), content)
            self.eventually(lambda: self.api.content(data_id, "CONTENTS"), content)
            self.assertEqual(self.api.detail(data_id, "CONTENTS")["md5"], md5(content))

    @each_sdk
    def test_type_is_kept(self, sdk, client):
        client.publish(f"{sdk}-typed", "a: 1", type="yaml")
        self.eventually(lambda: (self.api.detail(f"{sdk}-typed") or {}).get("type"), "yaml")

    @each_sdk
    def test_remove(self, sdk, client):
        data_id = f"{sdk}-removed"
        client.publish(data_id, "soon gone")
        self.eventually(lambda: client.get(data_id), "soon gone")
        self.assertTrue(client.remove(data_id))
        self.eventually(lambda: client.get(data_id), None)
        self.assertIsNone(self.api.detail(data_id))

    @each_sdk
    def test_compare_and_set(self, sdk, client):
        data_id = f"{sdk}-cas"
        client.publish(data_id, "v1")
        self.eventually(lambda: client.get(data_id), "v1")
        self.assertTrue(client.publish(data_id, "v2", casMd5=md5("v1")))
        self.eventually(lambda: client.get(data_id), "v2")
        self.assertFalse(attempt(lambda: client.publish(data_id, "v3", casMd5=md5("v1"))))
        self.assertEqual(self.api.content(data_id), "v2")

    @each_sdk
    def test_listener_sees_changes_from_outside(self, sdk, client):
        data_id = f"{sdk}-watched"
        client.publish(data_id, "v0")
        self.eventually(lambda: client.get(data_id), "v0")
        client.listen(data_id)
        for content in ("v1", "第二版", "v3\r\n"):
            client.hears(data_id, lambda text: self.api.publish(data_id, text), content)

    @each_sdk
    def test_listener_sees_creation_and_recreation(self, sdk, client):
        data_id = f"{sdk}-not-yet"
        client.listen(data_id)
        client.hears(data_id, lambda text: self.api.publish(data_id, text), "born")
        self.api.remove(data_id)
        self.eventually(lambda: client.get(data_id), None)
        client.hears(data_id, lambda text: self.api.publish(data_id, text), "born again")

    @each_sdk
    def test_other_namespace_is_apart(self, sdk, client):
        data_id = f"{sdk}-apart"
        blue = Client(self.drivers[sdk], self.server, BLUE, name=f"{sdk}-blue")
        blue.listen(data_id)
        heard = blue.hears(data_id, lambda text: self.assertTrue(blue.publish(data_id, text)), "blue")
        self.assertIsNone(client.get(data_id))
        self.assertTrue(client.publish(data_id, "public"))
        self.eventually(lambda: client.get(data_id), "public")
        self.eventually(lambda: blue.get(data_id), heard)
        self.eventually(lambda: self.api.content(data_id, namespace=BLUE), heard)
        blue.hears(data_id, lambda text: self.api.publish(data_id, text, namespace=BLUE), "blue 2")

    @each_sdk
    def test_many_listeners_on_one_connection(self, sdk, client):
        waiting = {f"{sdk}-many-{n}" for n in range(40)}
        for name in waiting:
            client.listen(name)
        for attempt in range(2 * TRIES):
            for name in waiting:
                self.api.publish(name, f"content {attempt} of {name}")
            try:
                while waiting:
                    event = client.driver.wait_for(lambda e: e["event"] == "changed" and e["dataId"] in waiting, seconds=12)
                    self.assertTrue(event["content"].endswith(f" of {event['dataId']}"))
                    waiting.remove(event["dataId"])
                return
            except Unheard:
                for name in waiting:
                    client.listen(name)
                print(f"{client.driver.version}: {len(waiting)} not heard, trying again", flush=True)
        self.fail(f"never heard: {sorted(waiting)}")

    def test_wrong_password_is_refused(self):
        if self.server.password is None:
            return  # nothing asks for one
        self.api.publish("guarded", "not for everyone")
        for sdk in self.drivers:
            with self.subTest(sdk=sdk):
                self.assertFalse(attempt(lambda: Client(self.drivers[sdk], self.server, name="intruder", password="wrong")
                                         .publish("guarded", "mine now")))
                self.assertEqual(self.api.content("guarded"), "not for everyone")

    def test_what_one_writes_the_others_read_and_hear(self):
        for namespace in self.namespaces_of_all():
            clients = {sdk: Client(driver, self.server, namespace, name=f"across {namespace}") for sdk, driver in self.drivers.items()}
            for client in clients.values():
                client.listen("shared")
            for writer, by in clients.items():
                for reader, client in clients.items():
                    with self.subTest(namespace=namespace, writer=writer, reader=reader):
                        heard = client.hears("shared", lambda text, by=by: self.assertTrue(by.publish("shared", text)),
                                             f"written by {writer} 写入 for {reader}")
                        self.eventually(lambda client=client: client.get("shared"), heard)

    def test_z_listeners_recover_after_a_restart(self):
        """Runs last (by name). The registry is killed; what was acknowledged is there again, and listeners work by themselves."""
        if OPTIONS.target == "nacos":
            return  # a fact about our registry
        kept = {}
        for sdk, client in self.clients.items():
            client.listen(f"{sdk}-durable")
            kept[sdk] = client.hears(f"{sdk}-durable", lambda text, sdk=sdk: self.api.publish(f"{sdk}-durable", text), "before")
        self.server.restart(sig=9)
        api = NacosApi(self.server)
        for sdk, client in self.clients.items():
            with self.subTest(sdk=sdk):
                self.assertEqual(api.content(f"{sdk}-durable"), kept[sdk])
                client.hears(f"{sdk}-durable", lambda text, sdk=sdk: api.publish(f"{sdk}-durable", text), "after")
                self.assertTrue(client.publish(f"{sdk}-durable", "and on"))
                self.eventually(lambda: api.content(f"{sdk}-durable"), "and on")


if __name__ == "__main__":
    main()
