// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/replaceflow.h"

#include "core/nacos/config/configplans.h"
#include "core/nacos/config/namespaceids.h"
#include "core/nacos/registry.h"
#include "core/nacos/session/sessionprivate.h"

#include <algorithm>
#include <QRegularExpression>
#include <QStringDecoder>
#include <tuple>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

constexpr QByteArrayView ByteOrderMark("\xef\xbb\xbf");
/// Bytes of contents that wait for the expression.
constexpr qsizetype MostWaiting = 8 * 1024 * 1024;

QRegularExpression expression(const Replacement &replacement)
{
    // A line may end with CR, LF or both.
    return QRegularExpression(u"(*ANYCRLF)"_s + replacement.find,
                              QRegularExpression::MultilineOption | QRegularExpression::UseUnicodePropertiesOption);
}

QString expand(const QString &with, const QRegularExpressionMatch &match)
{
    QString result;
    for (qsizetype i = 0; i < with.size(); ++i) {
        const QChar c = with.at(i), next = i + 1 < with.size() ? with.at(i + 1) : QChar();
        if ((c == u'\\' || c == u'$') && next >= u'0' && next <= u'9') {
            result += match.capturedView(next.digitValue());
            ++i;
        } else if (c == u'\\' && (next == u'n' || next == u't' || next == u'\\')) {
            result += next == u'n' ? u'\n' : next == u't' ? u'\t' : u'\\';
            ++i;
        } else {
            result += c;
        }
    }
    return result;
}

Result<Replaced> replaceLiteral(const QByteArray &content, const Replacement &replacement)
{
    // UTF-8 never matches inside a character.
    const QByteArray find = replacement.find.toUtf8(), with = replacement.with.toUtf8();
    Replaced result;
    qsizetype at = 0;
    for (qsizetype hit = content.indexOf(find); hit >= 0; hit = content.indexOf(find, at)) {
        result.content += QByteArrayView(content).sliced(at, hit - at);
        result.content += with;
        at = hit + find.size();
        ++result.count;
    }
    if (at == 0)
        result.content = content;
    else
        result.content += QByteArrayView(content).sliced(at);
    return result;
}

Result<Replaced> replaceExpression(const QByteArray &content, const Replacement &replacement)
{
    const bool marked = content.startsWith(ByteOrderMark);
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(QByteArrayView(content).sliced(marked ? ByteOrderMark.size() : 0));
    if (decoder.hasError())
        return fail(Error::Kind::Policy, u"its content is not UTF-8, so that no expression can be tried on it"_s);
    const QRegularExpression expr = expression(replacement);
    QString replaced;
    qsizetype at = 0, from = 0;
    Replaced result;
    while (from <= text.size()) {
        // It was decoded just now, so the engine need not check the whole of it each time.
        const auto match = expr.match(text, from, QRegularExpression::NormalMatch, QRegularExpression::DontCheckSubjectStringMatchOption);
        if (!match.isValid())
            return fail(Error::Kind::Policy, u"the expression is too costly on its content"_s);
        if (!match.hasMatch())
            break;
        if (match.capturedLength() == 0) {
            // Nothing was found between two characters: on to the next.
            from = match.capturedStart() + 1;
            if (from < text.size() && text.at(from).isLowSurrogate())
                ++from;
            continue;
        }
        replaced += QStringView(text).sliced(at, match.capturedStart() - at);
        replaced += expand(replacement.with, match);
        at = from = match.capturedEnd();
        ++result.count;
    }
    replaced += QStringView(text).sliced(at);
    result.content = result.count > 0 ? (marked ? ByteOrderMark.toByteArray() : QByteArray()) + replaced.toUtf8() : content;
    return result;
}

/// What became of one configuration.
struct Found {
    ConfigDetail detail;
    Result<Replaced> replaced;
};

