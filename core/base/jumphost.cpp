// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jumphost.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace core {

bool isJumpHost(const QString &text)
{
    static const QRegularExpression word(u"^[\\p{L}\\p{N}_.+%][\\p{L}\\p{N}_.+%-]*\\z"_s, QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression ipv6(u"^[0-9A-Fa-f]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?\\z"_s);
    const qsizetype at = text.lastIndexOf(u'@');
    const QString host = text.mid(at + 1);
    const bool userFits = at < 0 || word.match(text.left(at)).hasMatch();
    return text.size() <= 255 && userFits && (word.match(host).hasMatch() || ipv6.match(host).hasMatch());
}

} // namespace core
