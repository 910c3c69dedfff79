// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connection/connectionform.h"

#include "ui/common/coretext.h"
#include "ui/common/widgets.h"
#include "ui/connection/tlscheck.h"
#include "ui/connection/tlsfields.h"
#include "ui/workbench/environment.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace ui::connection {

using core::profiles::Auth;
using core::profiles::Header;
using core::profiles::Profile;
using core::profiles::Proxy;
using core::profiles::Secret;

namespace {

/// Stands for a secret value that is saved and not shown.
const QString Kept = u"••••••"_s;

/// The form's field of a problem at this place of the profile's document.
QString fieldOf(const QString &pointer)
{
    static const QList<std::pair<QString, QString>> table{
        {u"/name"_s, u"name"_s},
        {u"/servers"_s, u"servers"_s},
        {u"/auth/user"_s, u"user"_s},
        {u"/auth/accessKeyId"_s, u"accessKey"_s},
        {u"/auth"_s, u"auth"_s},
        {u"/consoleUrl"_s, u"console"_s},
        {u"/grpcPort"_s, u"grpcPort"_s},
        {u"/contextPath"_s, u"contextPath"_s},
        {u"/headers"_s, u"headers"_s},
        {u"/proxy"_s, u"proxyAddress"_s},
        {u"/colour"_s, u"colour"_s},
        {u"/defaultNamespace"_s, u"namespace"_s},
        {u"/httpTls/caFile"_s, u"httpCaFile"_s},
        {u"/httpTls/sha256"_s, u"httpFingerprint"_s},
        {u"/httpTls"_s, u"httpCertFile"_s},
        {u"/grpcTls/caFile"_s, u"grpcCaFile"_s},
        {u"/grpcTls/sha256"_s, u"grpcFingerprint"_s},
        {u"/grpcTls"_s, u"grpcCertFile"_s},
    };
    for (const auto &[start, field] : table)
        if (pointer.startsWith(start))
            return field;
    return {};
}

QStringList splitServers(const QString &text)
{
    static const QRegularExpression separators(u"[,;\\s]+"_s);
    return text.split(separators, Qt::SkipEmptyParts);
}

} // namespace

ConnectionForm::ConnectionForm(core::Workers &workers, QWidget *parent)
    : FormPage(parent)
    , m_httpCheck(new TlsCheck(workers, this))
    , m_grpcCheck(new TlsCheck(workers, this))
    , m_name(new QLineEdit(this))
    , m_servers(new QLineEdit(this))
    , m_auth(new QComboBox(this))
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_accessKey(new QLineEdit(this))
    , m_secretKey(new QLineEdit(this))
    , m_securityToken(new QLineEdit(this))
    , m_token(new QLineEdit(this))
    , m_environment(new QComboBox(this))
    , m_readOnly(new QCheckBox(this))
    , m_keep(new QComboBox(this))
    , m_namespace(new QLineEdit(this))
    , m_advanced(new QToolButton(this))
    , m_console(new QLineEdit(this))
    , m_contextPath(new QLineEdit(this))
    , m_grpcPort(new QSpinBox(this))
    , m_grpcUsesTls(new QCheckBox(this))
    , m_proxy(new QComboBox(this))
    , m_proxyAddress(new QLineEdit(this))
    , m_jumpHost(new QLineEdit(this))
    , m_headers(new QPlainTextEdit(this))
    , m_connectTimeout(new QSpinBox(this))
    , m_callTimeout(new QSpinBox(this))
    , m_colour(new QLineEdit(this))
{
    setObjectName(u"connectionForm"_s);
    build();
    buildAdvanced();
    for (TlsCheck *check : {m_httpCheck, m_grpcCheck})
        connect(check, &TlsCheck::changed, this, &ConnectionForm::check);
    for (QLineEdit *edit : {m_name, m_servers, m_user, m_password, m_accessKey, m_secretKey, m_securityToken, m_token, m_namespace,
                            m_console, m_contextPath, m_proxyAddress, m_jumpHost, m_colour})
        connect(edit, &QLineEdit::textChanged, this, &ConnectionForm::changed);
    for (QLineEdit *edit : {m_password, m_secretKey, m_securityToken, m_token})
        connect(edit, &QLineEdit::editingFinished, this, &ConnectionForm::edited);
    for (QComboBox *box : {m_auth, m_environment, m_keep, m_proxy})
        connect(box, &QComboBox::currentIndexChanged, this, &ConnectionForm::changed);
    for (QCheckBox *box : {m_readOnly, m_grpcUsesTls})
        connect(box, &QCheckBox::toggled, this, &ConnectionForm::changed);
    for (QSpinBox *box : {m_grpcPort, m_connectTimeout, m_callTimeout})
        connect(box, &QSpinBox::valueChanged, this, &ConnectionForm::changed);
    connect(m_headers, &QPlainTextEdit::textChanged, this, &ConnectionForm::changed);
    connect(m_httpTls, &TlsFields::edited, this, &ConnectionForm::changed);
    connect(m_grpcTls, &TlsFields::edited, this, &ConnectionForm::changed);
    load({}, {});
}