class Replacing final : public QObject {
public:
    Replacing(Registry &registry, const ReplaceRequest &request, Reply<ReplacePlan> *reply)
        : QObject(reply)
        , m_registry(&registry)
        , m_request(request)
        , m_reply(reply)
    {
        connect(&registry, &QObject::destroyed, this,
                [this] { m_reply->settle(fail(Error::Kind::Cancelled, u"the connection was closed"_s)); });
    }
    void start()
    {
        if (!m_request.namespaces.isEmpty())
            return read(m_request.namespaces);
        namespaceIds(*m_registry, this)->then(this, [this](const Result<NamespaceIds> &all) {
            if (m_reply->isSettled())
                return;
            if (!all)
                return m_reply->settle(fail(all.error()));
            read(all->ids);
        });
    }

private:
    void read(const QStringList &namespaces)
    {
        QList<ConfigQuery> queries;
        for (const QString &id : namespaces) {
            ConfigQuery query;
            query.namespaceId = ConfigKey::canonicalNamespace(id);
            query.dataId = m_request.dataId;
            query.group = m_request.group;
            queries.append(query);
        }
        auto *reading = readConfigs(*m_registry, queries, this);
        m_source = reading;
        connect(reading, &Operation::progress, m_reply, &Operation::progress);
        reading->each(this, [this](const QList<ConfigRead> &batch) {
            if (m_reply->isSettled())
                return;
            for (const ConfigRead &one : batch) {
                ++m_plan.looked;
                if (one.detail)
                    look(*one.detail);
                else
                    m_plan.leftOut.append({one.key, one.detail.error()});
            }
        });
        reading->then(this, [this](const Result<Done> &end) {
            if (m_reply->isSettled())
                return;
            if (!end)
                return m_reply->settle(fail(end.error()));
            m_reading = false;
            maybeEnd();
        });
    }
    void look(const ConfigDetail &detail)
    {
        // An expression may take its time; it takes it elsewhere, and nothing is read for it to wait there.
        ++m_open;
        m_waiting += detail.content.size();
        if (m_waiting >= MostWaiting && m_source)
            m_source->hold();
        m_registry->session().d().deps.workers->run(
            this, [content = detail.content, replacement = m_request.replacement] { return replaceIn(content, replacement); },
            [this, detail](const Result<Replaced> &replaced) {
                if (m_reply->isSettled())
                    return;
                --m_open;
                m_waiting -= detail.content.size();
                if (m_waiting < MostWaiting && m_source)
                    m_source->release();
                take({detail, replaced});
                maybeEnd();
            });
    }
    void take(const Found &found)
    {
        const ConfigKey &key = found.detail.key;
        if (!found.replaced)
            return m_plan.leftOut.append({key, found.replaced.error()});
        if (found.replaced->count == 0 || found.replaced->content == found.detail.content)
            return;
        if (found.detail.encrypted()) {
            const QString why = u"it is encrypted: what was found is ciphertext, and a change would make it useless"_s;
            return m_plan.leftOut.append({key, {Error::Kind::Policy, why, 0, false}});
        }
        m_hits.append({key, found.detail, found.replaced->content, found.replaced->count, {}});
    }
    struct Hit {
        ConfigKey key;
        ConfigDetail detail;
        QByteArray content; ///< after
        qint64 count = 0;
        std::optional<guard::Change> change;
    };
    void maybeEnd()
    {
        if (m_reading || m_open > 0 || !m_registry)
            return;
        QList<ConfigDetail> live;
        for (const Hit &hit : std::as_const(m_hits))
            live.append(hit.detail);
        m_registry->configs().untold(live, Look::LedgerAndHistory)->then(this, [this](const Result<QList<Untold>> &known) {
            if (m_reply->isSettled())
                return;
            if (!known)
                return m_reply->settle(fail(known.error()));
            for (qsizetype i = 0; i < m_hits.size(); ++i)
                build(m_hits[i], known->at(i));
            end();
        });
    }
    void build(Hit &hit, const Untold &known)
    {
        const ConfigDetail live = known.into(hit.detail);
        auto change = configChange({m_registry->slug(), hit.key, live, hit.content, live.attributes, known.loss()});
        if (change)
            hit.change = std::move(*change);
        else
            m_plan.leftOut.append({hit.key, change.error()});
        hit.detail = {};
        hit.content = {};
    }
    void end()
    {
        m_hits.removeIf([](const Hit &hit) { return !hit.change; });
        const auto order = [](const auto &a, const auto &b) {
            return std::tie(a.key.namespaceId, a.key.group, a.key.dataId) < std::tie(b.key.namespaceId, b.key.group, b.key.dataId);
        };
        std::sort(m_hits.begin(), m_hits.end(), order);
        std::sort(m_plan.leftOut.begin(), m_plan.leftOut.end(), order);
        for (Hit &hit : m_hits) {
            m_plan.plan.changes.push_back(std::move(*hit.change));
            m_plan.counts.append(hit.count);
        }
        m_plan.plan.title = u"Replace in %1 configurations"_s.arg(m_hits.size());
        m_reply->settle(m_plan);
    }

    QPointer<Registry> m_registry;
    const ReplaceRequest m_request;
    Reply<ReplacePlan> *m_reply;
    ReplacePlan m_plan;
    QList<Hit> m_hits;
    QPointer<Stream<ConfigRead>> m_source;
    qsizetype m_waiting = 0; ///< bytes of what is being looked at
    int m_open = 0;
    bool m_reading = true;
};

} // namespace

Result<Done> check(const Replacement &replacement)
{
    if (replacement.find.isEmpty())
        return fail(Error::Kind::Usage, u"there is nothing to look for"_s);
    if (replacement.kind == Replacement::Kind::Literal)
        return Done{};
    const QRegularExpression plain(replacement.find);
    if (!plain.isValid())
        return fail(Error::Kind::Usage,
                    u"not a regular expression: %1 at character %2"_s.arg(plain.errorString()).arg(plain.patternErrorOffset() + 1));
    if (const auto match = expression(replacement).match(QString()); match.hasMatch())
        return fail(Error::Kind::Usage, u"the expression is content with nothing at all: it would match everywhere"_s);
    return Done{};
}

Result<Replaced> replaceIn(const QByteArray &content, const Replacement &replacement)
{
    return replacement.kind == Replacement::Kind::Literal ? replaceLiteral(content, replacement) : replaceExpression(content, replacement);
}

Reply<ReplacePlan> *planReplace(Registry &registry, const ReplaceRequest &request, QObject *parent)
{
    auto *reply = new Reply<ReplacePlan>(parent);
    if (const auto valid = check(request.replacement); !valid) {
        reply->settle(fail(valid.error()));
        return reply;
    }
    auto *flow = new Replacing(registry, request, reply);
    reply->onCancel = [flow = QPointer<QObject>(flow)] { delete flow.data(); };
    flow->start();
    return reply;
}

} // namespace core::nacos
