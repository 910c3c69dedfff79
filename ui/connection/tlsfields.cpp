// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connection/tlsfields.h"

#include "core/net/tlspolicy.h"
#include "ui/common/prompts.h"
#include "ui/common/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace ui::connection {

using core::profiles::Tls;

TlsFields::TlsFields(const QString &prefix, const AddField &add, QWidget *parent)
    : QObject(parent)
    , m_prefix(prefix)
    , m_trust(new QComboBox(parent))
    , m_caFile(new QLineEdit(parent))
    , m_fingerprint(new QLineEdit(parent))
    , m_certFile(new QLineEdit(parent))
    , m_keyFile(new QLineEdit(parent))
    , m_passphrase(new QLineEdit(parent))
{
    m_trust->addItem(tr("The system's authorities"), int(Tls::Trust::System));
    m_trust->addItem(tr("An authority from a file"), int(Tls::Trust::CaFile));
    m_trust->addItem(tr("One certificate, by its fingerprint"), int(Tls::Trust::Fingerprint));
    m_fingerprint->setPlaceholderText(u"9F:86:D0:…"_s);
    m_fingerprint->setFont(Theme::fixedFont());
    m_passphrase->setEchoMode(QLineEdit::Password);
    add(prefix + u"Trust"_s, tr("Certificates"), m_trust, {});
    add(prefix + u"CaFile"_s, tr("Authority file"), fileField(m_caFile, tr("Choose the authority's certificate"), prefix + u"CaFile"_s),
        {});
    add(prefix + u"Fingerprint"_s, tr("Fingerprint"), m_fingerprint, tr("SHA-256 of the server's certificate"));
    add(prefix + u"CertFile"_s, tr("Client certificate"),
        fileField(m_certFile, tr("Choose the client certificate"), prefix + u"CertFile"_s), {});
    add(prefix + u"KeyFile"_s, tr("Client key"), fileField(m_keyFile, tr("Choose the client key"), prefix + u"KeyFile"_s), {});
    add(prefix + u"Passphrase"_s, tr("Passphrase of the key"), m_passphrase, {});
    connect(m_trust, &QComboBox::currentIndexChanged, this, &TlsFields::edited);
    for (QLineEdit *edit : {m_caFile, m_fingerprint, m_certFile, m_keyFile, m_passphrase})
        connect(edit, &QLineEdit::textChanged, this, &TlsFields::edited);
}

QWidget *TlsFields::fileField(QLineEdit *edit, const QString &title, const QString &name)
{
    auto *box = new QWidget(edit->parentWidget());
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::Inside);
    edit->setObjectName(u"field."_s + name + u".edit"_s);
    edit->setAccessibleName(title);
    row->addWidget(edit, 1);
    auto *browse = QuietButton::iconOnly(Icon::Folder, title, box);
    browse->setObjectName(u"browse."_s + name);
    row->addWidget(browse);
    box->setFocusProxy(edit);
    connect(browse, &QAbstractButton::clicked, this, [this, edit, title] {
        prompts::File question;
        question.title = title;
        question.suggestion = edit->text();
        question.filters = QStringList{tr("Certificates and keys (*.pem *.crt *.cer *.key)"), tr("All files (*)")};
        prompts::openFile(edit, question)->then(this, [edit](const core::Result<QString> &file) {
            if (file)
                edit->setText(*file);
        });
    });
    return box;
}

void TlsFields::load(const Tls &tls, Passphrase passphrase)
{
    m_trust->setCurrentIndex(m_trust->findData(int(tls.trust)));
    m_caFile->setText(tls.caFile);
    m_fingerprint->setText(tls.sha256.isEmpty() ? QString() : core::net::fingerprintText(tls.sha256));
    m_certFile->setText(tls.certFile);
    m_keyFile->setText(tls.keyFile);
    m_passphrase->clear();
    m_passphrase->setPlaceholderText(passphrase == Passphrase::Saved ? tr("saved") : QString());
}

Tls TlsFields::value() const
{
    Tls tls;
    tls.trust = Tls::Trust(m_trust->currentData().toInt());
    if (tls.trust == Tls::Trust::CaFile)
        tls.caFile = m_caFile->text().trimmed();
    if (tls.trust == Tls::Trust::Fingerprint)
        if (const auto sha = core::net::parseFingerprint(m_fingerprint->text()))
            tls.sha256 = *sha;
    tls.certFile = m_certFile->text().trimmed();
    tls.keyFile = m_keyFile->text().trimmed();
    return tls;
}

QString TlsFields::passphrase() const
{
    return m_passphrase->text();
}

void TlsFields::accept(const QByteArray &sha256)
{
    m_trust->setCurrentIndex(m_trust->findData(int(Tls::Trust::Fingerprint)));
    m_fingerprint->setText(core::net::fingerprintText(sha256));
}

QStringList TlsFields::fieldIds() const
{
    return {m_prefix + u"Trust"_s,    m_prefix + u"CaFile"_s,  m_prefix + u"Fingerprint"_s,
            m_prefix + u"CertFile"_s, m_prefix + u"KeyFile"_s, m_prefix + u"Passphrase"_s};
}

QStringList TlsFields::shownFields() const
{
    QStringList ids{m_prefix + u"Trust"_s, m_prefix + u"CertFile"_s, m_prefix + u"KeyFile"_s};
    const auto trust = Tls::Trust(m_trust->currentData().toInt());
    if (trust == Tls::Trust::CaFile)
        ids.append(m_prefix + u"CaFile"_s);
    if (trust == Tls::Trust::Fingerprint)
        ids.append(m_prefix + u"Fingerprint"_s);
    if (!m_keyFile->text().trimmed().isEmpty())
        ids.append(m_prefix + u"Passphrase"_s);
    return ids;
}

} // namespace ui::connection