void ConnectionForm::build()
{
    const auto add = [this](const QString &id, const QString &label, QWidget *field, const QString &hint = {}) {
        addField(id, label, field, hint);
        m_rows.insert(id, field->parentWidget());
    };
    form()->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_servers->setPlaceholderText(u"http://host:8848"_s);
    add(u"name"_s, tr("&Name"), m_name);
    add(u"servers"_s, tr("A&ddress"), m_servers, tr("Of a cluster, several with commas between them"));

    addSection(tr("Login"));
    m_auth->addItem(tr("User and password"), int(Auth::Kind::Password));
    m_auth->addItem(tr("None"), int(Auth::Kind::None));
    m_auth->addItem(tr("Access key and secret key"), int(Auth::Kind::AkSk));
    m_auth->addItem(tr("Bearer token"), int(Auth::Kind::Token));
    add(u"auth"_s, tr("&Kind"), m_auth);
    add(u"user"_s, tr("&User"), m_user);
    add(u"password"_s, tr("&Password"), m_password);
    add(u"accessKey"_s, tr("Access key &ID"), m_accessKey);
    add(u"secretKey"_s, tr("Secret ke&y"), m_secretKey);
    add(u"securityToken"_s, tr("Security t&oken"), m_securityToken, tr("Only for temporary keys"));
    add(u"token"_s, tr("T&oken"), m_token);
    for (QLineEdit *edit : {m_password, m_secretKey, m_securityToken, m_token})
        edit->setEchoMode(QLineEdit::Password);

    addSection(tr("Environment and protection"));
    using core::profiles::Environment;
    for (const Environment environment : {Environment::None, Environment::Development, Environment::Staging, Environment::Production}) {
        const QString word = workbench::environmentWord(workbench::environmentOf(environment));
        m_environment->addItem(environment == Environment::None ? tr("None") : word, int(environment));
    }
    add(u"environment"_s, tr("Envi&ronment"), m_environment);
    m_readOnly->setText(tr("Read-on&ly until unlocked"));
    add(u"readOnly"_s, tr("Protection"), m_readOnly, tr("A production connection is always protected"));
    m_keep->addItem(tr("Keep contents"), int(core::profiles::Keep::Contents));
    m_keep->addItem(tr("Facts only: names, sizes and hashes"), int(core::profiles::Keep::Facts));
    add(u"keep"_s, tr("On this &machine"), m_keep, tr("What has been seen is kept for offline use, search and history"));
    m_namespace->setPlaceholderText(u"public"_s);
    add(u"namespace"_s, tr("Start in namespace"), m_namespace);
}

