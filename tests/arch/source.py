# SPDX-License-Identifier: GPL-3.0-or-later
"""The project's files as the rules see them."""

import dataclasses
import functools
import os
import pathlib
import re

SKIPPED_FOLDERS = {"build", "__pycache__", "node_modules", "CMakeFiles"}
CODE = (".h", ".cpp")

_TOKENS = re.compile(
    r'//[^\n]*|/\*.*?\*/'  # comments
    r'|R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)"'  # raw strings
    r'|"(?:[^"\\\n]|\\.)*"'  # strings
    r"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'",  # characters, but not digit separators
    re.DOTALL)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


@dataclasses.dataclass(frozen=True)
class Finding:
    path: str
    line: int
    rule: str
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


class File:
    """One text file; paths are relative to the root, with '/'."""

    def __init__(self, path: str, text: str):
        self.path = path
        self.text = text
        self.suffix = pathlib.PurePosixPath(path).suffix
        self.folders = path.split("/")[:-1]

    @functools.cached_property
    def code(self) -> str:
        """Without comments and without what stands in strings; lines and columns as in the file."""
        def replace(match):
            token = match.group(0)
            if token[0] in "\"'R":
                return token[0] + _blank(token[1:-1]) + token[-1]
            return _blank(token)
        return _TOKENS.sub(replace, self.text)

    @functools.cached_property
    def without_comments(self) -> str:
        return _TOKENS.sub(lambda m: m.group(0) if m.group(0)[0] in "\"'R" else _blank(m.group(0)), self.text)

    @functools.cached_property
    def includes(self) -> list:
        """(line, name as written) of every #include."""
        return [(self.line_at(self.without_comments, m.start(2)), m.group(2)) for m in _INCLUDE.finditer(self.without_comments)]

    @staticmethod
    def line_at(text: str, offset: int) -> int:
        return text.count("\n", 0, offset) + 1

    def matches(self, pattern: re.Pattern, text: str = None):
        """(line, match) of every match in the code, or in the given view of the file."""
        text = self.code if text is None else text
        for match in pattern.finditer(text):
            yield self.line_at(text, match.start()), match

    @property
    def is_code(self) -> bool:
        return self.suffix in CODE

    @property
    def area(self) -> str:
        """core, ui, app, tests, packaging, …; empty for root files."""
        return self.folders[0] if self.folders else ""

    @property
    def module(self) -> str:
        """'core/net', 'ui/config', …; empty outside of core and ui."""
        return "/".join(self.folders[:2]) if self.area in ("core", "ui") and len(self.folders) > 1 else ""


class Tree:
    """All files below the root that belong to the project."""

    def __init__(self, root: pathlib.Path):
        self.root = root
        self.files = {}
        for folder, names, files in os.walk(root):
            names[:] = sorted(n for n in names if n not in SKIPPED_FOLDERS and not n.startswith("build-") and n != ".git")
            if pathlib.Path(folder) == root:
                names[:] = [n for n in names if not n.startswith(".") or n == ".ci"]
            for name in sorted(files):
                full = pathlib.Path(folder) / name
                if name == ".git":
                    continue  # of a second work tree: says where the first one is
                try:
                    text = full.read_text(encoding="utf-8")
                except (UnicodeDecodeError, OSError):
                    continue  # pictures, binary test data
                path = full.relative_to(root).as_posix()
                self.files[path] = File(path, text)

    @property
    def code(self) -> list:
        return [f for f in self.files.values() if f.is_code]

    def modules(self, area: str) -> list:
        """Folders of core or ui that hold code, as 'core/net'."""
        return sorted({f.module for f in self.code if f.area == area and f.module})

    def resolve(self, file: File, name: str):
        """The project's file that an #include means, or None for everybody else's."""
        if name in self.files:
            return self.files[name]
        beside = "/".join([*file.folders, name])
        return self.files.get(os.path.normpath(beside).replace(os.sep, "/"))

    @functools.lru_cache(maxsize=None)
    def foreign_includes(self, path: str) -> dict:
        """Every header of others that including this file pulls in -> the chain of our files that leads there."""
        seen, found, todo = {path}, {}, [(path, (path,))]
        while todo:
            current, chain = todo.pop(0)
            for _, name in self.files[current].includes:
                ours = self.resolve(self.files[current], name)
                if ours is None:
                    found.setdefault(name, chain)
                elif ours.path not in seen:
                    seen.add(ours.path)
                    todo.append((ours.path, (*chain, ours.path)))
        return found
