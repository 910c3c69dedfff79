// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/section.h"

class QButtonGroup;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace ui::settings {

/// Where passwords are kept: which store is in use and why, what the keychain said, and the choice between keychain, encrypted file and
/// this session only.
class SecretsSection final : public Section {
    Q_OBJECT
public:
    SecretsSection(workbench::Workbench &workbench, QWidget *parent);

private:
    void refresh();
    void apply();
    void chosen(const core::Result<core::Done> &result, const QString &name);

    QLabel *m_state, *m_raw;
    QWidget *m_passphraseRow = nullptr, *m_againRow = nullptr;
    QRadioButton *m_keychain, *m_encrypted, *m_memory;
    QLineEdit *m_passphrase, *m_again;
    QPushButton *m_apply;
};

} // namespace ui::settings
