# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things are, and how a peer that cannot be had is reported."""

import os
import pathlib
import sys

PEERS = pathlib.Path(__file__).resolve().parent.parent
ROOT = PEERS.parent.parent
SKIPPED = 77  # what ctest knows as "skipped" (SKIP_RETURN_CODE)


def cache() -> pathlib.Path:
    """Folder of the fetched packages: $SIGNALBOX_PEER_CACHE, or build/peers below the repository."""
    folder = pathlib.Path(os.environ.get("SIGNALBOX_PEER_CACHE") or ROOT / "build" / "peers")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Unavailable(Exception):
    """A peer's packages or tools cannot be had here. The test is skipped, or failed where peers are required."""


def required() -> bool:
    """True where a missing peer is a failure (packaging/dev test --ci sets it)."""
    return os.environ.get("SIGNALBOX_PEERS") == "required"


def exit_unavailable(error: Unavailable) -> int:
    """Says which peer is missing; returns the exit code to end with."""
    print(f"{'FAILED' if required() else 'SKIPPED'}: {error}", file=sys.stderr)
    return 1 if required() else SKIPPED
