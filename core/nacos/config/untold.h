// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/nacos/config/config.h"

namespace core::nacos {

struct Capabilities;

/// Do the readings of this server tell use, effect and schema? Those of generation 3 take the three, clear them with every publish that
/// lacks them, and tell them in nothing that is read of what is live.
bool tellsUntold(const Capabilities &capabilities);
bool hasUntold(const ConfigAttributes &attributes);

/// Use, effect and schema of a configuration, as far as they are known (ConfigClient::untold()):
/// - Server: it told them itself, with the rest.
/// - Ledger: they were published from this home, and the content is still the one that went with them (same MD5). That somebody published
///   the same content with other attributes meanwhile does not show.
/// - History: nothing was changed since it was created; only a row of that (`I`) holds the state it made, all others the one before.
/// - Nowhere: then they hold what a state before the live one had, if that is known: a sign that there is something to lose.
struct Untold {
    enum class Source { Server, Ledger, History, Nowhere };
    Source source = Source::Nowhere;
    QString use, effect, schema;
    std::optional<Error> error; ///< of the ledger or the history: what was asked there is not known

    bool isKnown() const { return source != Source::Nowhere; }
    bool isBlank() const { return use.isEmpty() && effect.isEmpty() && schema.isEmpty(); }
    /// What was read, completed by what is known; Nowhere changes nothing.
    ConfigDetail into(ConfigDetail read) const;
    /// Why a change may lose them for good, in a sentence for Change::undoNote; empty: nothing speaks for it. A configuration of which
    /// nobody ever saw any of the three is not said to lose them: it would be said at every publish.
    QString loss() const;
    static Untold of(const ConfigAttributes &attributes, Source source)
    {
        return {source, attributes.use, attributes.effect, attributes.schema, {}};
    }
};
/// Is a change's note one of loss()?
bool isUntoldLoss(const QString &note);

/// How far to look. The ledger is asked once for all. Of the history each costs two requests: of more than 100 that the ledger does not
/// know a hundred spread evenly are looked at, and the rest only where one of those had any of the three. A deletion needs no history: its
/// row keeps what was deleted, and taking it back finds it there.
enum class Look { Ledger, LedgerAndHistory };

/// The newest row of the server's history that is not of a gray version.
struct NewestRow {
    enum class Change { Insert, Update, Delete };
    bool known = false; ///< false: there is none, it was not asked for, or the account may not see it
    Change change = Change::Update;
    QByteArray md5; ///< of the content in the row
    QDateTime at;
    ConfigAttributes attributes;
    bool complete = false; ///< the row tells all attributes
    std::optional<Error> error;
};

} // namespace core::nacos
