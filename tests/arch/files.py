# SPDX-License-Identifier: GPL-3.0-or-later
"""What every file must have, and must not hold."""

import re

from source import Finding, Tree

MOST_LINES = 600
MOST_LINES_OF_A_MAIN = 150
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
_OWN_LANGUAGES = {".h", ".cpp", ".py", ".java", ".go", ".sh"}

# Built from parts, so that this file does not find itself.
_PATHS = re.compile(r"(?<![\w.:/$}])/(?:" + "|".join(["root", "work", "home/[a-z]+", "Users/[A-Za-z]+"]) + r")(?=/|\s|[\"'`)]|$)", re.MULTILINE)
_TEMPORARY = re.compile(r"(?<![\w.:/$}])/" + "tmp(?=/|\\s|[\"'`)]|$)", re.MULTILINE)
_REGISTRIES = re.compile("|".join(re.escape(".".join(host)) for host in [
    ("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"), ("repo", "maven", "apache", "org"), ("repo1", "maven", "org"),
    ("proxy", "golang", "org"), ("sum", "golang", "org"), ("deb", "debian", "org"), ("static", "crates", "io")]))
_SECRETS = {
    "a private key": re.compile("-----BEGIN " + r"(?:[A-Z]+ )?PRIVATE KEY-----" + r"[A-Za-z0-9+/=\s]{160,}"),
    "a signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}"),
    "an access key": re.compile(r"\b(?:AKIA[0-9A-Z]{16}|LTAI[0-9A-Za-z]{12,20})\b"),
}


def size(tree: Tree):
    """No source file passes 600 lines, no main.cpp 150."""
    for file in tree.files.values():
        if file.suffix not in _OWN_LANGUAGES:
            continue
        lines = file.text.count("\n")
        limit = MOST_LINES_OF_A_MAIN if file.area == "app" and file.path.endswith("/main.cpp") else MOST_LINES
        if lines > limit:
            yield Finding(file.path, limit, "size", f"{lines} lines; the limit is {limit} (split it, or say why in tests/arch/allowed.txt)")


def headers(tree: Tree):
    """Licence line first; #pragma once; no using-directive in a header; Q_OBJECT on its own line."""
    for file in tree.files.values():
        script = file.text.startswith("#!")
        if (file.suffix in _OWN_LANGUAGES or script) and file.text.strip() and LICENCE not in "\n".join(file.text.split("\n")[:3]):
            yield Finding(file.path, 1, "header", f"the first lines lack “{LICENCE}”")
        if file.suffix == ".h":
            if not re.search(r"^#pragma once$", file.code, re.MULTILINE):
                yield Finding(file.path, 1, "header", "#pragma once is missing")
            for line, match in [] if file.area == "tests" else file.matches(re.compile(r"^\s*using\s+namespace\s+([\w:]+)", re.MULTILINE)):
                if re.search(rf"\bnamespace\s+{re.escape(match.group(1))}\s*\{{", file.code):
                    continue  # an inner namespace of this very header, kept apart for name lookup
                yield Finding(file.path, line, "header", f"“{match.group(0).strip()}” in a header")
        if file.is_code:
            for line, _ in file.matches(re.compile(r"^.*\S.*\bQ_(?:OBJECT|GADGET)\b|\bQ_(?:OBJECT|GADGET)\b[ \t]*\S", re.MULTILINE)):
                yield Finding(file.path, line, "header", "Q_OBJECT must stand alone on its line (AUTOMOC)")
            for line, match in file.matches(re.compile(r"^\s*(?:(?:public|protected|private)\s+slots|signals)\s*:|\bemit\s+\w", re.MULTILINE)):
                yield Finding(file.path, line, "header", f"“{match.group(0).strip()}”: write Q_SIGNALS, Q_SLOTS, Q_EMIT")


def contents(tree: Tree):
    """No machine's paths, no registry's address, no secret in any file."""
    for file in tree.files.values():
        for line, match in file.matches(_PATHS, file.text):
            yield Finding(file.path, line, "content", f"a path of one machine: {match.group(0)}")
        if file.area != "tests":
            for line, match in file.matches(_TEMPORARY, file.text):
                yield Finding(file.path, line, "content", f"a fixed temporary path: {match.group(0)} (ask for a temporary folder)")
        for line, match in file.matches(_REGISTRIES, file.text):
            yield Finding(file.path, line, "content", f"a package registry's address: {match.group(0)}")
        for what, pattern in _SECRETS.items():
            if file.area != "tests" or what == "a private key":  # tests look for made-up tokens
                for line, _ in file.matches(pattern, file.text):
                    yield Finding(file.path, line, "content", f"looks like {what}")


RULES = {"size": size, "header": headers, "content": contents}
