// SPDX-License-Identifier: GPL-3.0-or-later
// Connections that come from elsewhere, and go there: the SDKs' environment variables, files.
#include "core/base/savefile.h"
#include "core/profiles/fromenvironment.h"
#include "core/profiles/profilestore.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"
#include "ui/connection/connectionlist.h"
#include "ui/connection/connectionspage.h"
#include "ui/connection/probeview.h"

#include <QFile>
#include <QProcessEnvironment>
#include <QSplitter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace ui::connection {

using core::profiles::Profile;

void ConnectionsPage::importFromEnvironment()
{
    const auto found = core::profiles::profileFromEnvironment(QProcessEnvironment::systemEnvironment(), core::profiles::Kind::Nacos);
    if (!found) {
        m_bar->showError(found.error(), tr("There is nothing to import from the environment"));
        return;
    }
    leaveForm([this, import = *found] {
        m_chosen.clear();
        m_new = true;
        m_list->setCurrentSlug({});
        Profile profile = import.profile;
        if (profile.name.isEmpty())
            profile.name = tr("From the environment");
        m_form->load(profile, {});
        m_form->setTyped(import.secrets);
        m_stack->setCurrentWidget(m_panel);
        m_probe->probeSoon(m_form->value());
        m_bar->show({.text = tr("Taken from %1. Look it over and save it.").arg(import.used.join(tr(", "))),
                     .details = import.notes.join(u'\n'),
                     .id = u"import"_s});
        refreshButtons();
    });
}

void ConnectionsPage::importFromFile()
{
    prompts::File question;
    question.title = tr("Import connections");
    question.filters = QStringList{tr("Connections (*.json)"), tr("All files (*)")};
    prompts::openFile(this, question)->then(this, [this](const core::Result<QString> &name) {
        if (!name)
            return;
        QFile file(*name);
        if (!file.open(QIODevice::ReadOnly)) {
            m_bar->show({.state = StateColor::Error, .text = tr("Cannot read %1: %2").arg(*name, file.errorString())});
            return;
        }
        const auto document = workbench().services().profiles.readDocument(file.read(4 * 1024 * 1024));
        if (!document) {
            m_bar->showError(document.error(), tr("This file holds no connections"));
            return;
        }
        prompts::Confirm review;
        review.title = tr("Import %n connections?", nullptr, int(document->profiles.size()));
        review.text = tr("Passwords and other secrets are not in the file: they are asked for later.");
        for (const Profile &profile : document->profiles)
            review.items.append(u"%1 — %2"_s.arg(profile.name, profile.servers.value(0)));
        review.details = document->notes.join(u'\n');
        review.verb = tr("Import %n connections", nullptr, int(document->profiles.size()));
        prompts::confirm(this, review)
            ->then(this, [this, profiles = document->profiles](const core::Result<prompts::ConfirmAnswer> &answer) {
                if (!answer)
                    return;
                for (const Profile &profile : profiles)
                    workbench().services().profiles.add(profile)->then(this, [this, profile](const core::Result<Profile> &saved) {
                        if (!saved)
                            m_bar->showError(saved.error(), tr("%1 was not imported").arg(profile.name));
                        else if (!m_form->isModified())
                            choose(saved->slug);
                    });
            });
    });
}

void ConnectionsPage::exportToFile()
{
    const auto document = workbench().services().profiles.exportDocument({});
    if (!document) {
        m_bar->showError(document.error(), tr("The connections were not exported"));
        return;
    }
    prompts::File question;
    question.title = tr("Export connections");
    question.suggestion = u"connections.json"_s;
    question.filters = QStringList{tr("Connections (*.json)")};
    prompts::saveFile(this, question)->then(this, [this, bytes = *document](const core::Result<QString> &name) {
        if (!name)
            return;
        QSaveFile file(*name);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !core::commitWhole(file)) {
            m_bar->show({.state = StateColor::Error, .text = tr("Cannot write %1: %2").arg(*name, file.errorString())});
            return;
        }
        m_bar->show(
            {.state = StateColor::Ok, .text = tr("Exported to %1, without secrets.").arg(*name), .closeAfter = std::chrono::seconds(8)});
    });
}

} // namespace ui::connection