void ConnectionForm::buildAdvanced()
{
    m_advanced->setText(tr("Advanced"));
    m_advanced->setObjectName(u"connectionAdvanced"_s);
    m_advanced->setAutoRaise(true);
    m_advanced->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    addWide(m_advanced);
    connect(m_advanced, &QToolButton::clicked, this, [this] { setAdvancedShown(!m_advancedShown); });
    const auto add = [this](const QString &id, const QString &label, QWidget *field, const QString &hint = {}) {
        addField(id, label, field, hint);
        m_rows.insert(id, field->parentWidget());
        m_advancedIds.append(id);
    };
    m_console->setPlaceholderText(tr("found by the probe"));
    add(u"console"_s, tr("Console address"), m_console);
    m_contextPath->setPlaceholderText(u"/nacos"_s);
    add(u"contextPath"_s, tr("Context path"), m_contextPath);
    m_grpcPort->setRange(0, 65535);
    m_grpcPort->setSpecialValueText(tr("HTTP port + 1000"));
    add(u"grpcPort"_s, tr("gRPC port"), m_grpcPort);
    m_httpTls = new TlsFields(u"http"_s, add, this);
    m_grpcUsesTls->setText(tr("gRPC uses TLS"));
    add(u"grpcUsesTls"_s, tr("gRPC"), m_grpcUsesTls);
    m_grpcTls = new TlsFields(u"grpc"_s, add, this);
    m_proxy->addItem(tr("The system's"), int(Proxy::Kind::System));
    m_proxy->addItem(tr("None"), int(Proxy::Kind::None));
    m_proxy->addItem(tr("HTTP"), int(Proxy::Kind::Http));
    m_proxy->addItem(tr("SOCKS 5 (without gRPC)"), int(Proxy::Kind::Socks5));
    m_proxy->addItem(tr("SSH tunnel"), int(Proxy::Kind::Ssh));
    add(u"proxy"_s, tr("Proxy"), m_proxy);
    m_proxyAddress->setPlaceholderText(u"host:3128"_s);
    add(u"proxyAddress"_s, tr("Proxy address"), m_proxyAddress);
    m_jumpHost->setPlaceholderText(u"user@host:22"_s);
    m_jumpHost->setToolTip(tr("The program ssh leads every connection through this host, with your own keys, agent and configuration. "
                              "Addresses are those the jump host sees. Nothing is asked: “ssh” to it must work without a question."));
    add(u"jumpHost"_s, tr("Jump host"), m_jumpHost, tr("Or a name of your ssh configuration"));
    m_headers->setPlaceholderText(u"X-Team: payments"_s);
    m_headers->setTabChangesFocus(true);
    m_headers->setFixedHeight(64);
    m_headers->setFont(Theme::fixedFont());
    add(u"headers"_s, tr("Headers"), m_headers, tr("One a line; those that hold secrets are kept with the passwords"));
    for (QSpinBox *box : {m_connectTimeout, m_callTimeout}) {
        box->setRange(1, 600);
        box->setSuffix(tr(" s", "seconds"));
    }
    add(u"connectTimeout"_s, tr("Time to connect"), m_connectTimeout);
    add(u"callTimeout"_s, tr("Time for a request"), m_callTimeout);
    m_colour->setPlaceholderText(u"#0F766E"_s);
    add(u"colour"_s, tr("Colour"), m_colour, tr("Instead of the environment's"));
}

void ConnectionForm::setAdvancedShown(bool shown)
{
    m_advancedShown = shown;
    m_advanced->setIcon(Theme::icon(shown ? Icon::Collapse : Icon::Expand));
    refreshShown();
}

QStringList ConnectionForm::fieldsOfAuth() const
{
    switch (Auth::Kind(m_auth->currentData().toInt())) {
    case Auth::Kind::Password:
        return {u"user"_s, u"password"_s};
    case Auth::Kind::AkSk:
        return {u"accessKey"_s, u"secretKey"_s, u"securityToken"_s};
    case Auth::Kind::Token:
        return {u"token"_s};
    default:
        return {};
    }
}

