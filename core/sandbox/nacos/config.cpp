// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/config.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

QByteArray md5Of(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Md5).toHex();
}

QString Gray::rule() const
{
    const QJsonObject rule{{u"type"_s, ruleType()}, {u"version"_s, u"1.0.0"_s}, {u"expr"_s, expression}, {u"priority"_s, priority()}};
    return QString::fromUtf8(QJsonDocument(rule).toJson(QJsonDocument::Compact));
}

const Gray *Config::gray(const QString &name) const
{
    const auto found = std::find_if(grays.begin(), grays.end(), [&name](const Gray &gray) { return gray.name == name; });
    return found == grays.end() ? nullptr : &*found;
}

std::optional<Chosen> choose(const Config &config, const Chooser &chooser)
{
    const Gray *best = nullptr;
    for (const Gray &gray : config.grays) {
        const bool fits = gray.isBeta() ? gray.expression.split(u',').contains(chooser.address)
                                        : !chooser.tag.isEmpty() && gray.expression == chooser.tag;
        if (fits && (!best || gray.priority() > best->priority()))
            best = &gray;
    }
    if (best) {
        return Chosen{best->content,  best->md5,     best->type, best->encryptedDataKey, best->isBeta() ? QString() : best->expression,
                      best->modified, best->isBeta()};
    }
    if (config.md5.isEmpty())
        return std::nullopt;
    return Chosen{config.content, config.md5, config.type, config.encryptedDataKey, {}, config.modified, false};
}

} // namespace core::sandbox::nacos
