// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench/page.h"

namespace ui::workbench {

/// Connection and namespace of an object; Workbench::pathText() says them.
Subject subjectOf(const core::Address &address);
/// The last segment: a data ID, a namespace, a bucket.
QString nameOf(const core::Address &address);
/// The segment before it, where names live in groups; empty where they do not.
QString groupOf(const core::Address &address);
/// The one line that core says about a change (guard::Change::summary), in the person's language.
QString summaryText(const QString &english);

} // namespace ui::workbench