void ConnectionForm::setShown(const QString &id, bool shown)
{
    if (QWidget *row = m_rows.value(id))
        form()->setRowVisible(row, shown);
}

void ConnectionForm::refreshShown()
{
    const QStringList auth = fieldsOfAuth();
    for (const char *id : {"user", "password", "accessKey", "secretKey", "securityToken", "token"})
        setShown(QLatin1String(id), auth.contains(QLatin1String(id)));
    const bool https = m_servers->text().contains("https://"_L1) || m_console->text().startsWith("https://"_L1);
    const QStringList http = https ? m_httpTls->shownFields() : QStringList();
    const QStringList grpc = m_grpcUsesTls->isChecked() ? m_grpcTls->shownFields() : QStringList();
    const auto proxy = Proxy::Kind(m_proxy->currentData().toInt());
    const QStringList tlsIds = m_httpTls->fieldIds() + m_grpcTls->fieldIds();
    for (const QString &id : std::as_const(m_advancedIds)) {
        bool shown = m_advancedShown;
        if (tlsIds.contains(id))
            shown = shown && (http.contains(id) || grpc.contains(id));
        if (id == u"proxyAddress"_s)
            shown = shown && (proxy == Proxy::Kind::Http || proxy == Proxy::Kind::Socks5);
        if (id == u"jumpHost"_s)
            shown = shown && proxy == Proxy::Kind::Ssh;
        setShown(id, shown);
    }
    const auto environment = core::profiles::Environment(m_environment->currentData().toInt());
    const bool production = environment == core::profiles::Environment::Production;
    m_readOnly->setEnabled(!production);
    if (production) {
        const QSignalBlocker quiet(m_readOnly);
        m_readOnly->setChecked(true);
    }
}

void ConnectionForm::changed()
{
    if (m_loading)
        return;
    refreshShown();
    touched();
    if (isTypingSecret())
        Q_EMIT typingSecret();
    else
        Q_EMIT edited();
}

bool ConnectionForm::isTypingSecret() const
{
    const QWidget *focus = QApplication::focusWidget();
    return focus && (focus == m_password || focus == m_secretKey || focus == m_securityToken || focus == m_token);
}

