// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/secretssection.h"

#include "core/credentials/secretvault.h"
#include "core/store/home.h"
#include "ui/common/messagebar.h"
#include "ui/common/theme.h"
#include "ui/workbench/activity.h"

#include <QButtonGroup>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::settings {

using core::credentials::SecretStore;
using core::profiles::Setting;

SecretsSection::SecretsSection(workbench::Workbench &workbench, QWidget *parent)
    : Section(workbench, tr("Secrets"),
              tr("Passwords, keys and tokens of connections are kept in one of these places and nowhere else: never in a settings file, a "
                 "log or "
                 "the ledger."),
              parent)
    , m_state(addText(tr("Now"), {}))
    , m_raw(addText(tr("The keychain says"), {}))
    , m_keychain(new QRadioButton(tr("The desktop's &keychain"), this))
    , m_encrypted(new QRadioButton(tr("An encr&ypted file with a passphrase"), this))
    , m_memory(new QRadioButton(tr("This session &only"), this))
    , m_passphrase(new QLineEdit(this))
    , m_again(new QLineEdit(this))
    , m_apply(new QPushButton(this))
{
    m_raw->setFont(Theme::fixedFont());
    m_state->setObjectName(u"secretsState"_s);
    m_raw->setObjectName(u"secretsRaw"_s);
    addHeading(tr("Keep them in"));
    m_keychain->setObjectName(u"secretsKeychain"_s);
    m_encrypted->setObjectName(u"secretsFile"_s);
    m_memory->setObjectName(u"secretsMemory"_s);
    addWide(m_keychain);
    addWide(m_encrypted);
    m_passphrase->setObjectName(u"secretsPassphrase"_s);
    m_again->setObjectName(u"secretsPassphraseAgain"_s);
    for (QLineEdit *edit : {m_passphrase, m_again}) {
        edit->setEchoMode(QLineEdit::Password);
        edit->setMinimumWidth(280);
        connect(edit, &QLineEdit::textChanged, this, &SecretsSection::refresh);
        connect(edit, &QLineEdit::returnPressed, this, &SecretsSection::apply);
    }
    m_passphraseRow = addRow(tr("&Passphrase"), m_passphrase);
    m_againRow = addRow(tr("Passphrase &again"), m_again, tr("It is asked for at each start and cannot be recovered."));
    addWide(m_memory);
    m_apply->setObjectName(u"secretsApply"_s);
    addWide(m_apply);
    switch (store().text(Setting::SecretStore) == "file"_L1         ? SecretStore::Kind::EncryptedFile
                : store().text(Setting::SecretStore) == "memory"_L1 ? SecretStore::Kind::Memory
                                                                    : SecretStore::Kind::Keychain) {
    case SecretStore::Kind::EncryptedFile:
        m_encrypted->setChecked(true);
        break;
    case SecretStore::Kind::Memory:
        m_memory->setChecked(true);
        break;
    case SecretStore::Kind::Keychain:
        m_keychain->setChecked(true);
        break;
    }
    // Each stands in a row of its own: they would not exclude each other by themselves.
    auto *choices = new QButtonGroup(this);
    for (QRadioButton *button : {m_keychain, m_encrypted, m_memory})
        choices->addButton(button);
    for (QRadioButton *button : {m_keychain, m_encrypted, m_memory})
        connect(button, &QRadioButton::toggled, this, &SecretsSection::refresh);
    connect(m_apply, &QAbstractButton::clicked, this, &SecretsSection::apply);
    connect(&services().secrets, &SecretStore::stateChanged, this, &SecretsSection::refresh);
    refresh();
}

void SecretsSection::refresh()
{
    const core::credentials::SecretVault &vault = services().secrets;
    QString text;
    switch (vault.kind()) {
    case SecretStore::Kind::Keychain:
        text = tr("In the desktop's keychain.");
        break;
    case SecretStore::Kind::Memory:
        text = vault.rawError().isEmpty()
            ? tr("In this session only: they are gone when the program ends.")
            : tr("In this session only, because the keychain cannot be used: they are gone when the program ends.");
        break;
    case SecretStore::Kind::EncryptedFile:
        text =
            vault.isLocked() ? tr("In the encrypted file, which waits for its passphrase.") : tr("In the encrypted file, which is open.");
        break;
    }
    m_state->setText(text);
    m_raw->setText(vault.rawError());
    form()->setRowVisible(m_raw->parentWidget(), !vault.rawError().isEmpty());
    const bool file = m_encrypted->isChecked();
    const bool exists = QFileInfo::exists(services().home.filePath(u"secrets.enc"_s));
    const bool open = vault.kind() == SecretStore::Kind::EncryptedFile && !vault.isLocked();
    form()->setRowVisible(m_passphraseRow, file && !open);
    form()->setRowVisible(m_againRow, file && !exists);
    // A new passphrase twice, the one of a file that is there once.
    const bool ready = !m_passphrase->text().isEmpty() && (exists || m_passphrase->text() == m_again->text());
    m_apply->setText(file && exists ? tr("Open the file") : tr("Use this"));
    bool needed = true;
    if (m_keychain->isChecked())
        needed = vault.kind() != SecretStore::Kind::Keychain;
    else if (m_memory->isChecked())
        needed = store().text(Setting::SecretStore) != "memory"_L1;
    else
        needed = !open;
    m_apply->setEnabled(needed && (!file || ready));
    m_apply->setToolTip(needed ? QString() : tr("This is in use."));
}

void SecretsSection::apply()
{
    if (!m_apply->isEnabled())
        return;
    core::credentials::SecretVault &vault = services().secrets;
    core::Reply<core::Done> *reply = nullptr;
    QString name;
    if (m_encrypted->isChecked()) {
        name = u"file"_s;
        reply = vault.useEncryptedFile(m_passphrase->text());
    } else if (m_memory->isChecked()) {
        name = u"memory"_s;
        reply = vault.useMemory();
    } else {
        name = u"keychain"_s;
        reply = vault.useKeychain();
    }
    m_apply->setEnabled(false);
    reply->then(this, [this, name](const core::Result<core::Done> &result) { chosen(result, name); });
}

void SecretsSection::chosen(const core::Result<core::Done> &result, const QString &name)
{
    if (!result) {
        bar()->showError(result.error(), tr("The secrets stay where they were"));
    } else {
        store().set(Setting::SecretStore, name);
        m_passphrase->clear();
        m_again->clear();
        bar()->show({.state = StateColor::Ok,
                     .text = tr("Secrets are kept there from now on."),
                     .closeAfter = std::chrono::seconds(5),
                     .id = u"done"_s});
    }
    refresh();
}

QWidget *makeSecretsSection(workbench::Workbench &workbench, QWidget *parent)
{
    return new SecretsSection(workbench, parent);
}

} // namespace ui::settings
