# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom. The tables below are the architecture; changing one is a decision, not a repair."""

import fnmatch
import pathlib
import re

from source import File, Finding, Tree

_CLIENTS = ["base", "net", "text", "credentials", "store", "profiles", "guard"]
CORE = {
    "base": [],
    "net": ["base"],
    "credentials": ["base"],
    "profiles": ["base", "credentials"],
    "text": ["base"],
    "store": ["base", "text"],
    "guard": ["base", "store", "profiles"],
    "oauth": ["base", "net", "credentials"],
    "nacos": [*_CLIENTS, "mcp", "a2a"],  # of mcp and a2a only values, see PROTOCOLS
    "mcp": ["base", "net", "text", "credentials", "store", "oauth"],
    "a2a": ["base", "net", "text", "credentials", "store", "oauth"],
    "aun": _CLIENTS,
    "storage": _CLIENTS,
    "prefab": _CLIENTS,
    "sandbox": ["base", "net", "text", "store", "nacos", "mcp", "a2a", "aun", "storage", "prefab"],  # of these only codecs
}
CORE["commands"] = sorted(set(CORE) - {"sandbox"})

# Protocol modules meet in values only: what carries calls is closed to the others.
PROTOCOLS = {"nacos", "mcp", "a2a", "aun", "storage", "prefab"}
_CARRIES_CALLS = re.compile(r"(client|session|executor|registry|connection|link)[a-z]*\.h$")
# The embedded servers share the codecs of the clients, never a client.
SANDBOX_CODEC = re.compile(r"^core/(nacos/wire|[a-z0-9]+/(codec|wire|values?))/|^core/(mcp|a2a)/[a-z]+\.h$")

UI_SHARED = {"ui/common": ["ui/models"], "ui/models": ["ui/common"], "ui/workbench": ["ui/common", "ui/models"]}
UI_MEETING = "ui/shell"  # may include every feature
UI_CORE_BANNED = {"core/sandbox", "core/commands"}
UI_KNOWS_NO_PROTOCOL = {"ui/common", "ui/models"}

_RPC = r"grpc[a-z+]*/.*|google/protobuf/.*|.*\.pb\.h"
FOREIGN_IN_UI = {
    "gRPC or protobuf": re.compile(rf"^({_RPC})$"),
    "network": re.compile(r"^(QtNetwork|QtWebSockets|QtHttpServer)(/.*)?$|^Q(Network|Tcp|Udp|Ssl|LocalS|HostA|HostI|Dns|WebSocket|HttpServer"
                          r"|AbstractSocket|Http2|Authenticator)\w*$"),
    "SQL": re.compile(r"^QtSql(/.*)?$|^QSql\w+$|^sqlite3\.h$"),
    "keychain": re.compile(r"^(qt6keychain|qt5keychain|qtkeychain)/.*|^keychain\.h$|^libsecret/.*"),
    "OpenSSL": re.compile(r"^openssl/.*"),
}
FOREIGN_IN_CORE_HEADERS = {
    "gRPC or protobuf": re.compile(rf"^({_RPC})$"),
    "QScintilla": re.compile(r"^Qsci/.*"),
}

_GUI_FALLBACK = """
QAction QActionGroup QBrush QClipboard QColor QCursor QDesktopServices QDrag QFont QFontDatabase QFontMetrics QGuiApplication QIcon QImage
QKeyEvent QKeySequence QMouseEvent QMovie QPaintDevice QPainter QPainterPath QPalette QPen QPicture QPixmap QRegion QScreen QShortcut
QStandardItemModel QStyleHints QSyntaxHighlighter QTextCharFormat QTextCursor QTextDocument QTextLayout QUndoStack QValidator QVector2D QWindow
QAbstractButton QAbstractItemView QApplication QBoxLayout QCheckBox QComboBox QDialog QDockWidget QFileDialog QFrame QGridLayout QHeaderView
QInputDialog QLabel QLayout QLineEdit QListView QMainWindow QMenu QMessageBox QPlainTextEdit QProgressBar QPushButton QScrollArea QSplitter
QStatusBar QStyle QStyledItemDelegate QSystemTrayIcon QTabWidget QTableView QTextEdit QToolBar QToolButton QToolTip QTreeView QWidget QWidgetAction
""".split()


