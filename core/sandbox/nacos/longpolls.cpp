// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/nacos/longpolls.h"

#include <QTimer>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core::sandbox::nacos {

namespace {

constexpr QChar WordEnd(2), LineEnd(1);
constexpr int AnswerEarlier = 500; // ms, so that the answer arrives before the client gives up
constexpr qsizetype MaximumWaiting = 2000;

} // namespace

LongPolls::LongPolls(const ConfigStore &store, const Generation &generation, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_generation(generation)
{
}

std::optional<QList<LongPolls::Item>> LongPolls::parse(const QString &listening)
{
    QList<Item> items;
    const QStringList lines = listening.split(LineEnd, Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const QStringList words = line.split(WordEnd);
        if (words.size() < 3 || words.size() > 4 || words.at(0).isEmpty() || words.at(1).isEmpty())
            return std::nullopt;
        items.append({words.at(0), words.at(1), words.value(3), words.at(2).toUtf8()});
    }
    if (items.isEmpty())
        return std::nullopt;
    return items;
}

ConfigKey LongPolls::keyOf(const Item &item) const
{
    return {m_generation.canonicalSpace(item.tenant), item.group, item.dataId};
}

QList<LongPolls::Item> LongPolls::differing(const Wait &wait) const
{
    QList<Item> items;
    for (const Item &item : wait.items) {
        const ConfigPtr config = m_store.find(keyOf(item));
        const auto chosen = config ? choose(*config, {wait.address, {}}) : std::nullopt;
        if ((chosen ? chosen->md5 : QByteArray()) != item.md5)
            items.append(item);
    }
    return items;
}

HttpResponse LongPolls::answer(const QList<Item> &items)
{
    QString keys;
    for (const Item &item : items) {
        keys += item.dataId + WordEnd + item.group;
        if (!item.tenant.isEmpty())
            keys += WordEnd + item.tenant;
        keys += LineEnd;
    }
    HttpResponse response;
    response.contentType = "application/json;charset=UTF-8"; // which it is not; nor does it end in a line feed by design
    response.body = keys.isEmpty() ? QByteArray() : QUrl::toPercentEncoding(keys) + '\n';
    return response;
}

HttpResponse LongPolls::compare(const Wait &wait) const
{
    const QList<Item> items = differing(wait);
    QByteArray old;
    for (const Item &item : items)
        old += item.dataId.toUtf8() + ':' + item.group.toUtf8() + ';';
    HttpResponse response = answer(items);
    const QByteArray changed = std::exchange(response.body, {}).trimmed();
    if (!items.isEmpty())
        response.headers = {{"Probe-Modify-Response"_ba, old}, {"Probe-Modify-Response-New"_ba, changed}};
    return response;
}

void LongPolls::wait(const Wait &wait)
{
    m_anybody = true;
    const QList<Item> items = differing(wait);
    if (!items.isEmpty() || wait.milliseconds <= 0 || m_waiting.size() >= MaximumWaiting) {
        m_anybody = !m_waiting.isEmpty();
        return wait.responder.send(answer(items));
    }
    const quint64 id = ++m_nextId;
    m_waiting.insert(id, wait);
    QTimer::singleShot(std::max(0, wait.milliseconds - AnswerEarlier), this, [this, id] {
        const auto found = m_waiting.find(id);
        if (found == m_waiting.end())
            return;
        found->responder.send(answer({}));
        m_waiting.erase(found);
        m_anybody = !m_waiting.isEmpty();
    });
}

void LongPolls::changed(const ConfigKey &key)
{
    if (!m_anybody)
        return;
    QMetaObject::invokeMethod(
        this,
        [this, key] {
            for (auto it = m_waiting.begin(); it != m_waiting.end();) {
                const bool concerned =
                    std::any_of(it->items.begin(), it->items.end(), [&](const Item &item) { return keyOf(item) == key; });
                const QList<Item> items = concerned ? differing(*it) : QList<Item>();
                if (items.isEmpty()) {
                    ++it;
                    continue;
                }
                it->responder.send(answer(items));
                it = m_waiting.erase(it);
            }
            m_anybody = !m_waiting.isEmpty();
        },
        Qt::QueuedConnection);
}

QList<LongPolls::Listener> LongPolls::listenersOf(const ConfigKey &key) const
{
    QList<Listener> listeners;
    for (const Wait &wait : m_waiting) {
        for (const Item &item : wait.items) {
            if (keyOf(item) == key)
                listeners.append({wait.address, item.md5});
        }
    }
    return listeners;
}

} // namespace core::sandbox::nacos
