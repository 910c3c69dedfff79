#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listing configurations."""

import threading

from case import DONE, PARTLY, USAGE, CtlCase, main

ITEM = {"dataId", "group", "namespace", "type", "app", "tags", "md5", "size", "changedAt", "changedBy", "gray", "address"}


class Lists(CtlCase):
    def test_list(self):
        for number in range(3):
            self.given(f"list-{number}.yaml", f"n: {number}", group="LIST", type="yaml", appName="shop", configTags="blue")
        self.given("list-other", "needle in it", group="LIST", type="text")
        items = self.check_list(self.json("config", "list", "--group", "LIST"))
        self.assertEqual([i["dataId"] for i in items], sorted(i["dataId"] for i in items))
        self.assertEqual(len(items), 4)
        for item in items:
            self.assertLessEqual(ITEM, set(item))
            self.assertIsNone(item["tags"])  # lists do not tell them
        for line in self.run_ctl("config", "list", "--group", "LIST").output.decode().splitlines():
            self.assertEqual(line, line.rstrip())
        cut = self.json("config", "list", "--group", "LIST", "--limit", "2")
        self.assertEqual((len(self.check_list(cut, complete=False)), cut["total"]), (2, 4))
        for options, wanted in ((("--data-id", "list-*.yaml"), 3), (("--data-id", "list-1.yaml"), 1), (("--app", "shop"), 3), (("--type", "text"), 1),
                                (("--tags", "blue"), 3), (("--content", "needle"), 1), (("--data-id", "nothing-*"), 0)):
            with self.subTest(options):
                self.assertEqual(len(self.check_list(self.json("config", "list", "--group", "LIST", *options))), wanted)
        self.assertIn("list-other", self.run_ctl("config", "list", "--group", "LIST").output.decode())
        for wrong in ("nonsense", "YAML", ""):
            error = self.error("config", "list", "--type", wrong, code=USAGE, kind="Usage")
            self.assertEqual(error["message"], f'--type takes text, json, xml, yaml, html, properties, toml, not "{wrong}"')

    def test_list_is_complete_and_of_every_namespace(self):
        self.api.create_namespace("list-many")
        for number in range(1203):
            self.given(f"n-{number:04}", f"{number}", namespace="list-many")
        items = self.check_list(self.json("--namespace", "list-many", "config", "list"))
        self.assertEqual(len({i["dataId"] for i in items}), 1203)
        everywhere = self.check_list(self.json("config", "list", "--all-namespaces", "--data-id", "n-000*"))
        self.assertEqual({i["namespace"] for i in everywhere}, {"list-many"})
        self.assertEqual(len(everywhere), 10)

    def test_a_list_read_while_others_delete_has_what_stays(self):
        """Rows move up from page to page meanwhile: none that stays may be passed over, or be remembered as deleted."""
        space = "list-moving"
        self.api.create_namespace(space)
        stays, goes = [f"stays-{n:04}" for n in range(1600)], [f"goes-{n:04}" for n in range(800)]
        for name in goes + stays:
            self.given(name, name, namespace=space)
        self.check_list(self.json("--namespace", space, "config", "list"))  # remembered

        def delete(part: list) -> None:
            for name in part:
                self.api.remove(name, namespace=space)

        threads = [threading.Thread(target=delete, args=(goes[i::4],)) for i in range(4)]
        for thread in threads:
            thread.start()
        lists = 0
        while any(thread.is_alive() for thread in threads) or lists == 0:
            document = self.ctl("--json", "--namespace", space, "config", "list")
            self.assertIn(document.code, (DONE, PARTLY), str(document))
            self.assertIs(document.json["complete"], document.code == DONE)
            self.assertEqual("notes" in document.json, document.code == PARTLY)
            if document.code == DONE:
                self.assertLessEqual(set(stays), {i["dataId"] for i in document.json["items"]})
            lists += 1
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(i["dataId"] for i in self.check_list(self.json("--namespace", space, "config", "list"))), stays)


class MayNotListNamespaces(CtlCase):
    """Everywhere is then where the connection knows to be."""

    options = ("--fault", "deny:/nacos/v3/admin/core/namespace/list", "--fault", "deny:/v3/console/core/namespace/list")

    def test_every_namespace_is_those_of_the_connection(self):
        self.given("here", "1")
        told = self.run_ctl("--json", "config", "list", "--all-namespaces")
        self.assertEqual({i["dataId"] for i in self.check_list(told.json)}, {"here"})
        self.assertEqual(told.json["notes"], ["the account may not list namespaces: these are of public"])


if __name__ == "__main__":
    main()
