// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/concerntext.h"

#include "ui/common/coretext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui::workbench {

using core::guard::Concern;

namespace {

// A plan of one change needs no counting.
class ConcernText {
    Q_DECLARE_TR_FUNCTIONS(ConcernText)
public:
    static QString of(const Concern &concern, int changes)
    {
        const bool single = changes == 1;
        switch (concern.kind) {
        case Concern::Kind::Production:
            return single ? tr("This changes production.") : tr("%1 of %n changes are in production.", nullptr, changes).arg(concern.count);
        case Concern::Kind::SeveralConnections:
            return tr("The plan changes %n connections.", nullptr, concern.count);
        case Concern::Kind::NotAtomic:
            return single
                ? tr("The server cannot compare here: what somebody else changes in the very same moment is not noticed.")
                : tr("With %1 of %n changes the server cannot compare: what somebody else changes in the very same moment is not noticed.",
                     nullptr, changes)
                      .arg(concern.count);
        case Concern::Kind::UndoPartial:
            return withNote(single ? tr("This can be undone only in part.")
                                   : tr("%1 of %n changes can be undone only in part.", nullptr, changes).arg(concern.count),
                            concern.detail);
        case Concern::Kind::UndoNone:
            return withNote(single ? tr("This cannot be undone.")
                                   : tr("%1 of %n changes cannot be undone.", nullptr, changes).arg(concern.count),
                            concern.detail);
        case Concern::Kind::Note:
            break;
        }
        return concern.detail;
    }

private:
    static QString withNote(const QString &sentence, const QString &note)
    {
        return note.isEmpty() ? sentence : tr("%1 (%2)", "a sentence and its reason").arg(sentence, coreText(note));
    }
};

} // namespace

QStringList concernTexts(const QList<Concern> &concerns, int changes)
{
    QStringList texts;
    for (const Concern &concern : concerns)
        texts.append(ConcernText::of(concern, changes));
    return texts;
}

} // namespace ui::workbench
