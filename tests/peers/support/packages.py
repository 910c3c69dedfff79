# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetches and builds the other people's software once and keeps it in the peer cache.

Every function returns what is needed to start the peer, is safe to call from several processes at once, does nothing
when the cache is filled for the pinned versions, and raises Unavailable when a tool or the network is missing.
"""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

from .paths import PEERS, Unavailable, cache

FETCH_SECONDS = 900


@contextlib.contextmanager
def _locked(name: str):
    with open(cache() / f"{name}.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _need(tool: str, package: str) -> str:
    path = shutil.which(tool)
    if not path:
        raise Unavailable(f"{tool} is missing (Debian package {package})")
    return path


def _run(what: str, command: list, **options) -> None:
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=FETCH_SECONDS, check=False, **options)
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{what} took longer than {FETCH_SECONDS} s") from error
    if done.returncode != 0:
        tail = done.stdout.decode("utf-8", "replace").strip().splitlines()[-15:]
        raise Unavailable(f"{what} failed:\n  " + "\n  ".join(tail))


def _fingerprint(*files: pathlib.Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _is_complete(folder: pathlib.Path, want: str) -> bool:
    mark = folder / "complete"
    return mark.is_file() and mark.read_text(encoding="ascii") == want


def _restart(folder: pathlib.Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def python_driver() -> list:
    """Command that starts the driver of nacos-sdk-python."""
    source = PEERS / "drivers" / "python"
    want = _fingerprint(source / "requirements.txt") + sys.version.split()[0]
    folder = cache() / "python"
    with _locked("python"):
        if not _is_complete(folder, want):
            _restart(folder)
            _run("creating a Python environment (package python3-venv)", [sys.executable, "-m", "venv", str(folder / "venv")])
            _run("installing nacos-sdk-python", [str(folder / "venv/bin/python"), "-m", "pip", "install", "-q", "--no-input",
                                                "--disable-pip-version-check", "-r", str(source / "requirements.txt")])
            (folder / "complete").write_text(want, encoding="ascii")
    return [str(folder / "venv/bin/python"), str(source / "driver.py")]


def go_driver() -> list:
    """Command that starts the driver of nacos-sdk-go."""
    source = PEERS / "drivers" / "go"
    want = _fingerprint(source / "go.mod", source / "go.sum", source / "driver.go")
    folder = cache() / "go"
    with _locked("go"):
        if not _is_complete(folder, want):
            go = _need("go", "golang-go")
            folder.mkdir(parents=True, exist_ok=True)  # the module cache in it stays good
            environment = dict(os.environ, GOPATH=str(folder / "path"), GOTOOLCHAIN="local", CGO_ENABLED="0",
                               GOFLAGS="-mod=readonly -modcacherw")
            _run("building the nacos-sdk-go driver", [go, "build", "-o", str(folder / "driver"), "."], cwd=source, env=environment)
            (folder / "complete").write_text(want, encoding="ascii")
    return [str(folder / "driver")]


def java_driver() -> list:
    """Command that starts the driver of the Java nacos-client; JVM options may be put after its first word."""
    source = PEERS / "drivers" / "java"
    want = _fingerprint(source / "pom.xml", source / "Driver.java")
    folder = cache() / "java"
    with _locked("java"):
        if not _is_complete(folder, want):
            _need("java", "default-jdk-headless")
            javac = _need("javac", "default-jdk-headless")
            maven = _need("mvn", "maven")
            _restart(folder)
            _run("fetching nacos-client", [
                maven, "-q", "-B", "-f", str(source / "pom.xml"), f"-Dmaven.repo.local={folder / 'repository'}",
                "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies", "-DincludeScope=runtime",
                f"-DoutputDirectory={folder / 'lib'}"])
            shutil.rmtree(folder / "repository", ignore_errors=True)
            _run("compiling the nacos-client driver", [javac, "-nowarn", "-encoding", "UTF-8", "-cp", f"{folder / 'lib'}/*", "-d",
                                                      str(folder / "classes"), str(source / "Driver.java")])
            (folder / "complete").write_text(want, encoding="ascii")
    return ["java", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-cp",
            f"{folder / 'classes'}:{folder / 'lib'}/*", "Driver"]


def nacos_server() -> pathlib.Path:
    """Folder with the jars of a real Nacos server (about 190 MB)."""
    source = PEERS / "nacos"
    folder = cache() / "nacos" / "packages"
    with _locked("nacos"):
        _need("java", "default-jdk-headless")
        _need("curl", "curl")
        if not (folder / "complete").is_file():
            _need("mvn", "maven")
        _run("fetching the Nacos server", [str(source / "run"), "--fetch", str(folder)])
    return folder


ALL = {"python": python_driver, "go": go_driver, "java": java_driver, "nacos": nacos_server}
