// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/generation.h"

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

// No namespace id can hold a blank, so this cannot collide with a real one.
constexpr QLatin1String LiteralPublic("public (literal)");

} // namespace

Result<Generation> Generation::parse(const QString &text)
{
    if (text == u"2.4")
        return Generation{Name::V2_4};
    if (text == u"3.0")
        return Generation{Name::V3_0};
    if (text == u"3.1")
        return Generation{Name::V3_1};
    if (text == u"3.2")
        return Generation{Name::V3_2};
    return fail(Error::Kind::Usage, u"--nacos-version: %1 is not built; one of 2.4, 3.0, 3.1, 3.2"_s.arg(text));
}

QString Generation::version() const
{
    switch (name) {
    case Name::V2_4:
        return u"2.4.3"_s;
    case Name::V3_0:
        return u"3.0.3"_s;
    case Name::V3_1:
        return u"3.1.0"_s;
    case Name::V3_2:
        return u"3.2.0"_s;
    }
    return {};
}

QMap<QString, bool> Generation::abilities() const
{
    QMap<QString, bool> table;
    if (hasFuzzyWatch())
        table.insert(u"fuzzyWatch"_s, true);
    return table;
}

QString Generation::canonicalSpace(const QString &spelled) const
{
    if (spelled.isEmpty())
        return u"public"_s;
    return !hasV3() && spelled == u"public" ? QString(LiteralPublic) : spelled;
}

QString Generation::spelledSpace(const QString &canonical) const
{
    if (hasV3())
        return canonical;
    if (canonical == LiteralPublic)
        return u"public"_s;
    return canonical == u"public" ? QString() : canonical;
}

} // namespace core::sandbox::nacos
