// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/diff.h"
#include "core/text/flatten.h"
#include "core/text/inspect.h"
#include "core/text/merge.h"
#include "core/text/reformat.h"
#include "core/text/secrets.h"
#include "core/text/validate.h"
