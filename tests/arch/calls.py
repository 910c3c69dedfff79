# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls that are banned somewhere, and the shape of services."""

import re

from source import File, Finding, Tree

_PROMPTS = re.compile(r"^ui/common/prompts[a-z]*\.(h|cpp)$")
_THEME = re.compile(r"^ui/common/theme[a-z]*\.(h|cpp)$")


def _in(*areas):
    return lambda file: file.area in areas


def _outside(area: str, pattern: re.Pattern):
    return lambda file: file.area == area and not pattern.match(file.path)


# rule, where, pattern, what to do instead
BANNED = [
    ("blocking", _in("core", "ui", "app"), r"\bQEventLoop\b", "a nested event loop: return a Reply"),
    ("blocking", _in("core", "ui", "app"), r"\bprocessEvents\b", "processEvents: return a Reply"),
    ("blocking", _in("core", "ui", "app"), r"\bQThread::(?:m|u)?sleep\b|\bsleep_for\b|\bsleep_until\b|\b(?:u|nano)?sleep\s*\(", "a sleep: use a timer"),
    ("blocking", _in("core", "ui", "app"), r"(?:\.|->)waitFor[A-Z]\w*\s*\(", "waits in its thread: use the signal"),
    ("blocking", _in("core", "ui", "app"), r"\bflock\s*\((?![^;]*LOCK_(?:NB|UN))|\.lock\(\s*(?:\w+::)*FileLock::Mode\b|\bF_SETLKW\b",
     "waits for another program's lock: try it, and do something else meanwhile"),
    ("global-pool", _in("core", "ui", "app"), r"\bQThreadPool::globalInstance\b|\bQtConcurrent\b",
     "Qt's global pool: the window is painted with it; core::Workers"),
    ("blocking", _in("ui"), r"(?:\.|->)exec\s*\(", "exec(): use open() or popup() and a signal"),
    ("prompt", _outside("ui", _PROMPTS), r"\bQMessageBox::(?:about|aboutQt|critical|information|question|warning)\b"
     r"|\bQFileDialog::get\w+|\bQ(?:Input|Color|Font)Dialog::get\w+", "a direct prompt: use ui/common/prompts"),
    ("colour", _outside("ui", _THEME), r"\bQColor(?:\s+\w+)?\s*[({]\s*(?:u?\"|\d|0x|Qt::(?!transparent)|QLatin1)|\bqRgba?\s*\(|\bQColorConstants::"
     r"|\bQt::(?:black|white|red|green|blue|cyan|magenta|yellow|gray|darkGray|lightGray|dark[RGBCMY]\w+)\b", "a literal colour: ask the theme"),
    ("colour", _in("ui", "app"), r"\b(?:qApp|QApplication::instance\(\)|app)\s*(?:->|\.)\s*setStyleSheet\b", "an application-wide style sheet"),
    ("gui-in-core", _in("core"), r"(?<![\w.>:])tr\s*\(|\bQ(?:Core)?Application::translate\b|\bQObject::tr\b|\bQT_TR(?:ANSLATE)?_\w+",
     "core speaks English to programs; text for people is made in ui"),
    ("test-waits", _in("tests"), r"\bQSKIP\b", "QSKIP: a test runs or fails (peers are skipped by name in tests/peers)"),
    ("test-waits", _in("tests"), r"\bQEXPECT_FAIL\b", "QEXPECT_FAIL: mend it"),
    ("test-waits", _in("tests"), r"\bqSleep\s*\(|\bqWait\s*\(|\bQThread::(?:m|u)?sleep\b|\bsleep_for\b|\b(?:u|nano)?sleep\s*\(",
     "a fixed wait: use QTRY_… or QSignalSpy::wait"),
]
_SUMMARIES = {
    "blocking": "No nested event loop, sleep, waitFor…, exec() or wait for a file lock in the product.",
    "global-pool": "Nothing runs on Qt's global thread pool: painting waits behind it.",
    "prompt": "Prompts come from ui/common/prompts.",
    "colour": "Colours come from the theme.",
    "gui-in-core": "Core speaks English to programs: no tr() in it.",
    "test-waits": "No skipped test, no expected failure, no fixed wait.",
}
_COMPILED = [(rule, where, re.compile(pattern), what) for rule, where, pattern, what in BANNED]
_CONTEXT_FREE = re.compile(r"\b(?:connect|QTimer::singleShot)\s*\(")
_HEX_COLOUR = re.compile(r'"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})"')


