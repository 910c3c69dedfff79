// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/configplans.h"
#include "core/nacos/registry.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"
#include "ui/config/configdocument.h"
#include "ui/config/editorpage.h"

// A new configuration that begins as the copy of another one.

using namespace Qt::StringLiterals;

namespace ui::config {

using core::nacos::ConfigDetail;

/// Reads what the copy is made of, once; a draft of the copy that is there already goes before it.
void EditorPage::copySource()
{
    const QString from = m_parameters.take(u"from"_s).toString();
    if (from.isEmpty() || m_document->base() || !m_document->content().isEmpty())
        return;
    const auto source = core::Address::parse(from);
    const auto key = source ? core::nacos::ConfigKey::of(*source) : core::Result<core::nacos::ConfigKey>(core::fail(source.error()));
    if (!key || !m_document->registry())
        return;
    const QString sorry = tr("%1 could not be copied").arg(key->dataId);
    // What the server has, also of one that is overridden on this computer.
    m_document->registry()->configs().getLive(*key)->then(this, [this, sorry](const core::Result<std::optional<ConfigDetail>> &answer) {
        if (!answer)
            return m_bar->showError(answer.error(), sorry);
        if (!*answer)
            return m_bar->showError({core::Error::Kind::NotFound, {}, 0, false}, sorry);
        if (!m_document->registry())
            return;
        m_document->registry()->configs().completed(**answer)->then(
            this, [this, sorry](const core::Result<std::pair<ConfigDetail, QString>> &known) {
                if (!known)
                    return m_bar->showError(known.error(), sorry);
                contentEdited();
                if (m_document->state() == ConfigDocument::State::Ready && m_document->content().isEmpty())
                    takeCopy(known->first);
            });
    });
}

void EditorPage::takeCopy(const ConfigDetail &source)
{
    const QString name = source.key.dataId;
    const QString id = u"copied"_s;
    if (source.encrypted() && !core::nacos::isCipherName(m_document->key().dataId)) {
        m_bar->show({.state = StateColor::Error,
                     .text = tr("%1 is encrypted. The data ID of a copy must begin with cipher- as well, or no client could read it. "
                                "Nothing was copied.")
                                 .arg(name),
                     .id = id});
        return;
    }
    auto attributes = source.attributes;
    if (const QString type = m_parameters.value(u"type"_s).toString(); !type.isEmpty())
        attributes.type = type;
    m_document->edit(source.content, attributes);
    documentLoaded();
    if (!source.complete)
        m_bar->show({.state = StateColor::Warning,
                     .text = tr("This account may not read app, tags and description of %1: the copy begins without them.").arg(name),
                     .id = id});
}

} // namespace ui::config
