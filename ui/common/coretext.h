// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRegularExpression>
#include <QString>

namespace ui {

/// Sentences of core in the person's language. core speaks English (signalboxctl shows it as it is); a table holds the patterns it makes
/// its sentences from, with %1 and %2 where values stand.
class Phrases {
public:
    /// `known`: marked with QT_TRANSLATE_NOOP in `context`. Both must outlive this.
    Phrases(const char *context, QList<const char *> known);
    /// What no pattern knows comes back as it is.
    QString translate(const QString &english) const;

private:
    struct Phrase {
        const char *source;
        QRegularExpression pattern;
    };
    const char *m_context;
    QList<Phrase> m_phrases;
};

/// What core/text says about a content, and the Guard about a plan it refuses.
QString coreText(const QString &english);

} // namespace ui
