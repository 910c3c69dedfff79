# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of classes: what their headers promise, and how they are reached."""

import re

from calls import public_parts
from source import Finding, Tree

_SIGNALS = re.compile(r"\bQ_SIGNALS\s*:(?:(?!\b(?:public|protected|private)\b|\};).)*", re.DOTALL)
_FUNCTION = re.compile(r"(?P<name>[\w:]+)\s*\((?P<parameters>[^();]*\bbool\s+\w+[^();]*)\)(?P<behind>[^;{]*)")
# setVisible(bool) says all there is to say; boolean(name, bool) writes one; void(bool) is the type of a callback.
_SAYS_IT = re.compile(r"^(?:set[A-Z]\w*|boolean|void|bool|int|for|while|if|switch)$")


def bool_parameters(tree: Tree):
    """No bool parameter in what a header offers: at the call nobody sees what true means. Setters, signals and overrides may."""
    for file in tree.code:
        if file.suffix != ".h" or file.area not in ("core", "ui", "app"):
            continue
        signals = [match.span() for match in _SIGNALS.finditer(file.code)]
        for offset, text in public_parts(file):
            for match in _FUNCTION.finditer(text):
                at = offset + match.start()
                if (_SAYS_IT.match(match["name"].rsplit("::", 1)[-1]) or re.search(r"\b(?:override|final)\b", match["behind"])
                        or any(begin <= at < end for begin, end in signals)):
                    continue
                yield Finding(file.path, file.line_at(file.code, at), "bool-parameter",
                              f"{match['name']}(… bool …): an enum says at the call what is meant")


_SINGLETONS = re.compile(
    r"\bQ_(?:APPLICATION|GLOBAL)_STATIC\b"
    r"|^[ \t]*(?:inline[ \t]+)?static[ \t]+(?!const\b|constexpr\b)[\w:<>]+[ \t]*[&*][ \t]*(?:\w+::)*(?:instance|self|theOne|get[Ii]nstance|global)[ \t]*\(", re.MULTILINE)


def singletons(tree: Tree):
    """Nothing is reached through a global: collaborators come as references in the constructor."""
    for file in tree.code:
        if file.area in ("core", "ui", "app"):
            for line, _ in file.matches(_SINGLETONS):
                yield Finding(file.path, line, "singleton", "a singleton: pass a reference in the constructor")


_ANY_ADDRESS = re.compile(r"\bQHostAddress::Any(?:IPv4|IPv6)?\b|\bINADDR_ANY\b")
_FIXED_PORT = re.compile(r"\blisten\s*\(\s*QHostAddress::\w+\s*,\s*(?!0\b)\d+")


def loopback(tree: Tree):
    """Servers of ours and of tests listen on the loopback interface; those of tests on a port the system chooses."""
    for file in tree.code:
        if file.area in ("core", "app", "tests", "ui"):
            for line, match in file.matches(_ANY_ADDRESS):
                yield Finding(file.path, line, "loopback", f"{match.group(0)} listens to the whole network")
        if file.area == "tests":
            for line, _ in file.matches(_FIXED_PORT):
                yield Finding(file.path, line, "loopback", "a fixed port: listen on 0 and ask which it became")


_TYPE = re.compile(r"^(?:template[^\n]*\n)?(?:class|struct|enum class)\s+(?:\w+\s+)*?(\w+)(?:\s+final)?\s*(?::[^;{]*)?\{", re.MULTILINE)


def documented(tree: Tree):
    """Every class of a header of core says what it is, above it or above the only thing its file is about."""
    for file in tree.code:
        if file.suffix != ".h" or file.area != "core":
            continue
        if "///" not in file.text:
            yield Finding(file.path, 1, "documented", "nothing in this header says what it is for (/// above the class or function)")
            continue
        lines = file.text.split("\n")
        for match in _TYPE.finditer(file.code):
            if re.search(r"\n[ \t]*Q_OBJECT\b", file.code[match.end():match.end() + 40]) is None:
                continue  # values speak through their members; services have wire, threads and errors to tell
            line = file.line_at(file.code, match.start())
            above = line - 2
            while above >= 0 and (lines[above].startswith("template") or not lines[above].strip()):
                above -= 1
            if above < 0 or not lines[above].lstrip().startswith(("///", "*/", "//")):
                yield Finding(file.path, line, "documented", f"{match.group(1)} has no comment that says what it does and what a caller must know")


RULES = {"bool-parameter": bool_parameters, "singleton": singletons, "loopback": loopback, "documented": documented}
