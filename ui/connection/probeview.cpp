// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connection/probeview.h"

#include "core/credentials/secretvault.h"
#include "core/net/grpc/grpcruntime.h"
#include "ui/common/errortext.h"
#include "ui/common/relativetime.h"
#include "ui/common/signalboxstyle.h"
#include "ui/common/widgets.h"
#include "ui/connection/doctortext.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QScrollArea>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::connection {

using core::nacos::DoctorStep;

namespace {

QString stepName(const QString &id)
{
    if (id == "ssh"_L1)
        return ProbeView::tr("SSH tunnel");
    if (id == "dns"_L1)
        return ProbeView::tr("Name");
    if (id == "tcp"_L1)
        return ProbeView::tr("Network");
    if (id == "tls"_L1)
        return ProbeView::tr("Certificate");
    if (id == "admin"_L1)
        return ProbeView::tr("Server");
    if (id == "console"_L1)
        return ProbeView::tr("Console");
    if (id == "grpc"_L1)
        return ProbeView::tr("Push (gRPC)");
    if (id == "version"_L1)
        return ProbeView::tr("Version");
    if (id == "login"_L1)
        return ProbeView::tr("Login");
    if (id == "rights-read"_L1)
        return ProbeView::tr("Right to read");
    if (id == "rights-write"_L1)
        return ProbeView::tr("Right to write");
    if (id == "namespaces"_L1)
        return ProbeView::tr("Namespaces");
    return id;
}

StateColor stateOf(DoctorStep::Outcome outcome)
{
    switch (outcome) {
    case DoctorStep::Outcome::Ok:
        return StateColor::Ok;
    case DoctorStep::Outcome::Warning:
        return StateColor::Warning;
    case DoctorStep::Outcome::Failed:
        return StateColor::Error;
    case DoctorStep::Outcome::Skipped:
        return StateColor::Neutral;
    }
    return StateColor::Neutral;
}

QString stateWord(DoctorStep::Outcome outcome)
{
    switch (outcome) {
    case DoctorStep::Outcome::Ok:
        return ProbeView::tr("ok");
    case DoctorStep::Outcome::Warning:
        return ProbeView::tr("warning");
    case DoctorStep::Outcome::Failed:
        return ProbeView::tr("failed");
    case DoctorStep::Outcome::Skipped:
        return ProbeView::tr("not tried");
    }
    return {};
}

/// What follows from the steps before took no time of its own.
bool isMeasured(const DoctorStep &step)
{
    const bool derived = step.id == "version"_L1 || (step.id == "login"_L1 && step.milliseconds == 0);
    return step.outcome != DoctorStep::Outcome::Skipped && !derived;
}

/// The profile's slug is part of the secrets' keys; what is not saved yet probes under this one.
const QString ProbeSlug = u"~0000000000000000"_s;

QLabel *smallLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(Theme::smallFont());
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

ProbeView::ProbeView(workbench::Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_secrets(services.secrets)
    , m_timer(new QTimer(this))
    , m_title(new QLabel(this))
    , m_summary(new QLabel(this))
    , m_busy(new ActivityIndicator(this))
    , m_again(new QuietButton(Icon::Refresh, {}, this))
{
    setObjectName(u"probeView"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(metrics::Around, metrics::Around, metrics::Between, metrics::Between);
    m_title->setFont(Theme::strongFont());
    m_again->setObjectName(u"probeAgain"_s);
    m_summary->setObjectName(u"probeSummary"_s);
    head->addWidget(m_title);
    head->addWidget(m_busy);
    head->addStretch(1);
    head->addWidget(m_again);
    layout->addLayout(head);
    m_summary->setWordWrap(true);
    m_summary->setContentsMargins(metrics::Around, 0, metrics::Around, metrics::Between);
    layout->addWidget(m_summary);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *inside = new QWidget(scroll);
    m_rows = new QVBoxLayout(inside);
    m_rows->setContentsMargins(metrics::Around, 0, metrics::Around, metrics::Around);
    m_rows->setSpacing(metrics::Between);
    m_rows->addStretch(1);
    scroll->setWidget(inside);
    layout->addWidget(scroll, 1);
    m_timer->setSingleShot(true);
    m_timer->setInterval(500);
    connect(m_timer, &QTimer::timeout, this, &ProbeView::start);
    connect(m_again, &QAbstractButton::clicked, this, &ProbeView::testRequested);
    retranslate();
    clear();
}

ProbeView::~ProbeView() = default;

void ProbeView::retranslate()
{
    m_title->setText(tr("Probe"));
    m_again->setText(tr("Test again"));
    showSummary();
}

void ProbeView::waitForSecret()
{
    if (m_awaitsSecret)
        return;
    clear();
    m_awaitsSecret = true;
    showSummary();
}

void ProbeView::clear()
{
    m_timer->stop();
    m_incomplete = m_awaitsSecret = false;
    m_running.reset();
    m_inspecting.reset();
    m_busy->setRunning(false);
    m_busy->hide();
    clearRows();
    showSummary();
}

void ProbeView::clearRows()
{
    m_steps.clear();
    m_certificate = nullptr;
    while (m_rows->count() > 1) {
        QLayoutItem *item = m_rows->takeAt(0);
        delete item->widget();
        delete item;
    }
}

void ProbeView::probeSoon(const ConnectionEntry &entry)
{
    if (entry.profile.servers.isEmpty()) {
        clear();
        return;
    }
    m_entry = entry;
    m_awaitsSecret = false;
    m_timer->start();
    if (m_steps.isEmpty())
        showSummary();
}

void ProbeView::probeNow(const ConnectionEntry &entry)
{
    m_entry = entry;
    start();
}

void ProbeView::start()
{
    m_timer->stop();
    core::profiles::Profile profile = m_entry.profile;
    const bool saved = !profile.slug.isEmpty();
    if (!saved)
        profile.slug = ProbeSlug;
    if (profile.name.isEmpty())
        profile.name = u"probe"_s;
    const auto valid = core::profiles::validate(profile);
    if (!valid) {
        clear();
        m_incomplete = true;
        showSummary();
        return;
    }
    m_incomplete = m_awaitsSecret = false;
    QMap<QString, QString> typed;
    for (auto it = m_entry.typed.cbegin(); it != m_entry.typed.cend(); ++it)
        typed.insert(core::profiles::secretKey(profile.slug, it.key()), it.value());
    for (auto it = m_entry.typedHeaders.cbegin(); it != m_entry.typedHeaders.cend(); ++it)
        typed.insert(core::profiles::headerSecretKey(profile.slug, it.key()), it.value());
    m_secrets.setTyped(typed);
    m_inspecting.reset();
    clearRows();
    m_busy->show();
    m_busy->setRunning(true);
    m_running = core::nacos::examine(*valid, {m_services.grpc, m_secrets}, this);
    m_running->each(this, [this](const QList<DoctorStep> &batch) {
        for (const DoctorStep &step : batch)
            addStep(step);
        showSummary();
    });
    m_running->then(this, [this](const core::Result<core::Done> &result) { ended(result); });
    showSummary();
}

void ProbeView::addStep(const DoctorStep &step)
{
    m_steps.append(step);
    auto *row = new QWidget(this);
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::Between);
    grid->setVerticalSpacing(1);
    auto *icon = new QLabel(row);
    icon->setPixmap(Theme::stateIcon(stateOf(step.outcome)).pixmap(metrics::ListIcon, metrics::ListIcon));
    icon->setAccessibleName(stateWord(step.outcome));
    icon->setToolTip(stateWord(step.outcome));
    auto *name = new QLabel(stepName(step.id), row);
    if (step.outcome == DoctorStep::Outcome::Skipped)
        Theme::setMuted(name);
    grid->addWidget(icon, 0, 0, Qt::AlignTop);
    grid->addWidget(name, 0, 1);
    if (isMeasured(step)) {
        auto *time = new QLabel(durationText(std::chrono::milliseconds(step.milliseconds)), row);
        time->setFont(Theme::tabular(Theme::smallFont()));
        Theme::setMuted(time);
        grid->addWidget(time, 0, 2, Qt::AlignRight);
    }
    // The form stands beside it: nothing that other programs would do, no store that holds none.
    const bool wantsSecret = step.remedy.startsWith("Enter it in the connection"_L1);
    const QString said = wantsSecret ? tr("nobody is logged in: there is no password, token or key yet") : doctorText(step.finding);
    if (!step.finding.isEmpty()) {
        QLabel *finding = smallLabel(said, row);
        Theme::setMuted(finding);
        grid->addWidget(finding, 1, 1, 1, 2);
    }
    if (!step.remedy.isEmpty()) {
        QLabel *remedy = smallLabel(wantsSecret ? tr("Enter it in the form beside this.") : doctorText(step.remedy), row);
        if (step.outcome == DoctorStep::Outcome::Failed)
            Theme::setStateColor(remedy, StateColor::Error);
        else
            Theme::setStateColor(remedy, StateColor::Warning);
        grid->addWidget(remedy, 2, 1, 1, 2);
    }
    grid->setColumnStretch(1, 1);
    m_rows->insertWidget(m_rows->count() - 1, row);
    if (step.id == "tls"_L1 && step.outcome == DoctorStep::Outcome::Failed)
        inspect();
}

void ProbeView::ended(const core::Result<core::Done> &result)
{
    m_busy->setRunning(false);
    m_busy->hide();
    if (!result && result.error().kind != core::Error::Kind::Cancelled) {
        DoctorStep step;
        step.id = tr("Probe");
        step.outcome = DoctorStep::Outcome::Failed;
        step.finding = errorText(result.error()).both();
        addStep(step);
    }
    showSummary();
    Q_EMIT finished();
}

void ProbeView::showSummary()
{
    QString text;
    StateColor state = StateColor::Neutral;
    const auto count = [this](DoctorStep::Outcome outcome) {
        return std::count_if(m_steps.cbegin(), m_steps.cend(), [outcome](const DoctorStep &step) { return step.outcome == outcome; });
    };
    m_again->setEnabled(!m_entry.profile.servers.isEmpty());
    if (m_running.isActive() || (m_timer->isActive() && m_steps.isEmpty())) {
        text = tr("Looking at the server …");
    } else if (m_awaitsSecret) {
        text = tr("It is tried out here as soon as the field is left.");
    } else if (m_incomplete) {
        text = tr("It is tried out here as soon as the form is complete.");
    } else if (m_steps.isEmpty()) {
        text = tr("As soon as there is an address, it is tried out here: what answers, which version, what this account may do.");
    } else if (count(DoctorStep::Outcome::Failed) > 0) {
        text = tr("This will not work yet.");
        state = StateColor::Error;
    } else if (count(DoctorStep::Outcome::Warning) > 0) {
        text = tr("Works, with limits.");
        state = StateColor::Warning;
    } else {
        text = tr("Everything works.");
        state = StateColor::Ok;
    }
    m_summary->setText(text);
    if (state == StateColor::Neutral)
        Theme::setMuted(m_summary);
    else
        Theme::setStateColor(m_summary, state);
}

void ProbeView::inspect()
{
    const auto url = core::profiles::parseServer(m_entry.profile.servers.value(0));
    if (!url || url->scheme() != u"https"_s)
        return;
    core::net::CertificateTarget target;
    target.host = url->host();
    target.port = quint16(url->port(443));
    target.proxy = {core::net::ProxyPolicy::Kind(int(m_entry.profile.proxy.kind)), m_entry.profile.proxy.host,
                    quint16(m_entry.profile.proxy.port)};
    m_inspecting = core::net::inspectCertificate(target, this);
    m_inspecting->then(this, [this](const core::Result<core::net::CertificateFacts> &facts) {
        if (facts && !facts->problems.isEmpty())
            offer(*facts);
    });
}

void ProbeView::offer(const core::net::CertificateFacts &facts)
{
    delete m_certificate;
    m_certificate = new QWidget(this);
    auto *layout = new QVBoxLayout(m_certificate);
    layout->setContentsMargins(metrics::ListIcon + metrics::Between, 0, 0, metrics::Between);
    layout->setSpacing(metrics::Inside);
    const QLocale locale;
    QLabel *about =
        smallLabel(tr("The server shows a certificate of %1, issued by %2, valid until %3.")
                       .arg(facts.subject, facts.issuer, locale.toString(facts.notAfter.toLocalTime().date(), QLocale::ShortFormat)),
                   m_certificate);
    QLabel *print = smallLabel(core::net::fingerprintText(facts.sha256), m_certificate);
    print->setFont(Theme::fixedFont());
    print->setObjectName(u"probeFingerprint"_s);
    QLabel *warning =
        smallLabel(tr("Compare the fingerprint with the one the server's owner gives you before you accept it."), m_certificate);
    Theme::setMuted(warning);
    auto *accept = new QPushButton(tr("Accept this certificate"), m_certificate);
    accept->setObjectName(u"probeAccept"_s);
    layout->addWidget(about);
    layout->addWidget(print);
    layout->addWidget(warning);
    layout->addWidget(accept, 0, Qt::AlignLeft);
    connect(accept, &QAbstractButton::clicked, this, [this, sha = facts.sha256] { Q_EMIT certificateAccepted(sha); });
    m_rows->insertWidget(m_rows->count() - 1, m_certificate);
}

void ProbeView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        const QList<DoctorStep> steps = m_steps;
        clearRows();
        for (const DoctorStep &step : steps)
            addStep(step);
    }
    QWidget::changeEvent(event);
}

} // namespace ui::connection