void ConnectionForm::load(const Profile &profile, const QSet<Secret> &saved)
{
    m_loading = true;
    m_loaded = profile;
    m_saved = saved;
    const bool fresh = profile.slug.isEmpty() && profile.servers.isEmpty();
    m_name->setText(profile.name);
    m_servers->setText(profile.servers.join(u", "_s));
    const Auth::Kind auth = fresh ? Auth::Kind::Password : profile.auth.kind;
    m_auth->setCurrentIndex(std::max(0, m_auth->findData(int(auth))));
    m_user->setText(profile.auth.user);
    m_accessKey->setText(profile.auth.accessKeyId);
    const auto secret = [&saved](QLineEdit *edit, Secret which) {
        edit->clear();
        edit->setPlaceholderText(saved.contains(which) ? tr("saved; type to replace it") : QString());
    };
    secret(m_password, Secret::Password);
    secret(m_secretKey, Secret::SecretKey);
    secret(m_securityToken, Secret::SecurityToken);
    secret(m_token, Secret::Token);
    m_environment->setCurrentIndex(m_environment->findData(int(profile.environment)));
    m_readOnly->setChecked(profile.isProtected());
    m_keep->setCurrentIndex(m_keep->findData(int(profile.keep)));
    m_namespace->setText(profile.defaultNamespace == u"public"_s ? QString() : profile.defaultNamespace);
    m_console->setText(profile.consoleUrl);
    m_contextPath->setText(profile.contextPath == u"/nacos"_s ? QString() : profile.contextPath);
    m_grpcPort->setValue(profile.grpcPort);
    const auto passphrase = [&](Secret which) {
        return saved.contains(which) ? TlsFields::Passphrase::Saved : TlsFields::Passphrase::Missing;
    };
    m_httpTls->load(profile.httpTls, passphrase(Secret::HttpKeyPassphrase));
    m_grpcUsesTls->setChecked(profile.grpcTransport == Profile::GrpcTransport::Tls);
    m_grpcTls->load(profile.grpcTls, passphrase(Secret::GrpcKeyPassphrase));
    m_proxy->setCurrentIndex(m_proxy->findData(int(profile.proxy.kind)));
    const bool tunnel = profile.proxy.kind == Proxy::Kind::Ssh;
    m_proxyAddress->setText(tunnel ? QString() : core::profiles::addressOf(profile.proxy));
    m_jumpHost->setText(tunnel ? core::profiles::addressOf(profile.proxy) : QString());
    loadHeaders(profile.headers);
    m_connectTimeout->setValue(int(std::chrono::duration_cast<std::chrono::seconds>(profile.connectTimeout).count()));
    m_callTimeout->setValue(int(std::chrono::duration_cast<std::chrono::seconds>(profile.callTimeout).count()));
    m_colour->setText(profile.colour);
    setSaveText(profile.slug.isEmpty() ? tr("&Add connection") : tr("&Save"));
    const Profile plain;
    const bool unusual = !profile.consoleUrl.isEmpty() || profile.grpcPort != 0 || !profile.headers.isEmpty() ||
        !(profile.httpTls == plain.httpTls) || !(profile.grpcTls == plain.grpcTls) || !(profile.proxy == plain.proxy) ||
        profile.grpcTransport != plain.grpcTransport || profile.contextPath != plain.contextPath;
    m_loading = false;
    setAdvancedShown(unusual);
    loaded(fresh ? Filled::No : Filled::Yes);
}

void ConnectionForm::setTyped(const QMap<Secret, QString> &typed)
{
    m_password->setText(typed.value(Secret::Password));
    m_secretKey->setText(typed.value(Secret::SecretKey));
    m_securityToken->setText(typed.value(Secret::SecurityToken));
    m_token->setText(typed.value(Secret::Token));
    touched();
}

void ConnectionForm::loadHeaders(const QList<Header> &headers)
{
    QStringList lines;
    for (const Header &header : headers)
        lines.append(u"%1: %2"_s.arg(header.name, header.place == Header::Place::SecretStore ? Kept : header.value));
    m_headers->setPlainText(lines.join(u'\n'));
}

QList<Header> ConnectionForm::headers(QMap<QString, QString> *secrets) const
{
    QList<Header> list;
    const QStringList lines = m_headers->toPlainText().split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const qsizetype colon = line.indexOf(u':');
        Header header;
        header.name = line.left(colon < 0 ? line.size() : colon).trimmed();
        header.value = colon < 0 ? QString() : line.mid(colon + 1).trimmed();
        if (core::profiles::isSecretHeader(header.name) || header.value == Kept) {
            header.place = Header::Place::SecretStore;
            if (header.value != Kept && secrets)
                secrets->insert(header.name, header.value);
            header.value.clear();
        }
        list.append(header);
    }
    return list;
}

