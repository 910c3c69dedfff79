// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/untold.h"

#include "core/base/stream.h"
#include "core/guard/guard.h"
#include "core/nacos/config/configplans.h"
#include "core/store/ledger.h"

#include <QCryptographicHash>
#include <QLoggingCategory>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(logUntold, "signalbox.config.attributes")

namespace ui::config {

void recallUntold(workbench::Workbench &workbench, QObject *context, const core::Address &address, const QByteArray &md5,
                  std::function<void(const core::nacos::ConfigAttributes &)> handler)
{
    core::store::Ledger &ledger = workbench.services().ledger;
    // Other names begin like this one, so that the newest of its own may be far down.
    auto *entries = ledger.entries({.addressPrefix = address.toString(), .outcomes = {u"Applied"_s}});
    auto last = std::make_shared<QByteArray>();
    entries->each(context, [last, name = address.toString()](const QList<core::store::LedgerEntry> &batch) {
        for (const core::store::LedgerEntry &entry : batch) {
            if (last->isEmpty() && entry.address == name)
                *last = entry.after;
        }
    });
    entries->then(context, [&ledger, context, last, md5, handler = std::move(handler)](const core::Result<core::Done> &done) {
        if (!done)
            qCWarning(logUntold).noquote() << "the ledger cannot be asked what was published:" << done.error().message;
        if (!done || last->isEmpty())
            return;
        ledger.value(*last)->then(context, [md5, handler](const core::Result<std::optional<QByteArray>> &bytes) {
            const auto value = bytes && *bytes ? core::guard::Value::fromCanonical(**bytes)
                                               : core::Result<core::guard::Value>(core::fail(core::Error::Kind::NotFound, {}));
            if (!value || QCryptographicHash::hash(value->content, QCryptographicHash::Md5).toHex() != md5)
                return;
            const auto attributes = core::nacos::attributesOf(*value);
            if (!attributes.use.isEmpty() || !attributes.effect.isEmpty() || !attributes.schema.isEmpty())
                handler(attributes);
        });
    });
}

} // namespace ui::config
