# SPDX-License-Identifier: GPL-3.0-or-later
"""What every row needs: programs, a place to work, repetitions, and the shape of a result."""

import dataclasses
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "peers"))  # the registries and SDK drivers of the peer tests

from support.servers import RealNacos, Sandbox  # noqa: E402,F401  pylint: disable=wrong-import-position,unused-import


@dataclasses.dataclass
class Row:
    """One line of the table. `ok` None: nothing to reach, or what it is compared with could not be had."""
    group: str
    what: str
    value: float
    unit: str
    reach: str = ""
    ok: bool = None
    peers: dict = dataclasses.field(default_factory=dict)  # name → the same measure of it
    details: dict = dataclasses.field(default_factory=dict)
    note: str = ""


@dataclasses.dataclass
class Bench:
    """Options of a run and its folder, which is removed at the end."""
    bin: pathlib.Path
    tiny: bool = False  # only that everything runs: smallest sizes, no peers
    folder: pathlib.Path = dataclasses.field(default_factory=lambda: pathlib.Path(tempfile.mkdtemp(prefix="signalbox-bench-")))

    def __post_init__(self):
        os.environ["SIGNALBOX_BIN"] = str(self.bin)  # where the peer tests' Sandbox looks
        runtime = self.folder / "xdg"
        runtime.mkdir(mode=0o700)
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.startswith(("SIGNALBOX_", "NACOS", "DBUS_SESSION", "QT_", "DISPLAY", "WAYLAND"))}
        self.environment.update(HOME=str(self.folder), XDG_RUNTIME_DIR=str(runtime), LC_ALL="C.UTF-8", QT_QPA_PLATFORM="offscreen")

    def size(self, usual: int, tiny: int) -> int:
        return tiny if self.tiny else usual

    def program(self, name: str) -> str:
        return str(self.bin / name)

    def run(self, *command, stdin: str = "", environment: dict = None) -> str:
        """Runs a program to its end; its standard output. Raises with what it said when it fails."""
        done = subprocess.run([str(word) for word in command], input=stdin, capture_output=True, text=True, timeout=600, check=False,
                              env={**self.environment, **(environment or {})})
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr[-1000:]}{done.stdout[-1000:]}")
        return done.stdout

    def home(self, name: str, *profile_options, environment: dict = None, stdin: str = "") -> pathlib.Path:
        """A new home with one saved connection, "bench"."""
        home = self.folder / name
        self.run(self.program("signalboxctl"), "--home", home, "profile", "add", "bench", *profile_options, environment=environment, stdin=stdin)
        return home

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def median(values) -> float:
    return statistics.median(values)


def percentile(values, share: float) -> float:
    """The smallest value that at least `share` of them don't pass."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def spread(values) -> dict:
    """For the details of a row."""
    return {"runs": len(values), "min": round(min(values), 3), "median": round(median(values), 3), "max": round(max(values), 3)}


def processor_seconds(pid: int) -> float:
    """What a process has used of the processors so far, its threads included."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid: int) -> float:
    """Proportional set size of a process."""
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no Pss in smaps_rollup")
