// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/subjecttext.h"

#include "ui/common/coretext.h"

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

UndoneSummary undoneSummary(const QString &summary)
{
    const auto prefix = "undo: "_L1;
    UndoneSummary result{summary};
    for (; result.what.startsWith(prefix); ++result.times)
        result.what.remove(0, prefix.size());
    return result;
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
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Create %1, %2 bytes"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Update %1, %2 bytes"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Create %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Update %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "Delete %1"),
                                     QT_TRANSLATE_NOOP("ui::workbench::Summary", "%1 changes"),
                                 });
    const UndoneSummary undone = undoneSummary(english);
    const QString once = undone.times == 0 ? QString() : undone.times % 2 == 1 ? u"undo: "_s : u"again: "_s;
    QString text = phrases.translate(once + undone.what);
    if (!text.isEmpty())
        text.front() = text.front().toUpper();
    return text;
}

} // namespace ui::workbench
