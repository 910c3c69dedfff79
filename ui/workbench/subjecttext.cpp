// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/subjecttext.h"

#include "core/guard/takenback.h"
#include "ui/common/coretext.h"
#include "ui/common/relativetime.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace ui::workbench {

Subject subjectOf(const core::Address &address)
{
    return {address.profile(), address.space() == u"-"_s ? QString() : address.space()};
}

QString nameOf(const core::Address &address)
{
    return address.path().isEmpty() ? QString() : address.path().last();
}

QString groupOf(const core::Address &address)
{
    return address.path().size() < 2 ? QString() : address.path().first();
}

QString summaryText(const QString &english)
{
    static const Phrases phrases("ui::workbench::Summary",
                                 {
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "undo: %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "again: %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Create namespace %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Update namespace %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Delete namespace %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Beta release of %1 for %2"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Stop the beta release of %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Restore %1 as of %2"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Restore %1 with MD5 %2"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Create %1, %2 bytes"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Update %1, %2 bytes"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Create %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Update %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Delete %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "%1 changes"),
                                 });
    QString line = core::guard::toString(core::guard::takenBack(english));
    // Times as people here write them.
    static const QRegularExpression asOf(u" as of ([0-9T:.-]+Z)$"_s);
    if (const auto found = asOf.match(line); found.hasMatch())
        if (const QDateTime time = QDateTime::fromString(found.captured(1), Qt::ISODateWithMs); time.isValid())
            line.replace(found.capturedStart(1), found.capturedLength(1), exactTime(time));
    QString text = phrases.translate(line);
    if (!text.isEmpty())
        text.front() = text.front().toUpper();
    return text;
}

} // namespace ui::workbench
