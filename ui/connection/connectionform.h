// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/workers.h"
#include "core/profiles/profile.h"
#include "ui/common/formpage.h"

#include <QMap>
#include <QSet>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;
class QToolButton;

namespace ui::connection {

class TlsCheck;
class TlsFields;

/// What the form knows: the profile, and the secrets typed into it (those saved before are not shown and stay unless typed anew).
struct ConnectionEntry {
    core::profiles::Profile profile; ///< empty slug: not saved yet
    QMap<core::profiles::Secret, QString> typed;
    QMap<QString, QString> typedHeaders; ///< header name → secret value
};

/// Everything about one connection: address, login, environment and protection, what is kept, and under Advanced the rest.
class ConnectionForm final : public FormPage {
    Q_OBJECT
public:
    explicit ConnectionForm(core::Workers &workers, QWidget *parent = nullptr);

    /// `saved`: which secrets the store has for it.
    void load(const core::profiles::Profile &profile, const QSet<core::profiles::Secret> &saved);
    /// After load(), for what came from elsewhere (the environment): typed, not saved.
    void setTyped(const QMap<core::profiles::Secret, QString> &typed);
    ConnectionEntry value() const;
    void acceptCertificate(const QByteArray &sha256);
    void saved(const core::profiles::Profile &profile);
    void failed(const core::Error &error);
    QLineEdit *nameEdit() const { return m_name; }
    /// The person is typing a secret: a probe now would try half of it.
    bool isTypingSecret() const;
    void setAdvancedShown(bool shown);

    bool isModified() const override;
    QList<FormProblem> validate() const override;
    void revert() override;

Q_SIGNALS:
    /// Something a probe would see.
    void edited();
    /// Not whole before the field is left: what was found out without it says nothing.
    void typingSecret();

private:
    void build();
    void buildAdvanced();
    void refreshShown();
    void changed();
    void setShown(const QString &id, bool shown);
    QStringList fieldsOfAuth() const;
    void loadHeaders(const QList<core::profiles::Header> &headers);
    QList<core::profiles::Header> headers(QMap<QString, QString> *secrets) const;

    core::profiles::Profile m_loaded;
    QSet<core::profiles::Secret> m_saved;
    TlsCheck *m_httpCheck, *m_grpcCheck;
    QLineEdit *m_name, *m_servers;
    QComboBox *m_auth;
    QLineEdit *m_user, *m_password, *m_accessKey, *m_secretKey, *m_securityToken, *m_token;
    QComboBox *m_environment;
    QCheckBox *m_readOnly;
    QComboBox *m_keep;
    QLineEdit *m_namespace;
    QToolButton *m_advanced;
    QLineEdit *m_console, *m_contextPath;
    QSpinBox *m_grpcPort;
    TlsFields *m_httpTls = nullptr, *m_grpcTls = nullptr;
    QCheckBox *m_grpcUsesTls;
    QComboBox *m_proxy;
    QLineEdit *m_proxyAddress;
    QLineEdit *m_jumpHost;
    QPlainTextEdit *m_headers;
    QSpinBox *m_connectTimeout, *m_callTimeout;
    QLineEdit *m_colour;
    QHash<QString, QWidget *> m_rows;
    QStringList m_advancedIds;
    bool m_loading = false, m_advancedShown = false;
};

} // namespace ui::connection
