# SPDX-License-Identifier: GPL-3.0-or-later
"""What the peer tests share: package cache, servers, SDK drivers, the HTTP API, the test runner."""
