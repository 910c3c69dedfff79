// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/reply.h"

#include <memory>
#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QString>

namespace core::profiles {

/// Every setting of the programs; the table in settings.cpp gives name, type and default, the same in the same order.
enum class Setting {
    Language,      ///< "", "en", "zh_CN"; empty: the system's
    Theme,         ///< "system", "light", "dark"
    ScalePercent,  ///< 100 … 200
    FontSize,      ///< points; 0: the desktop's
    CodeFont,      ///< family; empty: the best there is
    CodeFontSize,  ///< points; 0: as the text
    ReducedMotion, ///< no fades
    ShowLog,       ///< log dock open
    WireLog,       ///< requests and answers (redacted) in the log
    WrapLines,     ///< in editors
    ShowWhitespace,
    TabWidth,
    SecretStore, ///< "keychain", "file", "memory"
    MirrorLimitMiB,
    MirrorFillOnConnect, ///< read all contents in the background
    OpenLastTabs,        ///< restore tabs at start
    DefaultUnlockMinutes,
    ClipboardSeconds, ///< after which a copied secret is cleared
    Shortcuts,        ///< object: action id → key sequence
    WindowState,      ///< object: geometry, docks, tabs
    TableLayouts,     ///< object: page id → columns, widths, sort
    SavedFilters,     ///< object: page id → [{name, text}]
    RecentAddresses,  ///< array of addresses, newest first
    Bookmarks,        ///< array of {address, title}
    PaletteHistory,   ///< array of command ids, newest first
    FirstRunDone,
    Count
};

/// HOME/settings.json: typed values with defaults, a signal per change, written together 300 ms after the last change (and on
/// destruction) under the same lock–read–write as profiles. Unknown members survive. Lives in the GUI thread. No secrets.
class Settings final : public QObject {
    Q_OBJECT
public:
    explicit Settings(const QString &home, QObject *parent = nullptr);
    ~Settings() override;

    QString text(Setting key) const;
    int number(Setting key) const;
    bool isOn(Setting key) const;
    QJsonObject object(Setting key) const;
    QJsonArray array(Setting key) const;
    QJsonValue value(Setting key) const;
    /// A value of another type than the setting's is our own mistake (asserted); one equal to the present one changes nothing.
    void set(Setting key, const QJsonValue &value);
    void reset(Setting key);

    /// The name in the file, "appearance.theme".
    static QString name(Setting key);
    static QJsonValue defaultOf(Setting key);

    /// Writes now what is pending. Internal: the disk would not take it; the values stay in memory and are tried again.
    Result<Done> flush();
    void watch(); ///< notices other programs' edits from now on

Q_SIGNALS:
    void changed(core::profiles::Setting key);
    /// A write failed; what was set lasts only as long as this program.
    void writeFailed(const core::Error &error);

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace core::profiles
