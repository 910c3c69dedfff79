// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/registry.h"
#include "ui/common/codeeditor.h"
#include "ui/common/coretext.h"
#include "ui/common/errortext.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"
#include "ui/common/widgets.h"
#include "ui/config/attributespanel.h"
#include "ui/config/configdocument.h"
#include "ui/config/configpicker.h"
#include "ui/config/editorpage.h"
#include "ui/config/schemasource.h"

#include <QMenu>

// What a JSON Schema has to say while a configuration is edited.

using namespace Qt::StringLiterals;

namespace ui::config {

namespace {

using core::text::JsonSchema;

/// In the window's own thread only for texts up to this size.
constexpr qsizetype MostHelped = 1024 * 1024;
/// A tooltip is no manual.
constexpr qsizetype MostWords = 600;

QString shortened(const QString &text)
{
    return text.size() > MostWords ? text.left(MostWords) + u'…' : text;
}

} // namespace

/// Servers of generation 3 take use, effect and schema, and tell them nowhere.
Told EditorPage::attributesTold() const
{
    using namespace core::nacos;
    if (!m_document->registry() || tellsUntold(m_document->registry()->session().capabilities()))
        return Told::All;
    const auto &base = m_document->base();
    if (!base || !hasUntold(base->attributes))
        return Told::NotAll;
    if (!m_recalled || m_recalled->md5 != base->md5) // published a moment ago
        return Told::FromHere;
    switch (m_recalled->known.source) {
    case Untold::Source::Ledger:
        return Told::FromHere;
    case Untold::Source::History:
        return Told::FromHistory;
    case Untold::Source::Server:
    case Untold::Source::Nowhere:
        break;
    }
    return Told::NotAll; // what stands there is of the state before
}

/// The live state was read, and what it does not tell was not asked for.
bool EditorPage::isRecallOwed() const
{
    const auto &base = m_document->base();
    return base && !m_document->isOverride() && attributesTold() != Told::All && !(m_recalled && m_recalled->md5 == base->md5);
}

void EditorPage::recallAttributes()
{
    if (!isRecallOwed())
        return;
    // What the base has of them may be of the state before it.
    core::nacos::ConfigDetail bare = *m_document->base();
    bare.attributes.use.clear();
    bare.attributes.effect.clear();
    bare.attributes.schema.clear();
    m_recalling = m_document->registry()->configs().untold({bare}, core::nacos::Look::LedgerAndHistory);
    m_recalling->then(this, [this, md5 = bare.md5](const core::Result<QList<core::nacos::Untold>> &known) {
        core::nacos::Untold answer;
        if (known)
            answer = known->first();
        else
            answer.error = known.error();
        recalled(md5, answer);
    });
}

void EditorPage::recalled(const QByteArray &md5, const core::nacos::Untold &known)
{
    const auto &base = m_document->base();
    if (base && base->md5 == md5) {
        m_recalled = Recalled{md5, known};
        if (known.isKnown() && !known.isBlank())
            m_document->recall(known.into(*base).attributes);
    }
    if (!std::exchange(m_publishRecalled, false))
        return;
    m_countingLimit.stop();
    publish();
}

void EditorPage::followSchema()
{
    m_schema = new SchemaSource(workbench(), m_address, this);
    connect(m_schema, &SchemaSource::changed, this, [this] {
        showSchema();
        m_checkSoon.start();
    });
    connect(m_attributes, &AttributesPanel::edited, this, [this] { m_schema->setAttribute(m_attributes->attributes().schema); });
    m_editor->setHelp([this](CodeEditor::Place place) { return helpAt(place.line, place.column); });
    connect(m_editor, &CodeEditor::quotationOpened, this, [this] { offer(Wish::Typing); });
    auto *menu = new QMenu(m_attributes->schemaButton());
    menu->setObjectName(u"schemaMenu"_s);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillSchemaMenu(menu); });
    m_attributes->schemaButton()->setMenu(menu);
    m_attributes->schemaButton()->setPopupMode(QToolButton::InstantPopup);
    showSchema();
}

