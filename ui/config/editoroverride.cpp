// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/overrides.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/common/widgets.h"
#include "ui/config/configdocument.h"
#include "ui/config/configwriting.h"
#include "ui/config/editorpage.h"

#include <QComboBox>

// The local override in the editor: this computer's own content, read instead of the server's until it is taken off.

using namespace Qt::StringLiterals;

namespace ui::config {

namespace {

const QString OverrideMessage = u"override"_s;

} // namespace

bool EditorPage::isOverridden() const
{
    return m_document->isOverride();
}

QString EditorPage::overrideBlocker() const
{
    if (m_document->state() != ConfigDocument::State::Ready)
        return tr("Not loaded yet.");
    return isOverridden() ? tr("It has a local override already.") : QString();
}

void EditorPage::setOverride()
{
    if (overrideBlocker().isEmpty())
        saveOverride();
}

void EditorPage::saveOverride()
{
    contentEdited();
    m_document->saveOverride(m_editor->content(), m_format->currentData().toString())
        ->then(this, [this](const core::Result<core::Done> &done) {
            if (!done)
                return m_bar->showError(done.error(), tr("The local override could not be saved"));
            if (m_document->state() != ConfigDocument::State::Ready)
                return; // it is being read again as the override
            m_editor->setUnmodified();
            m_bar->show({StateColor::Ok, tr("The local override is saved."), {}, {}, std::chrono::seconds(5), u"overrideSaved"_s});
            updateFacts();
            Q_EMIT faceChanged();
        });
}

void EditorPage::takeOverrideOff()
{
    if (isOverridden())
        takeOverridesOff(workbench(), this, m_bar, {m_address});
}

/// Says which of the two contents is on show.
void EditorPage::showOverride()
{
    m_overrideBadge->setVisible(isOverridden());
    if (!isOverridden()) {
        m_bar->close(OverrideMessage);
        return;
    }
    Message message;
    message.id = OverrideMessage;
    message.state = StateColor::Warning;
    message.text = tr("This computer reads this text instead of the server's.");
    message.actions = {{tr("Compare with the server"), {this, [this] { compareWithLive(); }}, MessageAction::Then::Stay},
                       {tr("Take it off"), {this, [this] { takeOverrideOff(); }}, MessageAction::Then::Stay}};
    m_bar->show(message);
}

} // namespace ui::config
