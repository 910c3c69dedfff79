# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the bench, a module a group."""
