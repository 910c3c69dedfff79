// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/shortcuteditor.h"

#include "ui/common/actionregistry.h"
#include "ui/common/theme.h"
#include "ui/models/tableview.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::settings {

using core::profiles::Setting;

namespace {

QString keysText(const QList<QKeySequence> &keys)
{
    return QKeySequence::listToString(keys, QKeySequence::NativeText);
}

QList<RecordColumn<ShortcutEditor::Row>> columns()
{
    using Row = ShortcutEditor::Row;
    using Column = RecordColumn<Row>;
    return {
        Column{{.id = u"command"_s, .title = ShortcutEditor::tr("Command"), .width = 260, .stretch = ColumnInfo::Stretch::Yes},
               [](const Row &row) { return row.title; },
               {},
               {},
               [](const Row &row) { return row.toolTip; }},
        Column{{.id = u"area"_s, .title = ShortcutEditor::tr("Area"), .kind = ColumnInfo::Kind::Muted, .width = 110},
               [](const Row &row) { return row.area; }},
        Column{{.id = u"keys"_s, .title = ShortcutEditor::tr("Keys"), .width = 170},
               [](const Row &row) { return row.keys; },
               {},
               {},
               {},
               [](const Row &row) {
                   return CellLook{.weight = row.keys != row.defaults ? CellLook::Weight::Strong : CellLook::Weight::Normal};
               }},
        Column{{.id = u"default"_s, .title = ShortcutEditor::tr("Default"), .kind = ColumnInfo::Kind::Muted, .width = 170},
               [](const Row &row) { return row.defaults; }},
    };
}

} // namespace

ShortcutEditor::ShortcutEditor(workbench::Workbench &workbench, QWidget *parent)
    : QWidget(parent)
    , m_workbench(workbench)
    , m_filter(new QLineEdit(this))
    , m_view(new TableView(this))
    , m_model([](const Row &row) { return row.id; }, columns())
    , m_keys(new QKeySequenceEdit(this))
    , m_set(new QPushButton(tr("&Set"), this))
    , m_clear(new QPushButton(tr("&No keys"), this))
    , m_reset(new QPushButton(tr("&Default"), this))
    , m_resetAll(new QPushButton(tr("&All defaults"), this))
    , m_note(new QLabel(this))
{
    setObjectName(u"shortcutEditor"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::Between);
    m_filter->setObjectName(u"shortcutFilter"_s);
    m_filter->setPlaceholderText(tr("Filter commands and keys"));
    m_filter->setAccessibleName(tr("Filter commands and keys"));
    m_filter->setClearButtonEnabled(true);
    layout->addWidget(m_filter);
    QList<Row> rows;
    const QStringList ids = m_workbench.actions().ids();
    for (const QString &id : ids)
        rows.append(rowOf(id));
    m_model.reset(rows);
    m_view->setObjectName(u"shortcutTable"_s);
    m_view->setRecords(&m_model, tr("Commands and their keys"));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setSort({u"area"_s, Qt::AscendingOrder}, {u"command"_s, Qt::AscendingOrder});
    m_view->setMinimumHeight(300);
    layout->addWidget(m_view, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::Between);
    m_keys->setObjectName(u"shortcutKeys"_s);
    m_keys->setAccessibleName(tr("New keys"));
    m_set->setObjectName(u"shortcutSet"_s);
    m_clear->setObjectName(u"shortcutClear"_s);
    m_reset->setObjectName(u"shortcutReset"_s);
    m_resetAll->setObjectName(u"shortcutResetAll"_s);
    row->addWidget(m_keys, 1);
    row->addWidget(m_set);
    row->addWidget(m_clear);
    row->addWidget(m_reset);
    row->addSpacing(metrics::Around);
    row->addWidget(m_resetAll);
    layout->addLayout(row);
    m_note->setObjectName(u"shortcutNote"_s);
    m_note->setWordWrap(true);
    layout->addWidget(m_note);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        // As it stands there: "Ctrl+/" is no expression.
        const QString quoted = text.trimmed().isEmpty() || text.contains(u'"') ? text : u'"' + text.trimmed() + u'"';
        m_view->setQuery(FilterQuery::parse(quoted, m_model.filterFields()));
    });
    connect(m_view, &TableView::currentIdChanged, this, [this] {
        const QList<QKeySequence> keys = m_workbench.actions().keys(chosen());
        const QSignalBlocker quiet(m_keys);
        m_keys->setKeySequence(keys.value(0));
        refresh();
    });
    connect(m_keys, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutEditor::refresh);
    connect(m_set, &QAbstractButton::clicked, this, &ShortcutEditor::set);
    connect(m_clear, &QAbstractButton::clicked, this, &ShortcutEditor::clear);
    connect(m_reset, &QAbstractButton::clicked, this, &ShortcutEditor::reset);
    connect(m_resetAll, &QAbstractButton::clicked, this, &ShortcutEditor::resetAll);
    connect(&m_workbench.actions(), &ActionRegistry::keysChanged, this, &ShortcutEditor::refreshRow);
    refresh();
}

