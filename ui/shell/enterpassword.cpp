// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/enterpassword.h"

#include "core/credentials/secretvault.h"
#include "core/profiles/practice.h"
#include "ui/common/prompts.h"
#include "ui/shell/connections.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/shell.h"

#include <QCoreApplication>

namespace ui::shell {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::shell::EnterPassword)
};

} // namespace

bool usesPassword(const MainWindow &window, const QString &slug)
{
    const auto profile = window.shell().connections().profile(slug);
    return profile && profile->auth.kind == core::profiles::Auth::Kind::Password &&
        profile->slug != core::profiles::PracticeServers::slug();
}

void enterPassword(MainWindow &window, const QString &slug)
{
    if (!usesPassword(window, slug))
        return;
    using core::credentials::SecretStore;
    auto &vault = window.shell().services().secrets;
    const auto profile = *window.shell().connections().profile(slug);
    prompts::Input question;
    question.title = Words::tr("Password of %1").arg(window.shell().connections().displayName(profile.slug));
    question.label = profile.auth.user.isEmpty() ? Words::tr("&Password") : Words::tr("&Password of %1").arg(profile.auth.user);
    question.verb = Words::tr("Connect");
    question.hint = vault.kind() == SecretStore::Kind::Memory ? Words::tr("It is kept until this program ends.")
                                                              : Words::tr("It is kept with the other passwords.");
    question.echo = prompts::Input::Echo::Secret;
    question.problem = [](const QString &text) { return text.isEmpty() ? Words::tr("Type the password.") : QString(); };
    prompts::input(&window, question)->then(&window, [&window, &vault, slug = profile.slug](const core::Result<QString> &typed) {
        if (!typed)
            return;
        const auto saved = [&window, slug](const core::Result<core::Done> &done) {
            if (!done)
                return window.workbench().notifyError(done.error(), Words::tr("The password could not be kept"));
            window.shell().connections().reconnect(slug);
        };
        vault.write(core::profiles::secretKey(slug, core::profiles::Secret::Password), *typed)->then(&window, saved);
    });
}

} // namespace ui::shell
