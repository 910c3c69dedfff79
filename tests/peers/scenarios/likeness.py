#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same requests to a real Nacos 3.1 server and to our practice registry: status, kind of answer and every member have
to be the same, but what differs from run to run (ids, times, addresses) and the differences named in EXPECTED."""

import hashlib
import http.client
import json
import pathlib
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from support.scenario import main  # noqa: E402
from support.servers import RealNacos, Sandbox  # noqa: E402

VARYING = {"timestamp", "accessToken", "id", "lastModified", "lastRefreshTime", "createIp", "srcIp"}
MOMENTS = {"createTime", "modifyTime"}
CONSTANT = (0, 1273017600000)  # where the real server tells no time

# Steps that differ, and why.
EXPECTED = {
    "tag stop": "the real server fails to delete a gray version by its tag; ours does what the interface promises",
    "list, pattern not said to be one": "the real server refuses a star unless search=blur is said, which is the default",
    "bad bearer": "the sentence about what is wrong with a token depends on the library that reads it",
}


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def key(data_id: str = "a.yaml", group: str = "G", namespace: str = "public", **more) -> list:
    identity = [("dataId", data_id), ("groupName", group), ("namespaceId", namespace)]
    return [pair for pair in identity if pair[1] is not None] + list(more.items())


class Target:
    """One server, asked as bluntly as curl would."""

    def __init__(self, server):
        self._ports = {"main": server.port, "console": server.console_port}
        answer = self.ask(Step("login", "main", "POST", "/v3/auth/user/login", form=[("username", server.user), ("password", server.password)],
                               login=False))
        self.token = answer["raw"]["accessToken"]

    def ask(self, step) -> dict:
        headers = dict(step.headers)
        if step.login:
            headers["accessToken"] = self.token
        query = step.query(self) if callable(step.query) else step.query
        path = ("/nacos" if step.plane == "main" else "") + step.path
        if query:
            path += "?" + urllib.parse.urlencode(query)
        body = None
        if step.form is not None:
            body = urllib.parse.urlencode(step.form)
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        connection = http.client.HTTPConnection("127.0.0.1", self._ports[step.plane], timeout=30)
        connection.request(step.method, path, body=body, headers=headers)
        response = connection.getresponse()
        content = response.read()
        kind = response.getheader("Content-Type", "").split(";")[0]
        connection.close()
        try:
            raw = json.loads(content)
        except ValueError:
            raw = content.decode("utf-8", "replace")
        return {"status": response.status, "kind": kind, "body": steady(raw), "raw": raw}

    def value(self, path: str, query: list, *members):
        found = self.ask(Step("value", "main", "GET", path, query=query))["raw"]["data"]
        for member in members:
            found = found[member]
        return found


class Step:
    def __init__(self, name, plane, method, path, query=None, form=None, headers=None, login=True):
        self.name, self.plane, self.method, self.path = name, plane, method, path
        self.query, self.form, self.headers, self.login = query or [], form, headers or {}, login


def steady(value, name: str = ""):
    """What is left of an answer when everything is taken out that differs from run to run."""
    if isinstance(value, dict):
        return {member: steady(inner, member) for member, inner in value.items()}
    if isinstance(value, list):
        return [steady(item) for item in value]
    if name in VARYING or (name in MOMENTS and value not in CONSTANT):
        return f"<{type(value).__name__}>"
    if name in ("extInfo", "grayRule", "gray_rule") and isinstance(value, str) and value.startswith("{"):
        return steady(json.loads(value))
    return value


def configurations(plane: str, base: str) -> list:
    config, history, data_id = base + "/cs/config", base + "/cs/history", plane + ".yaml"
    batch = config + ("/batch" if plane == "main" else "/batchDelete")
    admin, rows = "/v3/admin/cs/config", "/v3/admin/cs/history/list"

    def step(name, method, path, query=None, **more):
        return Step(name, plane, method, path, query=query, **more)

    def publish(name, fields, **headers):
        return step(name, "POST", config, form=fields, headers=headers)

    def with_id(target):
        return key(data_id) + [("id", target.value(admin, key(data_id), "id"))]

    def with_nid(index, of=data_id):
        return lambda target: key(of) + [("nid", target.value(rows, key(data_id, pageNo="1", pageSize="50"), "pageItems", index, "id"))]

    def with_ids(*data_ids):
        return lambda target: [("ids", ",".join(target.value(admin, key(d), "id") for d in data_ids))]

    long_texts = {"configTags": "a,b,c,d,e,f", "desc": "d" * 129, "use": "u" * 33, "effect": "e" * 33, "schema": "s" * 32769, "tag": "t" * 17}
    return [
        step("absent", "GET", config, key(data_id)),
        publish("create", key(data_id, content="x: 1\n", type="yaml", appName="app", configTags="t1,t2", desc="words", srcUser="joe")),
        step("detail", "GET", config, key(data_id)),
        step("namespace left out", "GET", config, key(data_id, namespace=None)),
        step("group left out", "GET", config, [("dataId", data_id)]),
        step("data id left out", "GET", config, [("groupName", "G")]),
        step("data id empty", "GET", config, key("")),
        step("bad data id", "GET", config, key("a b")),
        step("Chinese data id", "GET", config, key("中文")),
        step("long data id", "GET", config, key("a" * 257)),
        step("bad group", "GET", config, key(data_id, group="g/g")),
        step("bad namespace", "GET", config, key(data_id, namespace="n.n")),
        step("unknown namespace", "GET", config, key(data_id, namespace="nowhere")),
        publish("same again", key(data_id, content="x: 1\n", type="yaml")),
        step("description gone, author new", "GET", config, key(data_id)),
        publish("change", key(data_id, content="x: 2\n", type="yaml", desc="second")),
        publish("stale comparison", key(data_id, content="x: 3\n"), casMd5="abc"),
        publish("right comparison", key(data_id, content="x: 3\n"), casMd5=md5("x: 2\n")),
        step("type left out is text", "GET", config, key(data_id)),
        publish("comparison with nothing creates", key("cas-" + data_id, content="x"), casMd5="abc"),
        publish("content left out", key(data_id)),
        publish("content blank", key(data_id, content="  \n")),
        publish("unknown type", key("type-" + data_id, content="x", type="weird")),
        step("unknown type is text", "GET", config, key("type-" + data_id)),
        *[publish(f"too much {name}", key(data_id, content="x", **{name: value})) for name, value in long_texts.items()],
        publish("into an unknown namespace", key(data_id, namespace="ghost", content="x")),
        publish("encrypted", key("cipher-" + data_id, content="AAAA", encryptedDataKey="KEY")),
        step("encrypted detail", "GET", config, key("cipher-" + data_id)),
        step("list", "GET", config + "/list", [("dataId", "*" + data_id), ("groupName", ""), ("namespaceId", "public"), ("search", "blur")]),
        step("list exactly", "GET", config + "/list", [("dataId", data_id), ("groupName", ""), ("search", "accurate")]),
        step("list by tag", "GET", config + "/list", [("dataId", data_id), ("groupName", ""), ("configTags", "t1"), ("search", "blur")]),
        step("list, pattern not said to be one", "GET", config + "/list", [("dataId", "*x"), ("groupName", "")]),
        step("list, page 0", "GET", config + "/list", [("dataId", ""), ("groupName", ""), ("pageNo", "0")]),
        step("list beyond the end", "GET", config + "/list", [("dataId", data_id), ("groupName", ""), ("pageNo", "7"), ("pageSize", "2")]),
        step("history", "GET", history + "/list", key(data_id, pageNo="1", pageSize="100")),
        step("history of nothing", "GET", history + "/list", key("never")),
        step("history row", "GET", history, with_nid(0)),
        step("oldest history row", "GET", history, with_nid(-1)),
        step("no such history row", "GET", history, key(data_id, nid="99999999")),
        step("history row, no number", "GET", history, key(data_id, nid="x")),
        step("history row, number left out", "GET", history, key(data_id)),
        step("history row of another", "GET", history, with_nid(0, "zzz")),
        step("previous", "GET", history + "/previous", with_id),
        step("previous of nothing", "GET", history + "/previous", key(data_id, id="12")),
        step("configurations of a namespace", "GET", history + "/configs", [("namespaceId", "ghost")]),
        step("configurations of none", "GET", history + "/configs"),
        step("listeners", "GET", config + "/listener", key(data_id)),
        step("no beta", "GET", config + "/beta", key(data_id)),
        publish("beta", key(data_id, content="beta"), betaIps="1.1.1.1,2.2.2.2"),
        step("beta detail", "GET", config + "/beta", key(data_id)),
        step("formal beside beta", "GET", config, key(data_id)),
        step("history of beta", "GET", history + "/list", key(data_id, pageNo="1", pageSize="1")),
        step("history row of beta", "GET", history, with_nid(0)),
        step("stop beta", "DELETE", config + "/beta", key(data_id)),
        step("stop no beta", "DELETE", config + "/beta", key(data_id)),
        publish("tag", key(data_id, content="tagged", tag="blue")),
        step("tag stop", "DELETE", config, key(data_id, tag="blue")),
        step("delete", "DELETE", config, key(data_id)),
        step("delete nothing", "DELETE", config, key(data_id)),
        step("delete, bad data id", "DELETE", config, key("a b")),
        step("history row of the deleted", "GET", history, with_nid(0)),
        step("delete several", "DELETE", batch, with_ids("type-" + data_id, "cas-" + data_id)),
        step("delete several, none named", "DELETE", batch),
        step("delete several, no number", "DELETE", batch, [("ids", "x")]),
        step("delete several, unknown", "DELETE", batch, [("ids", "12")]),
        step("wrong method", "PATCH", config),
        step("not logged in", "GET", config, key(data_id), login=False),
        step("bad token", "GET", config, key(data_id), headers={"accessToken": "abc"}, login=False),
        step("bad bearer", "GET", config, key(data_id), headers={"Authorization": "Bearer abc.def.ghi"}, login=False),
        step("wrong password in the request", "GET", config, key(data_id, username="nacos", password="no"), login=False),
        step("unknown path", "GET", base + "/cs/nothing"),
        step("clean up", "DELETE", config, key("cipher-" + data_id)),
        step("clean up ghost", "DELETE", config, key(data_id, namespace="ghost")),
    ]


def namespaces(plane: str, base: str) -> list:
    path, name_of_id = base + "/core/namespace", "namespaceId" if plane == "main" else "customNamespaceId"
    identifier = "dev-" + plane
    probe = ("/check", "namespaceId") if plane == "main" else ("/exist", "customNamespaceId")

    def create(name, *fields):
        return Step(name, plane, "POST", path, form=list(fields))

    return [
        create("create namespace", (name_of_id, identifier), ("namespaceName", "Dev"), ("namespaceDesc", "d")),
        create("create namespace again", (name_of_id, identifier), ("namespaceName", "Dev")),
        create("create public", (name_of_id, "public"), ("namespaceName", "x")),
        create("namespace without a name", (name_of_id, "x1")),
        create("namespace with a bad id", (name_of_id, "a b"), ("namespaceName", "x")),
        create("namespace with a bad name", (name_of_id, "x2"), ("namespaceName", "a#b")),
        Step("namespace", plane, "GET", path, [("namespaceId", identifier)]),
        Step("public", plane, "GET", path, [("namespaceId", "public")]),
        Step("no namespace", plane, "GET", path, [("namespaceId", "nope")]),
        Step("which namespace", plane, "GET", path),
        Step("rename", plane, "PUT", path, [("namespaceId", identifier), ("namespaceName", "Dev 2")]),
        Step("renamed", plane, "GET", path, [("namespaceId", identifier)]),
        *[Step(f"exists {value}", plane, "GET", path + probe[0], [(probe[1], value)]) for value in (identifier, "nope", "public")],
        Step("delete namespace", plane, "DELETE", path, [("namespaceId", identifier)]),
        Step("delete namespace again", plane, "DELETE", path, [("namespaceId", identifier)]),
        Step("namespaces", plane, "GET", path + "/list"),
        Step("namespaces, not logged in", plane, "GET", path + "/list", login=False),
    ]


def logins(plane: str) -> list:
    path = "/v3/auth/user/login"

    def login(name, *fields, where=path):
        return Step(name, plane, "POST", where, form=list(fields), login=False)

    steps = [
        login("wrong password", ("username", "nacos"), ("password", "no")),
        login("unknown user", ("username", "nobody"), ("password", "no")),
        login("no credentials"),
        Step("first administrator again", plane, "POST", "/v3/auth/user/admin", form=[("password", "x")], login=False),
        Step("roles", plane, "GET", "/v3/auth/role/list", [("pageNo", "1"), ("pageSize", "10"), ("search", "accurate")]),
    ]
    if plane == "main":
        steps += [login("old wrong password", ("username", "nacos"), ("password", "no"), where="/v1/auth/users/login")]
    return steps


def older() -> list:
    old = [("dataId", "old.yaml"), ("group", "G")]
    configs = "/v1/cs/configs"

    def step(name, method, path, query=None, **more):
        return Step(name, "main", method, path, query=query, **more)

    def listen(name, item, **headers):
        return step(name, "POST", configs + "/listener", form=[("Listening-Configs", item)], headers=headers)

    item = "\x02".join(("old.yaml", "G", "{}")) + "\x01"
    return [
        step("old absent", "GET", configs, old),
        step("old create", "POST", configs, form=old + [("content", "w: 1"), ("type", "yaml")]),
        step("old content left out", "POST", configs, form=old),
        step("old stale comparison", "POST", configs, form=old + [("content", "w: 2")], headers={"casMd5": "x"}),
        step("old too long", "POST", configs, form=old + [("content", "w"), ("desc", "d" * 129)]),
        step("old group left out", "GET", configs, old[:1]),
        step("old tag", "GET", configs, old + [("tag", "blue")]),
        listen("old listen, changed", item.format("stale"), **{"Long-Pulling-Timeout": "1000"}),
        listen("old listen, the same", item.format(md5("w: 1")), **{"Long-Pulling-Timeout": "1000"}),
        listen("old compare", item.format("stale")),
        step("old delete", "DELETE", configs, old),
        step("old wrong method", "PUT", configs, old),
        step("well", "GET", "/v1/ns/operator/metrics", login=False),
        step("SDK read, absent", "GET", "/v3/client/cs/config", key("nope")),
        step("SDK read, data id left out", "GET", "/v3/client/cs/config", [("groupName", "G")]),
        step("SDK write", "POST", "/v3/client/cs/config", form=key(content="x")),
    ]


class Likeness(unittest.TestCase):
    @staticmethod
    def asked(targets: list, step) -> list:
        """What both answer; reading and listening are repeated while they differ: the real server answers a moment behind a write."""
        reads = step.method == "GET" or step.path.endswith("/listener")
        deadline = time.monotonic() + (10 if reads and step.name not in EXPECTED else 0)
        while True:
            answers = [target.ask(step) for target in targets]
            for answer in answers:
                del answer["raw"]
            if answers[0] == answers[1] or time.monotonic() > deadline:
                return answers
            time.sleep(0.2)

    def test_answers_are_the_same(self):
        steps = []
        for plane, base in (("main", "/v3/admin"), ("console", "/v3/console")):
            steps += configurations(plane, base) + namespaces(plane, base) + logins(plane)
        steps += older()
        with RealNacos() as real, Sandbox(login=True) as ours:
            targets = [Target(real), Target(ours)]
            for step in steps:
                with self.subTest(step=step.name, plane=step.plane):
                    answers = self.asked(targets, step)
                    if step.name in EXPECTED:
                        self.assertNotEqual(answers[0], answers[1], "it is the same by now: " + EXPECTED[step.name])
                    else:
                        self.assertEqual(answers[0], answers[1])


if __name__ == "__main__":
    main()