def _rule(name: str):
    def run(tree: Tree):
        for file in tree.code:
            for rule, where, pattern, what in _COMPILED:
                if rule == name and where(file):
                    for line, _ in file.matches(pattern):
                        yield Finding(file.path, line, rule, what)
            if name == "colour" and file.area == "ui" and not _THEME.match(file.path):
                for line, _ in file.matches(_HEX_COLOUR, file.without_comments):
                    yield Finding(file.path, line, name, "a literal colour: ask the theme")
    run.__doc__ = _SUMMARIES[name]
    return run


def _arguments(code: str, start: int) -> list:
    """The arguments of the call whose '(' is at start - 1, split at the commas between them."""
    depth, begin, arguments = 0, start, []
    for position in range(start, min(len(code), start + 20000)):
        letter = code[position]
        if letter in "([{":
            depth += 1
        elif letter in ")]}":
            if depth == 0:
                arguments.append(code[begin:position])
                return arguments
            depth -= 1
        elif letter == "," and depth == 0:
            arguments.append(code[begin:position])
            begin = position + 1
    return []


def contexts(tree: Tree):
    """A lambda is connected, or called later, with an object whose death ends it."""
    for file in tree.code:
        if file.area not in ("core", "ui", "app"):
            continue
        for line, match in file.matches(_CONTEXT_FREE):
            arguments = [a.strip() for a in _arguments(file.code, match.end())]
            timer = "singleShot" in match.group(0)
            if timer and len(arguments) == 2 and arguments[1].startswith("["):
                yield Finding(file.path, line, "context", "QTimer::singleShot without a receiver")
            elif not timer and len(arguments) == 3 and arguments[2].startswith("["):
                yield Finding(file.path, line, "context", "connect() to a lambda without a context object")


_CALLED_BACK = re.compile(r"^[ \t]+std::function<[ \t]*(?:void|[\w:<>]+[ \t]*\*)[ \t]*\([^;]*?\)>[ \t]*(\w+)[ \t]*(?:=[^;]*|\{\})?;", re.MULTILINE)


def callbacks(tree: Tree):
    """What is called back later is a ui::Callback: it ends with the object that wanted it."""
    for file in tree.code:
        if file.area == "ui" and file.suffix == ".h":
            for line, match in file.matches(_CALLED_BACK):
                yield Finding(file.path, line, "callback", f"{match.group(1)} may be called when who gave it is gone: ui::Callback (ui/common/callback.h)")


# A call that changes the server. Local bookkeeping (select, remember, watch, cancel) is not meant.
_WRITES = re.compile(
    r"\b(?:Reply|Stream)\s*<[^;{}]*?>\s*\*\s*((?:publish|remove|delete|create|update|put|set|write|upload|import|clone|copy|move|restore|rollback"
    r"|register|deregister|enable|disable|grant|revoke|send|apply|purge|drop|dissolve|rename|stop|promote)\w*)\s*\(")
_SERVICE_MODULES = {"core/nacos", "core/mcp", "core/a2a", "core/storage", "core/prefab", "core/aun"}


def public_parts(file: File):
    """(offset, text) of the stretches of a header that are public in some class, or outside of any."""
    tokens = re.compile(r"\b(?:(class|struct|union)\s+(?:[A-Z_]+\s+)?[\w:]+(?:\s+final)?\s*(?::[^;{]*)?\{)|([{}])|\b(public|protected|private)\b\s*(?:Q_SLOTS\s*)?:|(Q_SIGNALS)\s*:")
    stack, begin = [True], 0
    for match in tokens.finditer(file.code):
        if stack[-1]:
            yield begin, file.code[begin:match.start()]
        begin = match.end()
        if match[1]:
            stack.append(match[1] != "class" and stack[-1])
        elif match[2] == "{":
            stack.append(stack[-1])
        elif match[2] == "}":
            if len(stack) > 1:
                stack.pop()
        elif match[4] or match[3] == "public":
            stack[-1] = True
        else:
            stack[-1] = False
    if stack[-1]:
        yield begin, file.code[begin:]


def public_writes(tree: Tree):
    """A service of a protocol module has no public write: those belong to its executor, which the Guard drives."""
    for file in tree.code:
        if file.module not in _SERVICE_MODULES or file.suffix != ".h" or "executor" in file.path.rsplit("/", 1)[-1]:
            continue
        for offset, text in public_parts(file):
            for match in _WRITES.finditer(text):
                yield Finding(file.path, file.line_at(file.code, offset + match.start(1)), "public-write",
                              f"{match.group(1)}() changes the server; only an executor may, through the Guard")


RULES = {name: _rule(name) for name in dict.fromkeys(rule for rule, *_ in BANNED)}
RULES["context"] = contexts
RULES["callback"] = callbacks
RULES["public-write"] = public_writes