def _gui_headers() -> set:
    names = set(_GUI_FALLBACK)
    for folder in pathlib.Path("/usr/include").glob("*/qt6"):
        for part in ("QtGui", "QtWidgets", "QtSvg", "QtPrintSupport"):
            if (folder / part).is_dir():
                names.update(entry.name for entry in (folder / part).iterdir() if re.fullmatch(r"Q[A-Za-z0-9]+", entry.name))
    return names


GUI_HEADERS = _gui_headers()
GUI_MODULES = re.compile(r"^(QtGui|QtWidgets|QtSvg|QtSvgWidgets|QtPrintSupport)(/.*)?$")


def _target_module(tree: Tree, file: File, name: str) -> str:
    found = tree.resolve(file, name)
    return found.module if found else "/".join(name.split("/")[:2]) if re.match(r"(core|ui)/[a-z0-9]+/", name) else ""


def layers(tree: Tree):
    """Modules include only what their row of the table allows."""
    for file in tree.code:
        for line, name in file.includes:
            top = name.split("/")[0]
            if file.area in ("core", "ui") and top in ("app", "tests"):
                yield Finding(file.path, line, "layers", f"{file.area} must not include {name}")
                continue
            target = _target_module(tree, file, name)
            if not target or target == file.module:
                continue
            if file.area == "core":
                yield from _core_layer(file, line, name, target)
            elif file.area == "ui":
                yield from _ui_layer(file, line, name, target)


def _core_layer(file: File, line: int, name: str, target: str):
    mine, other = file.folders[1], target.split("/")[1]
    if target.startswith("ui/"):
        yield Finding(file.path, line, "layers", f"core must not include {name}")
    elif mine in CORE and other not in CORE[mine]:
        yield Finding(file.path, line, "layers", f"core/{mine} may not use core/{other} ({name})")
    elif mine == "sandbox" and other in PROTOCOLS and not SANDBOX_CODEC.match(name):
        yield Finding(file.path, line, "layers", f"core/sandbox may use only the codecs of core/{other}, not {name}")
    elif mine in PROTOCOLS and other in PROTOCOLS and _CARRIES_CALLS.search(name):
        yield Finding(file.path, line, "layers", f"a protocol module may use only values of another, not {name}")


def _ui_layer(file: File, line: int, name: str, target: str):
    if target.startswith("core/"):
        if target in UI_CORE_BANNED:
            yield Finding(file.path, line, "layers", f"ui must not use {target} ({name})")
        if file.module in UI_KNOWS_NO_PROTOCOL and target.split("/")[1] in PROTOCOLS | {"net"}:
            yield Finding(file.path, line, "layers", f"{file.module} knows no protocol ({name})")
        return
    if file.module == UI_MEETING or target in UI_SHARED.get(file.module, []):
        return
    if file.module in UI_SHARED or target not in UI_SHARED:
        yield Finding(file.path, line, "layers", f"{file.module} must not include {name}: features meet in {UI_MEETING}")


def foreign_headers(tree: Tree):
    """Headers that must stay away from the window, also when one of ours brings them along; GUI headers from core."""
    for file in tree.code:
        if file.area == "ui":
            for name, chain in tree.foreign_includes(file.path).items():
                for what, pattern in FOREIGN_IN_UI.items():
                    if pattern.match(name):
                        line = _line_of_first_step(tree, file, chain, name)
                        yield Finding(file.path, line, "foreign-header", f"{what} header {name} in ui ({' → '.join(chain)})")
        elif file.area == "core":
            for line, name in file.includes:
                if name in GUI_HEADERS or GUI_MODULES.match(name):
                    yield Finding(file.path, line, "foreign-header", f"GUI header {name} in core")


def _line_of_first_step(tree: Tree, file: File, chain: tuple, name: str) -> int:
    for line, written in file.includes:
        if len(chain) == 1 and written == name:
            return line
        ours = tree.resolve(file, written)
        if len(chain) > 1 and ours and ours.path == chain[1]:
            return line
    return 1


