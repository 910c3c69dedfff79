// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace ui {

/// Put on the application: Alt and a letter is a mnemonic or nothing. Toolkits hand what is no mnemonic to the field with the focus, which
/// types the letter, in the worst case into what is published next.
class AltKeys final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    bool eventFilter(QObject *receiver, QEvent *event) override;
};

} // namespace ui
