# SPDX-License-Identifier: GPL-3.0-or-later
"""The v3 HTTP interface of a registry, as far as the peer tests use it: a second, plain witness of what really happened."""

import json
import urllib.error
import urllib.parse
import urllib.request


class NacosApi:
    """Admin calls with the server's own account (or none). Namespace "" is public."""

    def __init__(self, server):
        self._base = f"{server.http}/nacos/v3"
        self._token = None
        if server.password is not None:
            login = self._request("POST", "/auth/user/login", {"username": server.user, "password": server.password})
            self._token = login["accessToken"]

    def _request(self, method: str, path: str, parameters: dict, headers: dict = None):
        encoded = urllib.parse.urlencode(parameters)
        request = urllib.request.Request(self._base + path, method=method, headers=headers or {})
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        if method == "POST":
            request.data = encoded.encode("ascii")
        elif encoded:
            request.full_url += "?" + encoded
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20) as answer:
            return json.loads(answer.read())

    @staticmethod
    def _key(data_id: str, group: str, namespace: str) -> dict:
        return {"dataId": data_id, "groupName": group, "namespaceId": namespace}

    def publish(self, data_id: str, content: str, group: str = "DEFAULT_GROUP", namespace: str = "", **attributes) -> None:
        answer = self._request("POST", "/admin/cs/config", {**self._key(data_id, group, namespace), "content": content, **attributes})
        assert answer["data"] is True, answer

    def detail(self, data_id: str, group: str = "DEFAULT_GROUP", namespace: str = ""):
        """The configuration with its attributes, or None."""
        try:
            return self._request("GET", "/admin/cs/config", self._key(data_id, group, namespace))["data"]
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    def content(self, data_id: str, group: str = "DEFAULT_GROUP", namespace: str = ""):
        found = self.detail(data_id, group, namespace)
        return found["content"] if found else None

    def former(self, data_id: str, group: str = "DEFAULT_GROUP", namespace: str = "") -> dict:
        """What is kept beside the newest row of its history: the attributes of the state before the last change."""
        rows = self._request("GET", "/admin/cs/history/list", {**self._key(data_id, group, namespace), "pageNo": 1, "pageSize": 10})
        newest = rows["data"]["pageItems"][0]
        detail = self._request("GET", "/admin/cs/history", {**self._key(data_id, group, namespace), "nid": newest["id"]})
        return json.loads(detail["data"]["extInfo"])

    def remove(self, data_id: str, group: str = "DEFAULT_GROUP", namespace: str = "") -> None:
        self._request("DELETE", "/admin/cs/config", self._key(data_id, group, namespace))

    def create_namespace(self, identifier: str) -> None:
        answer = self._request("POST", "/admin/core/namespace", {"namespaceId": identifier, "namespaceName": identifier})
        assert answer["data"] is True, answer

    def namespaces(self) -> dict:
        """Namespace ID -> displayed name."""
        return {n["namespace"]: n["namespaceShowName"] for n in self._request("GET", "/admin/core/namespace/list", {})["data"]}
