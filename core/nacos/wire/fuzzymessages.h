// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/wire/responsehead.h"

#include <QList>

/// Fuzzy watch of configurations (Nacos 3.0 and later with the ability `fuzzyWatch`). Same conventions as
/// configmessages.h.
namespace core::nacos::wire {

struct ConfigFuzzyWatchRequest {
    static constexpr char typeName[] = "ConfigFuzzyWatchRequest";
    enum class Mode { Watch, Cancel };
    enum class Phase { Initializing, Again };
    QString groupKeyPattern;
    QList<QString> receivedGroupKeys; ///< what the client knows already
    Mode mode = Mode::Watch;
    Phase phase = Phase::Initializing;
    QByteArray toBody() const;
    static Result<ConfigFuzzyWatchRequest> fromBody(const QByteArray &json);
};

struct ConfigFuzzyWatchResponse {
    static constexpr char typeName[] = "ConfigFuzzyWatchResponse";
    ResponseHead head;
    QByteArray toBody() const;
    static Result<ConfigFuzzyWatchResponse> fromBody(const QByteArray &json);
};

/// Push: a batch of keys that match, or the end of the first ones.
struct ConfigFuzzyWatchSyncRequest {
    static constexpr char typeName[] = "ConfigFuzzyWatchSyncRequest";
    static constexpr char Init[] = "FUZZY_WATCH_INIT_NOTIFY";
    static constexpr char InitFinished[] = "FINISH_FUZZY_WATCH_INIT_NOTIFY";
    static constexpr char Difference[] = "FUZZY_WATCH_DIFF_SYNC_NOTIFY";
    struct Item {
        QString groupKey;
        QString changedType; ///< ADD_CONFIG, DELETE_CONFIG
        friend bool operator==(const Item &, const Item &) = default;
    };
    QString requestId;
    QString syncType;
    QString groupKeyPattern;
    QList<Item> items; ///< the end of the first ones has no such member
    int totalBatch = 0, currentBatch = 0;
    QByteArray toBody() const;
    static Result<ConfigFuzzyWatchSyncRequest> fromBody(const QByteArray &json);
};

/// Push: one configuration came, went or changed.
struct ConfigFuzzyWatchChangeNotifyRequest {
    static constexpr char typeName[] = "ConfigFuzzyWatchChangeNotifyRequest";
    static constexpr char Added[] = "ADD_CONFIG";
    static constexpr char Deleted[] = "DELETE_CONFIG";
    static constexpr char Changed[] = "CONFIG_CHANGED"; ///< sent for new ones too
    QString requestId;
    QString groupKey;
    QString changeType;
    QByteArray toBody() const;
    static Result<ConfigFuzzyWatchChangeNotifyRequest> fromBody(const QByteArray &json);
};

} // namespace core::nacos::wire
