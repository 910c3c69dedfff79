// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTranslator>

namespace app {

/// The language of the window, now and when it is changed: our translation and Qt's own, and the locale of numbers and times.
class Languages final {
    Q_DISABLE_COPY_MOVE(Languages)
public:
    Languages() = default;
    ~Languages();
    /// "", "en", "zh_CN"; empty: the system's.
    void set(const QString &language);

private:
    void remove();
    QTranslator m_own, m_qt;
};

} // namespace app
