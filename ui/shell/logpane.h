// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/log.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace core::profiles {
class Settings;
}

namespace ui::shell {

/// The log dock: every message of this process, redacted, filtered by text and weight; the wire log by a switch. Costs nothing while
/// hidden: it reads the ring when shown.
class LogPane final : public QWidget {
    Q_OBJECT
public:
    LogPane(core::LogSink &log, core::profiles::Settings &settings, QWidget *parent = nullptr);

Q_SIGNALS:
    void closeRequested();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void reload();
    void append(const core::LogLine &line);
    bool wanted(const core::LogLine &line) const;
    void retranslate();

    core::LogSink &m_log;
    core::profiles::Settings &m_settings;
    QPlainTextEdit *m_text;
    QLineEdit *m_filter;
    QComboBox *m_level;
    QCheckBox *m_wire;
    QToolButton *m_copy, *m_close;
};

} // namespace ui::shell