ConnectionEntry ConnectionForm::value() const
{
    ConnectionEntry entry;
    Profile &profile = entry.profile;
    profile = m_loaded;
    profile.name = m_name->text().trimmed();
    profile.servers = splitServers(m_servers->text());
    profile.auth = {};
    profile.auth.kind = Auth::Kind(m_auth->currentData().toInt());
    const auto typed = [&entry](const QLineEdit *edit, Secret which) {
        if (!edit->text().isEmpty())
            entry.typed.insert(which, edit->text());
    };
    switch (profile.auth.kind) {
    case Auth::Kind::Password:
        profile.auth.user = m_user->text().trimmed();
        typed(m_password, Secret::Password);
        break;
    case Auth::Kind::AkSk:
        profile.auth.accessKeyId = m_accessKey->text().trimmed();
        typed(m_secretKey, Secret::SecretKey);
        typed(m_securityToken, Secret::SecurityToken);
        break;
    case Auth::Kind::Token:
        typed(m_token, Secret::Token);
        break;
    default:
        break;
    }
    profile.environment = core::profiles::Environment(m_environment->currentData().toInt());
    const bool production = profile.environment == core::profiles::Environment::Production;
    if (!production)
        profile.protection = m_readOnly->isChecked() ? core::profiles::Protection::ReadOnly : core::profiles::Protection::Normal;
    profile.keep = core::profiles::Keep(m_keep->currentData().toInt());
    profile.defaultNamespace = m_namespace->text().trimmed().isEmpty() ? u"public"_s : m_namespace->text().trimmed();
    profile.consoleUrl = m_console->text().trimmed();
    profile.contextPath = m_contextPath->text().trimmed().isEmpty() ? u"/nacos"_s : m_contextPath->text().trimmed();
    profile.grpcPort = m_grpcPort->value();
    profile.httpTls = m_httpTls->value();
    profile.grpcTransport = m_grpcUsesTls->isChecked() ? Profile::GrpcTransport::Tls : Profile::GrpcTransport::Plain;
    profile.grpcTls = m_grpcUsesTls->isChecked() ? m_grpcTls->value() : m_loaded.grpcTls;
    if (const QString passphrase = m_httpTls->passphrase(); !passphrase.isEmpty())
        entry.typed.insert(Secret::HttpKeyPassphrase, passphrase);
    if (const QString passphrase = m_grpcTls->passphrase(); !passphrase.isEmpty())
        entry.typed.insert(Secret::GrpcKeyPassphrase, passphrase);
    profile.proxy = {};
    profile.proxy.kind = Proxy::Kind(m_proxy->currentData().toInt());
    if (profile.proxy.kind == Proxy::Kind::Http || profile.proxy.kind == Proxy::Kind::Socks5) {
        const QString address = m_proxyAddress->text().trimmed();
        const qsizetype colon = address.lastIndexOf(u':');
        profile.proxy.host = address.left(colon);
        profile.proxy.port = colon < 0 ? 0 : address.mid(colon + 1).toInt();
    } else if (profile.proxy.kind == Proxy::Kind::Ssh) {
        profile.proxy = core::profiles::sshProxy(m_jumpHost->text());
    }
    profile.headers = headers(&entry.typedHeaders);
    profile.connectTimeout = std::chrono::seconds(m_connectTimeout->value());
    profile.callTimeout = std::chrono::seconds(m_callTimeout->value());
    profile.colour = m_colour->text().trimmed();
    return entry;
}

void ConnectionForm::acceptCertificate(const QByteArray &sha256)
{
    m_httpTls->accept(sha256);
    setAdvancedShown(true);
}

bool ConnectionForm::isModified() const
{
    const ConnectionEntry entry = value();
    if (!entry.typed.isEmpty() || !entry.typedHeaders.isEmpty())
        return true;
    Profile before = m_loaded;
    if (m_loaded.slug.isEmpty())
        return !entry.profile.name.isEmpty() || !entry.profile.servers.isEmpty();
    return !(entry.profile == before);
}

