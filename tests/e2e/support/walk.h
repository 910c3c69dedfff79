// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

namespace tests {

/// What is wrong with what is visible below a widget, one line each: interactive widgets without accessible or object name, two mnemonics
/// of one letter, texts that do not fit. Views are looked at by their headers, not cell by cell.
QStringList faultsOf(QWidget *root);

/// Every text a person reads there (labels, buttons, headers, placeholders, tooltips), with the path of its widget: to compare two
/// windows, or one before and after.
QStringList textsOf(QWidget *root);

} // namespace tests