void EditorPage::fillSchemaMenu(QMenu *menu)
{
    menu->clear();
    const auto add = [&](const QString &name, const QString &text, std::function<void()> run) {
        QAction *action = menu->addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, std::move(run));
        return action;
    };
    add(u"schemaEdit"_s, tr("The attribute on the server…"), [this] { m_attributes->editSchema(); });
    menu->addSeparator();
    add(u"schemaFile"_s, tr("On this computer only: from a file…"), [this] {
        prompts::openFile(
            this, {.title = tr("Schema"), .suggestion = {}, .filters = {tr("JSON Schema (*.json)"), tr("All files (*)")}, .verb = {}})
            ->then(this, [this](const core::Result<QString> &file) {
                if (file)
                    m_schema->chooseFile(*file);
            });
    });
    add(u"schemaConfig"_s, tr("On this computer only: from another config…"), [this] { chooseSchemaConfig(); });
    add(u"schemaForget"_s, tr("Back to the attribute"), [this] {
        m_schema->chooseAttribute();
    })->setEnabled(!m_schema->localName().isEmpty());
}

void EditorPage::chooseSchemaConfig()
{
    const workbench::Subject where = subject();
    prompts::Input question;
    question.title = tr("Schema from another config");
    question.label = tr("Data ID, group/data ID or address, of the same connection");
    question.verb = tr("Use it");
    question.problem = [where](const QString &text) {
        const auto address = addressOfPicked(text, where);
        if (!address)
            return text.trimmed().isEmpty() ? QString() : tr("There can be no config of this name.");
        return address->profile() == where.profile ? QString() : tr("That is another connection.");
    };
    prompts::input(this, question)->then(this, [this, where](const core::Result<QString> &text) {
        const auto address = text ? addressOfPicked(*text, where) : core::Result<core::Address>(core::fail({}, {}));
        if (address && address->profile() == where.profile)
            m_schema->chooseConfig(*address);
    });
}

/// Says in Details where the schema is from, when that is not the attribute.
void EditorPage::showSchema()
{
    const QString local = m_schema->localName();
    QString note;
    if (!local.isEmpty()) {
        note = tr("%1 (on this computer)").arg(local);
        if (const auto &error = m_schema->error())
            note += u": "_s + coreText(error->message);
        else if (m_schema->schema() && !m_schema->schema()->remarks().isEmpty())
            note += u": "_s + coreText(m_schema->schema()->remarks().first().message);
    }
    m_attributes->setSchemaNote(note);
}

QString EditorPage::helpAt(int line, int column) const
{
    if (m_editor->byteCount() > MostHelped)
        return {};
    // Also without a schema somebody may ask what became of the one the content names.
    static const core::Result<JsonSchema> anything = JsonSchema::compile("true");
    const JsonSchema &schema = m_schema->schema() ? *m_schema->schema() : *anything;
    const auto hint = schema.describe(format(), m_editor->content(), line, column);
    if (!hint)
        return {};
    QStringList lines;
    if (!hint->title.isEmpty())
        lines << shortened(hint->title);
    if (!hint->description.isEmpty())
        lines << shortened(hint->description);
    QStringList facts;
    if (!hint->types.isEmpty())
        facts << hint->types.join(u" | "_s);
    if (hint->required)
        facts << tr("required");
    if (hint->deprecated)
        facts << tr("deprecated");
    if (!hint->standard.isEmpty())
        facts << tr("default: %1").arg(hint->standard);
    if (!facts.isEmpty())
        lines << facts.join(u" · "_s);
    if (!hint->values.isEmpty())
        lines << shortened(tr("one of: %1").arg(hint->values.join(u", "_s)));
    if (hint->key == "$schema"_L1)
        lines << tr("The schema named here is not fetched. One can be chosen under Details.");
    return lines.join(u'\n');
}

void EditorPage::complete()
{
    m_editor->setFocus();
    offer(Wish::Asked);
}

/// Who only types is not told why there is nothing.
void EditorPage::offer(Wish wish)
{
    const auto sorry = [this, wish](const QString &why) {
        if (wish == Wish::Asked)
            m_editor->showTip(why);
    };
    if (!m_schema->schema())
        return sorry(tr("There is no schema to propose anything. Give one under Details."));
    if (m_editor->byteCount() > MostHelped)
        return sorry(tr("Nothing is proposed in texts over 1 MiB."));
    if (format() == core::text::Format::Toml)
        return sorry(tr("Nothing is proposed in TOML."));
    const CodeEditor::Place caret = m_editor->caret();
    const auto found = m_schema->schema()->proposals(format(), m_editor->content(), caret.line, caret.column);
    if (found.list.isEmpty())
        return sorry(tr("The schema proposes nothing here."));
    QList<CodeEditor::Completion> offered;
    for (const JsonSchema::Proposal &one : found.list)
        offered.append({one.about.isEmpty() ? one.name : one.name + u" – "_s + one.about, one.insert});
    m_editor->showCompletions(found.begin, found.end, found.typed.size(), offered);
}

} // namespace ui::config