QString ShortcutEditor::title(const QString &id) const
{
    const Command *command = m_workbench.actions().command(id);
    return command ? withoutMnemonic(command->text) : id;
}

ShortcutEditor::Row ShortcutEditor::rowOf(const QString &id) const
{
    const ActionRegistry &actions = m_workbench.actions();
    const Command *command = actions.command(id);
    return {id,
            title(id),
            command ? command->description : QString(),
            command ? command->context : QString(),
            keysText(actions.keys(id)),
            keysText(actions.defaultKeys(id))};
}

void ShortcutEditor::refreshRow(const QString &id)
{
    m_model.upsert({rowOf(id)});
    refresh();
}

QString ShortcutEditor::chosen() const
{
    return m_view->currentId();
}

void ShortcutEditor::choose(const QString &commandId)
{
    m_filter->clear();
    m_view->select({commandId}, commandId);
}

QStringList ShortcutEditor::conflicts() const
{
    return m_keys->keySequence().isEmpty() ? QStringList() : m_workbench.actions().usedBy(m_keys->keySequence(), chosen());
}

void ShortcutEditor::refresh()
{
    const QString id = chosen();
    const ActionRegistry &actions = m_workbench.actions();
    const bool any = !id.isEmpty();
    const QKeySequence typed = m_keys->keySequence();
    m_keys->setEnabled(any);
    m_clear->setEnabled(any && !actions.keys(id).isEmpty());
    m_reset->setEnabled(any && actions.keys(id) != actions.defaultKeys(id));
    m_resetAll->setEnabled(!actions.overrides().isEmpty());
    m_set->setEnabled(any && !typed.isEmpty() && !actions.keys(id).contains(typed));
    const QStringList others = any ? conflicts() : QStringList();
    if (others.isEmpty()) {
        m_note->setText(any ? tr("Press the new keys for “%1”.").arg(title(id)) : tr("Choose a command."));
        Theme::setMuted(m_note);
        m_set->setText(tr("&Set"));
        return;
    }
    QStringList names;
    for (const QString &other : others)
        names.append(tr("“%1”").arg(title(other)));
    m_note->setText(
        tr("%1 already means %2. Setting it takes it away there.").arg(typed.toString(QKeySequence::NativeText), names.join(tr(", "))));
    Theme::setStateColor(m_note, StateColor::Warning);
    m_set->setText(tr("Ta&ke over"));
}

void ShortcutEditor::set()
{
    ActionRegistry &actions = m_workbench.actions();
    const QString id = chosen();
    const QKeySequence typed = m_keys->keySequence();
    const QStringList others = conflicts();
    for (const QString &other : others) {
        QList<QKeySequence> keys = actions.keys(other);
        keys.removeAll(typed);
        actions.setKeys(other, keys);
    }
    actions.setKeys(id, {typed});
    store();
}

void ShortcutEditor::clear()
{
    m_workbench.actions().setKeys(chosen(), {});
    m_keys->clear();
    store();
}

void ShortcutEditor::reset()
{
    ActionRegistry &actions = m_workbench.actions();
    actions.setKeys(chosen(), actions.defaultKeys(chosen()));
    m_keys->setKeySequence(actions.keys(chosen()).value(0));
    store();
}

void ShortcutEditor::resetAll()
{
    m_workbench.actions().resetKeys();
    const QStringList ids = m_workbench.actions().ids();
    for (const QString &id : ids)
        refreshRow(id);
    store();
}

void ShortcutEditor::store()
{
    QJsonObject object;
    const QHash<QString, QStringList> overrides = m_workbench.actions().overrides();
    for (auto it = overrides.cbegin(); it != overrides.cend(); ++it)
        object.insert(it.key(), it.value().join(u"; "_s));
    m_workbench.services().settings.set(Setting::Shortcuts, object);
    refresh();
}

namespace {

class KeyboardSection final : public Section {
public:
    KeyboardSection(workbench::Workbench &workbench, QWidget *parent)
        : Section(workbench, ShortcutEditor::tr("Keyboard"),
                  ShortcutEditor::tr("Every command can have other keys. Ctrl+/ shows them all."), parent)
    {
        addFilling(new ShortcutEditor(workbench, this));
    }
};

} // namespace

QWidget *makeKeyboardSection(workbench::Workbench &workbench, QWidget *parent)
{
    return new KeyboardSection(workbench, parent);
}

} // namespace ui::settings
