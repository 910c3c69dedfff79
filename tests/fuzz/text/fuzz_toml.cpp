// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/text/fuzztext.h"

SIGNALBOX_FUZZ_FORMAT(Toml)
