// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/logpane.h"

#include "core/net/wirelog.h"
#include "core/profiles/settings.h"
#include "ui/common/clipboard.h"
#include "ui/common/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::shell {

using core::profiles::Setting;

namespace {

int weight(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return 0;
    case QtInfoMsg:
        return 1;
    case QtWarningMsg:
        return 2;
    case QtCriticalMsg:
    case QtFatalMsg:
        return 3;
    }
    return 0;
}

} // namespace

LogPane::LogPane(core::LogSink &log, core::profiles::Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_log(log)
    , m_settings(settings)
    , m_text(new QPlainTextEdit(this))
    , m_filter(new QLineEdit(this))
    , m_level(new QComboBox(this))
    , m_wire(new QCheckBox(this))
{
    setObjectName(u"logPane"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Between + metrics::Inside, metrics::Inside, metrics::Between, metrics::Inside);
    bar->setSpacing(metrics::Between);
    m_filter->setObjectName(u"logFilter"_s);
    m_level->setObjectName(u"logLevel"_s);
    m_wire->setObjectName(u"logWire"_s);
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(320);
    for (int i = 0; i < 4; ++i)
        m_level->addItem(QString());
    m_level->setCurrentIndex(1);
    m_copy = QuietButton::iconOnly(Icon::Copy, tr("Copy the log"), this);
    m_close = QuietButton::iconOnly(Icon::Close, tr("Close the log"), this);
    m_copy->setObjectName(u"logCopy"_s);
    m_close->setObjectName(u"logClose"_s);
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_level);
    bar->addWidget(m_wire);
    bar->addStretch(1);
    bar->addWidget(m_copy);
    bar->addWidget(m_close);
    layout->addLayout(bar);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    m_text->setObjectName(u"logText"_s);
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setMaximumBlockCount(2000);
    m_text->setFont(Theme::fixedFont());
    m_text->setUndoRedoEnabled(false);
    layout->addWidget(m_text, 1);
    m_wire->setChecked(m_settings.isOn(Setting::WireLog));

    connect(m_filter, &QLineEdit::textChanged, this, &LogPane::reload);
    connect(m_level, &QComboBox::currentIndexChanged, this, &LogPane::reload);
    connect(m_wire, &QCheckBox::toggled, this, [this](bool on) {
        m_settings.set(Setting::WireLog, on);
        core::net::setWireLog(on ? core::net::WireLog::On : core::net::WireLog::Off);
        if (on)
            m_level->setCurrentIndex(0);
    });
    connect(m_copy, &QAbstractButton::clicked, this, [this] { clipboard::copy(m_text->toPlainText()); });
    connect(m_close, &QAbstractButton::clicked, this, &LogPane::closeRequested);
    connect(
        &m_log, &core::LogSink::lineAdded, this,
        [this](const core::LogLine &line) {
            if (isVisible())
                append(line);
        },
        Qt::QueuedConnection);
    retranslate();
}

void LogPane::retranslate()
{
    m_filter->setPlaceholderText(tr("Filter the log"));
    m_filter->setAccessibleName(tr("Filter the log"));
    m_level->setAccessibleName(tr("Least weight shown"));
    m_level->setItemText(0, tr("Everything"));
    m_level->setItemText(1, tr("Information"));
    m_level->setItemText(2, tr("Warnings"));
    m_level->setItemText(3, tr("Errors"));
    m_wire->setText(tr("Requests and answers"));
    m_wire->setToolTip(tr("Also logs each request and answer, without contents and secrets"));
    m_text->setAccessibleName(tr("Log"));
    m_copy->setToolTip(tr("Copy the log"));
    m_copy->setAccessibleName(tr("Copy the log"));
    m_close->setToolTip(tr("Close the log"));
    m_close->setAccessibleName(tr("Close the log"));
}

bool LogPane::wanted(const core::LogLine &line) const
{
    if (weight(line.type) < m_level->currentIndex())
        return false;
    const QString text = m_filter->text();
    return text.isEmpty() || line.text.contains(text, Qt::CaseInsensitive) || line.category.contains(text, Qt::CaseInsensitive);
}

void LogPane::append(const core::LogLine &line)
{
    if (!wanted(line))
        return;
    static const char *const names[] = {"debug", "info ", "warn ", "error"};
    QString category = line.category;
    if (category.startsWith("signalbox."_L1))
        category = category.mid(10);
    const QString text = u"%1  %2  %3  %4"_s.arg(line.at.toLocalTime().toString(u"HH:mm:ss.zzz"_s), QLatin1String(names[weight(line.type)]),
                                                 category.leftJustified(8), line.text);
    QTextCharFormat format;
    if (weight(line.type) >= 2)
        format.setForeground(Theme::color(weight(line.type) == 2 ? Token::Warning : Token::Error));
    else if (weight(line.type) == 0)
        format.setForeground(Theme::color(Token::Muted));
    const bool atEnd = m_text->verticalScrollBar()->value() == m_text->verticalScrollBar()->maximum();
    QTextCursor cursor(m_text->document());
    cursor.movePosition(QTextCursor::End);
    if (!m_text->document()->isEmpty())
        cursor.insertBlock();
    cursor.insertText(text, format);
    if (atEnd)
        m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
}

void LogPane::reload()
{
    if (!isVisible())
        return;
    m_text->clear();
    const QList<core::LogLine> lines = m_log.lines();
    for (const core::LogLine &line : lines)
        append(line);
    m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
}

void LogPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    reload();
}

void LogPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closeRequested();
        return;
    }
    QWidget::keyPressEvent(event);
}

void LogPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        reload();
    QWidget::changeEvent(event);
}

} // namespace ui::shell