QList<FormProblem> ConnectionForm::validate() const
{
    QList<FormProblem> problems;
    const ConnectionEntry entry = value();
    QStringList seen;
    const auto add = [&](const QString &field, const QString &message, FormProblem::Severity severity = FormProblem::Severity::Error) {
        if (seen.contains(field))
            return;
        seen.append(field);
        problems.append({field, message, severity});
    };
    if (entry.profile.name.isEmpty())
        add(u"name"_s, tr("Give it a name."));
    if (entry.profile.servers.isEmpty())
        add(u"servers"_s, tr("An address is missing, for example http://host:8848."));
    for (const QString &server : entry.profile.servers) {
        if (server.contains(u'@'))
            add(u"servers"_s, tr("Write user and password into their own fields, not into the address."));
        else if (!core::profiles::parseServer(server))
            add(u"servers"_s, tr("“%1” is not an address like http://host:8848.").arg(server));
    }
    if (entry.profile.auth.kind == Auth::Kind::Password && entry.profile.auth.user.isEmpty())
        add(u"user"_s, tr("The user is missing."));
    if (entry.profile.auth.kind == Auth::Kind::AkSk && entry.profile.auth.accessKeyId.isEmpty())
        add(u"accessKey"_s, tr("The access key ID is missing."));
    const QList<core::profiles::Problem> rest = core::profiles::problemsOf(entry.profile);
    for (const core::profiles::Problem &problem : rest) {
        if (entry.profile.proxy.kind == Proxy::Kind::Ssh && problem.pointer.startsWith("/proxy"_L1))
            add(u"jumpHost"_s, tr("A jump host is user@host:port (user and port may be left out), or a name of your ssh configuration."));
        else
            add(fieldOf(problem.pointer), problem.message);
    }
    const auto files = [&](TlsCheck &check, const QString &prefix, const core::profiles::Tls &tls, Secret passphrase) {
        // A passphrase that is saved is not known here: then the server's answer tells.
        const bool unknown = m_saved.contains(passphrase) && entry.typed.value(passphrase).isEmpty();
        core::profiles::Tls known = tls;
        if (unknown)
            known.certFile = known.keyFile = QString();
        const auto problem = check.problem({core::net::TlsPolicy::Trust(int(known.trust)), known.caFile, known.sha256, known.certFile,
                                            known.keyFile, entry.typed.value(passphrase)});
        if (problem)
            add(prefix + (problem->message.contains(tls.caFile) && !tls.caFile.isEmpty() ? u"CaFile"_s : u"CertFile"_s),
                coreText(problem->message), FormProblem::Severity::Warning);
    };
    if (std::any_of(entry.profile.servers.cbegin(), entry.profile.servers.cend(),
                    [](const QString &server) { return server.startsWith("https://"_L1); }))
        files(*m_httpCheck, u"http"_s, entry.profile.httpTls, Secret::HttpKeyPassphrase);
    if (m_grpcUsesTls->isChecked())
        files(*m_grpcCheck, u"grpc"_s, entry.profile.grpcTls, Secret::GrpcKeyPassphrase);
    // Things that work and are worth a word.
    if (entry.profile.auth.kind == Auth::Kind::Password && entry.typed.value(Secret::Password).isEmpty() &&
        !m_saved.contains(Secret::Password))
        add(u"password"_s, tr("No password: until one is entered nobody is logged in."), FormProblem::Severity::Warning);
    const bool plain = std::any_of(entry.profile.servers.cbegin(), entry.profile.servers.cend(), [](const QString &server) {
        const auto url = core::profiles::parseServer(server);
        if (!url || url->scheme() != u"http"_s)
            return false;
        const QString host = url->host();
        return host != u"localhost"_s && host != u"127.0.0.1"_s && host != u"::1"_s;
    });
    if (plain && entry.profile.auth.kind == Auth::Kind::Password)
        add(u"servers"_s, tr("The password goes over the network in clear text: use https where the server has it."),
            FormProblem::Severity::Warning);
    return problems;
}

void ConnectionForm::revert()
{
    load(m_loaded, m_saved);
    Q_EMIT edited();
}

void ConnectionForm::saved(const Profile &profile)
{
    QSet<Secret> kept = m_saved;
    const ConnectionEntry entry = value();
    for (auto it = entry.typed.cbegin(); it != entry.typed.cend(); ++it)
        kept.insert(it.key());
    load(profile, kept);
    setSaved();
}

void ConnectionForm::failed(const core::Error &error)
{
    setFailed(error, tr("The connection was not saved"));
}

} // namespace ui::connection