def heavy_headers(tree: Tree):
    """No header of core brings gRPC, protobuf or QScintilla to those who include it."""
    for file in tree.code:
        if file.area == "core" and file.suffix == ".h":
            for name, chain in tree.foreign_includes(file.path).items():
                for what, pattern in FOREIGN_IN_CORE_HEADERS.items():
                    if pattern.match(name) and len(chain) == 1:
                        yield Finding(file.path, _line_of_first_step(tree, file, chain, name), "heavy-header",
                                      f"{what} header {name} in a header of core (keep it in the .cpp)")
                    elif pattern.match(name):
                        yield Finding(file.path, _line_of_first_step(tree, file, chain, name), "heavy-header",
                                      f"brings {what} header {name} along ({' → '.join(chain)})")


def _backticked(text: str) -> list:
    names = []
    for token in re.findall(r"`([^`]+)`", text):
        for word in re.split(r"[\s,]+(?![^{]*\})", token):
            braces = re.fullmatch(r"(.*)\{([^}]*)\}(.*)", word)
            names += [f"{braces[1]}{part}{braces[3]}" for part in braces[2].split(",")] if braces else [word]
    return names


def public_headers(readme: str):
    """(patterns for every file, patterns for .cpp files alone, exceptions) of a module's README, or None when it has none."""
    begin = readme.find("Public headers:")
    if begin < 0:
        return None
    masked = re.sub(r"`[^`]*`", lambda m: "`" + "x" * (len(m.group(0)) - 2) + "`", readme)
    end = re.compile(r"\.(\s|$)").search(masked, begin)
    sentence = readme[begin:end.start() if end else len(readme)]
    parts = sentence.split(" but ", 1)
    named = _backticked(parts[0])
    if "all of this folder" in parts[0]:
        named.append("*.h")
    if "named above" in parts[0]:
        named += [n for n in _backticked(readme[:begin]) if n.endswith(".h")]
    only = re.search(r"Only for\s+\.cpp files[^:]*:\s*((?:`[^`]+`[,\s]*)+)", readme)
    return named, _backticked(only[1]) if only else [], _backticked(parts[1]) if len(parts) > 1 else []


def public(tree: Tree):
    """A module is used through the headers its README lists as public."""
    listed = {}
    for module in tree.modules("core"):
        readme = tree.files.get(f"{module}/README.md")
        listed[module] = public_headers(readme.text) if readme else None
    for file in tree.code:
        if file.area not in ("core", "ui", "app"):
            continue
        for line, name in file.includes:
            target = tree.resolve(file, name)
            if not target or target.area != "core" or target.module == file.module or not listed.get(target.module):
                continue
            everyone, sources_only, exceptions = listed[target.module]
            if file.module == "core/sandbox" and SANDBOX_CODEC.match(name):
                continue
            local = target.path[len(target.module) + 1:]
            patterns = everyone + (sources_only if file.suffix == ".cpp" else [])
            if any(local == e for e in exceptions) or not any(fnmatch.fnmatchcase(local, p) for p in patterns):
                yield Finding(file.path, line, "public-header", f"{name} is not a public header of {target.module} (see its README)")


def modules(tree: Tree):
    """Every module has a README that lists its public headers, a row in the table and a line in CMake."""
    for area, cmake in (("core", "core/CMakeLists.txt"), ("ui", "ui/CMakeLists.txt")):
        text = tree.files[cmake].text if cmake in tree.files else ""
        built = set(re.findall(r"[a-z0-9_]+", " ".join(re.findall(r"signalbox_add_folders\(([^)]*)\)", text))))
        for module in tree.modules(area):
            name = module.split("/")[1]
            if name not in built:
                yield Finding(cmake, 1, "modules", f"{module} is not among the folders that are built")
            if area == "ui":
                continue
            if name not in CORE:
                yield Finding(module, 1, "modules", f"{module} has no row in tests/arch/layers.py (and design: who may it use?)")
            readme = tree.files.get(f"{module}/README.md")
            if not readme:
                yield Finding(module, 1, "modules", f"{module}/README.md is missing: what it does, its public headers, what it may use")
            elif "Public headers:" not in readme.text or "May use:" not in readme.text:
                yield Finding(readme.path, 1, "modules", "must name its public headers (“Public headers:”) and what it may use (“May use:”)")


RULES = {"layers": layers, "foreign-header": foreign_headers, "heavy-header": heavy_headers, "public-header": public, "modules": modules}
