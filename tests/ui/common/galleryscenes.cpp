// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/galleryscenes.h"

#include "ui/common/actionregistry.h"
#include "ui/common/codeeditor.h"
#include "ui/common/filterbar.h"
#include "ui/common/formpage.h"
#include "ui/common/keysheet.h"
#include "ui/common/messagebar.h"
#include "ui/common/promptdialog.h"
#include "ui/common/relativetime.h"
#include "ui/common/signalboxstyle.h"
#include "ui/common/sizetext.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/models/tableview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QSpinBox>
#include <QSplitter>
#include <QTabBar>

using namespace Qt::StringLiterals;
using namespace ui;

namespace tests {

QList<Scene> scenes()
{
    return {{u"icons"_s, iconScene},   {u"controls"_s, controlScene}, {u"list"_s, listScene},  {u"editor"_s, editorScene},
            {u"states"_s, stateScene}, {u"prompt"_s, promptScene},    {u"keys"_s, keysScene},  {u"form"_s, formScene},
            {u"diff"_s, diffScene},    {u"unified"_s, unifiedScene},  {u"merge"_s, mergeScene}};
}

std::unique_ptr<QWidget> iconScene()
{
    auto page = std::make_unique<QWidget>();
    auto *grid = new QGridLayout(page.get());
    for (int i = 0; i <= int(Icon::Warning); ++i) {
        auto *row = new QHBoxLayout;
        for (const int size : {16, 18, 22}) {
            auto *label = new QLabel;
            label->setPixmap(Theme::icon(Icon(i)).pixmap(QSize(size, size), 1));
            row->addWidget(label);
        }
        auto *name = new QLabel(Theme::iconName(Icon(i)).section(u'/', -1));
        name->setFont(Theme::smallFont());
        row->addWidget(name, 1);
        grid->addLayout(row, i % 22, i / 22);
    }
    auto *app = new QLabel;
    app->setPixmap(Theme::icon(Icon::Application).pixmap(QSize(128, 128), 1));
    grid->addWidget(app, 0, 5, 6, 1);
    auto *large = new QLabel;
    large->setPixmap(Theme::icon(Icon::Config).pixmap(QSize(128, 128), 1));
    grid->addWidget(large, 6, 5, 6, 1);
    page->resize(1100, 640);
    return page;
}

std::unique_ptr<QWidget> controlScene()
{
    auto page = std::make_unique<QWidget>();
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(page.get());
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    const auto row = [layout](const QList<QWidget *> &widgets) {
        auto *line = new QHBoxLayout;
        for (QWidget *widget : widgets)
            line->addWidget(widget);
        line->addStretch(1);
        layout->addLayout(line);
    };
    const auto state = [](QAbstractButton *button, auto change) {
        change(button);
        return button;
    };
    auto *pill = new PillButton;
    pill->setEnvironment(Environment::Staging, u"STAGING"_s);
    pill->setText(u"shop-staging"_s);
    pill->setMenu(new QMenu(pill));
    auto *pill2 = new PillButton;
    pill2->setIcon(Theme::icon(Icon::Namespace));
    pill2->setText(u"public"_s);
    pill2->setMenu(new QMenu(pill2));
    auto *prod = new Badge(u"PRODUCTION"_s, StateColor::Error);
    prod->setEnvironment(Environment::Production);
    auto *dev = new Badge(u"DEVELOPMENT"_s, StateColor::Error);
    dev->setEnvironment(Environment::Development);
    row({pill, pill2, prod, dev});
    auto *danger = new QPushButton(u"Delete 3 configs"_s);
    setButtonRole(danger, ButtonRole::Danger);
    auto *quiet = new QPushButton(u"Quiet"_s);
    setButtonRole(quiet, ButtonRole::Quiet);
    auto *menuButton = new QPushButton(u"With menu"_s);
    menuButton->setMenu(new QMenu(menuButton));
    row({new PrimaryButton(u"Publish…"_s), new QPushButton(u"Cancel"_s), danger, quiet, menuButton,
         state(new QPushButton(u"Disabled"_s), [](auto *b) { b->setEnabled(false); }),
         state(new PrimaryButton(u"Disabled"_s), [](auto *b) { b->setEnabled(false); }),
         state(new QPushButton(u"Checked"_s), [](auto *b) { b->setCheckable(true), b->setChecked(true); })});
    row({new QuietButton(Icon::Compare, u"Compare"_s), new QuietButton(Icon::Validate, u"Validate"_s),
         new QuietButton(Icon::AddToPlan, u"Add to plan"_s), new QuietButton(Icon::Export, u"Export"_s),
         new QuietButton(Icon::Delete, u"Delete…"_s), QuietButton::iconOnly(Icon::Refresh, u"Refresh"_s),
         QuietButton::iconOnly(Icon::Settings, u"Settings"_s), new LinkLabel(u"and 2 more"_s)});
    row({new Badge(u"YAML"_s, StateColor::Info), new Badge(u"latest"_s, StateColor::Ok),
         new Badge(u"local override"_s, StateColor::Warning), new Badge(u"destructive"_s, StateColor::Error),
         new Badge(u"draft"_s, StateColor::Neutral), new Chip(u"type: yaml"_s), new Chip(u"tag: payment"_s)});
    auto *edit = new QLineEdit(u"order-tools"_s);
    auto *placeholder = new QLineEdit;
    placeholder->setPlaceholderText(u"Search everything …"_s);
    placeholder->addAction(Theme::icon(Icon::Search, Token::Muted), QLineEdit::LeadingPosition);
    auto *wrong = new QLineEdit(u"not a port"_s);
    setFieldState(wrong, StateColor::Error);
    auto *readOnly = new QLineEdit(u"read-only"_s);
    readOnly->setReadOnly(true);
    auto *off = new QLineEdit(u"disabled"_s);
    off->setEnabled(false);
    row({edit, placeholder, wrong, readOnly, off});
    auto *combo = new QComboBox;
    combo->addItems({u"YAML"_s, u"JSON"_s, u"Properties"_s});
    auto *editable = new QComboBox;
    editable->setEditable(true);
    editable->addItem(u"DEFAULT_GROUP"_s);
    auto *spin = new QSpinBox;
    spin->setValue(8848);
    spin->setMaximum(65535);
    spin->setValue(8848);
    auto *check = new QCheckBox(u"Keep contents"_s);
    check->setChecked(true);
    auto *partial = new QCheckBox(u"Partly"_s);
    partial->setTristate(true);
    partial->setCheckState(Qt::PartiallyChecked);
    auto *radio = new QRadioButton(u"gRPC"_s);
    radio->setChecked(true);
    row({combo, editable, spin, check, partial, new QCheckBox(u"Off"_s), radio, new QRadioButton(u"HTTP"_s)});
    auto *tabs = new QTabBar;
    tabs->setDocumentMode(true);
    tabs->setTabsClosable(true);
    tabs->setExpanding(false);
    tabs->addTab(u"Configs\tshop-staging"_s);
    tabs->addTab(u"payment-gateway.yaml ●\tstaging/public"_s);
    tabs->addTab(u"order-tools\tstaging/public"_s);
    tabs->addTab(u"Inbox\t2"_s);
    tabs->setTabData(0, Theme::color(Environment::Staging));
    layout->addWidget(tabs);
    auto *panel = new QTabBar;
    panel->setExpanding(false);
    panel->setDrawBase(false);
    for (const QString &text : {u"Problems 1"_s, u"History 23"_s, u"Listeners 6"_s, u"Gray"_s, u"Details"_s})
        panel->addTab(text);
    layout->addWidget(panel);
    auto *bar = new QProgressBar;
    bar->setValue(40);
    bar->setTextVisible(false);
    layout->addWidget(bar);
    auto *spinner = new ActivityIndicator;
    spinner->setRunning(true);
    auto *ring = new ActivityIndicator;
    ring->setRunning(true);
    ring->setProgress(0.4);
    auto *elided = new ElidedLabel(u"com.example.payment.gateway.configuration.production.yaml"_s);
    elided->setElideMode(Qt::ElideMiddle);
    elided->setFixedWidth(200);
    auto *time = new TimeLabel;
    time->setTime(QDateTime::currentDateTimeUtc().addSecs(-7300));
    time->setPattern(u"changed %1"_s);
    Theme::setMuted(time);
    row({spinner, ring, elided, time, new StateDot(StateColor::Ok), new QLabel(u"live"_s), new StateDot(StateColor::Error),
         new QLabel(u"lost"_s)});
    auto *columns = new QHBoxLayout;
    auto *text = new QPlainTextEdit(u"Look up, change and refund orders of the shop.\nRead-only for guests."_s);
    text->setFixedHeight(80);
    auto *list = new QListWidget;
    list->addItems({u"order-service.yaml"_s, u"payment-gateway.yaml"_s, u"refund-policy.yaml"_s});
    list->setCurrentRow(1);
    list->setFixedHeight(100);
    auto *menu = new QMenu;
    menu->addAction(Theme::icon(Icon::Open), u"Open"_s)->setShortcut(QKeySequence(Qt::Key_Return));
    menu->addAction(Theme::icon(Icon::Copy), u"Copy to…"_s)->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_C));
    menu->addSeparator();
    QAction *checked = menu->addAction(u"Show gray releases"_s);
    checked->setCheckable(true);
    checked->setChecked(true);
    menu->addMenu(u"Sort by"_s);
    menu->addAction(Theme::icon(Icon::Delete), u"Delete 3 configs…"_s)->setEnabled(false);
    menu->setActiveAction(menu->actions().constFirst());
    menu->setWindowFlags(Qt::Widget);
    columns->addWidget(text);
    columns->addWidget(list);
    columns->addWidget(menu);
    layout->addLayout(columns);
    menu->show();
    layout->addStretch(1);
    edit->setFocus();
    page->resize(1000, 640);
    return page;
}

namespace {

struct Item {
    QString id, group, type, app, tags, by;
    qint64 size = 0;
    QDateTime changed;
    int listeners = 0;
    friend bool operator==(const Item &, const Item &) = default;
};

RecordModel<Item> *itemModel(QObject *parent)
{
    using K = ColumnInfo::Kind;
    using F = ColumnInfo::Filter;
    QList<RecordColumn<Item>> columns;
    const auto info = [](const QString &id, const QString &title, K kind, int width, F filter = F::Contains) {
        ColumnInfo column;
        column.id = id;
        column.title = title;
        column.kind = kind;
        column.width = width;
        column.filter = filter;
        return column;
    };
    ColumnInfo name = info(u"id"_s, u"Data ID"_s, K::Text, 214);
    name.stretch = ColumnInfo::Stretch::Yes;
    name.minWidth = 140;
    columns.append({name, [](const Item &i) { return i.id; }, {}, [](const Item &) { return Theme::icon(Icon::Config); }, {}, {}});
    columns.append({info(u"group"_s, u"Group"_s, K::Muted, 126), [](const Item &i) { return i.group; }, {}, {}, {}, {}});
    columns.append({info(u"type"_s, u"Type"_s, K::Text, 84, F::Word), [](const Item &i) { return i.type; }, {}, {}, {}, {}});
    columns.append({info(u"app"_s, u"App"_s, K::Text, 56), [](const Item &i) { return i.app; }, {}, {}, {}, {}});
    columns.append({info(u"tag"_s, u"Tags"_s, K::Muted, 112, F::Word), [](const Item &i) { return i.tags; }, {}, {}, {}, {}});
    columns.append({info(u"size"_s, u"Size"_s, K::Number, 70, F::Number),
                    [](const Item &i) { return sizeText(i.size); },
                    [](const Item &i) { return SortValue(double(i.size)); },
                    {},
                    {},
                    {}});
    columns.append({info(u"changed"_s, u"Changed"_s, K::Time, 86, F::FieldOnly),
                    [](const Item &i) { return relativeTime(i.changed); },
                    [](const Item &i) { return sortByTime(i.changed); },
                    {},
                    [](const Item &i) { return exactTime(i.changed); },
                    {}});
    columns.append({info(u"by"_s, u"By"_s, K::Muted, 72), [](const Item &i) { return i.by; }, {}, {}, {}, {}});
    columns.append({info(u"listeners"_s, u"Listeners"_s, K::Number, 76, F::Number),
                    [](const Item &i) { return countText(i.listeners); },
                    [](const Item &i) { return SortValue(double(i.listeners)); },
                    {},
                    {},
                    {}});
    auto *model = new RecordModel<Item>([](const Item &i) { return i.id; }, columns, parent);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto ago = [now](int hours) { return now.addSecs(-3600LL * hours); };
    QList<Item> items{
        {u"order-service.yaml"_s, u"DEFAULT_GROUP"_s, u"yaml"_s, u"shop"_s, u"payment, core"_s, u"deploy"_s, 3174, ago(2), 14},
        {u"payment-gateway.yaml"_s, u"DEFAULT_GROUP"_s, u"yaml"_s, u"shop"_s, u"payment"_s, u"ops"_s, 1843, ago(4), 6},
        {u"payment-routes.yaml"_s, u"ROUTES"_s, u"yaml"_s, u"edge"_s, u"payment"_s, u"deploy"_s, 12698, ago(26), 3},
        {u"inventory.yaml"_s, u"DEFAULT_GROUP"_s, u"yaml"_s, u"shop"_s, u"core"_s, u"ci"_s, 940, ago(30), 9},
        {u"refund-policy.yaml"_s, u"RISK"_s, u"yaml"_s, u"risk"_s, u"payment"_s, u"ops"_s, 5120, ago(74), 2},
        {u"rate-limits.yaml"_s, u"EDGE"_s, u"yaml"_s, u"edge"_s, {}, u"deploy"_s, 2252, ago(140), 21},
        {u"退款规则.json"_s, u"RISK"_s, u"json"_s, u"risk"_s, u"payment"_s, u"risk-bot"_s, 19353, ago(800), 4}};
    for (int n = 1; n <= 40; ++n)
        items.append({u"svc-%1.properties"_s.arg(n),
                      u"DEFAULT_GROUP"_s,
                      u"properties"_s,
                      u"shop"_s,
                      {},
                      n % 3 ? u"deploy"_s : QString(),
                      137LL * n + 90,
                      n % 5 ? ago(900 + 24 * n) : QDateTime(),
                      n % 12});
    model->upsert(items);
    return model;
}

} // namespace

std::unique_ptr<QWidget> listScene()
{
    auto page = std::make_unique<QWidget>();
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(page.get());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *bar = new FilterBar;
    bar->addWidget(new PrimaryButton(u"New config"_s));
    auto *table = new TableView;
    RecordModel<Item> *model = itemModel(page.get());
    bar->setFields(model->filterFields());
    bar->setText(u"group:DEFAULT pay -by:ci"_s);
    bar->setCount(u"2 of 47"_s);
    table->setRecords(model, u"Configurations"_s);
    bar->setText(u"size:>100 e"_s);
    table->setSort({u"id"_s}, {u"group"_s});
    layout->addWidget(bar);
    layout->addWidget(new Separator);
    layout->addWidget(table, 1);
    layout->addWidget(new Separator);
    auto *selection = new QHBoxLayout;
    selection->setContentsMargins(12, 6, 12, 6);
    auto *count = new QLabel(u"1 selected"_s);
    Theme::setMuted(count);
    selection->addWidget(count);
    selection->addWidget(new QuietButton(Icon::Compare, u"Compare"_s));
    selection->addWidget(new QuietButton(Icon::Copy, u"Copy to…"_s));
    selection->addWidget(new QuietButton(Icon::Export, u"Export"_s));
    selection->addWidget(new QuietButton(Icon::Delete, u"Delete…"_s));
    selection->addStretch(1);
    auto *live = new QLabel(u"21 of 1,204 · live"_s);
    Theme::setMuted(live);
    selection->addWidget(live);
    layout->addLayout(selection);
    table->setQuery(bar->query());
    QObject::connect(bar, &FilterBar::queryChanged, table, &TableView::setQuery);
    table->select({u"payment-gateway.yaml"_s});
    table->setFocus();
    page->resize(940, 560);
    return page;
}

namespace {
const QByteArray Sample =
    "server:\n  port: 8080\n  shutdown: graceful\n\ngateway:\n  provider: adyen\n  merchant: SHOP_EU\n"
    "  apiKey: sk_live_51Hx9aa81bb2  # from the vault\n  timeout:\n    connect: 300\n    read: 1200\n"
    "  retry:\n    max: 3\n    backoff: 250ms\n    timeout: true\n\nroutes:\n  - match: /pay/**\n    to: payment-core\n"
    "    weight: 90\n  - match: /pay/**\n    to: payment-core-canary\n    weight: 10\n\nlimits: {perMerchant: 40/s, burst: 120}\n"
    "note: \xE9\x80\x80\xE6\xAC\xBE\xE8\xA7\x84\xE5\x88\x99\n";
}

std::unique_ptr<QWidget> editorScene()
{
    auto page = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(page.get());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *bar = new MessageBar;
    auto *editor = new CodeEditor;
    layout->addWidget(bar);
    layout->addWidget(editor, 1);
    editor->setContent(Sample);
    editor->setFormat(core::text::Format::Yaml);
    editor->setSecrets({{Sample.indexOf("sk_live"), 20, 8, u"gateway.apiKey"_s}});
    editor->setProblems(
        {{core::text::Problem::Severity::Warning, 15, 5, u"duplicated key"_s}, {core::text::Problem::Severity::Error, 19, 5, u"bad"_s}});
    editor->setChangedLines({10, 11});
    editor->goTo({6, 12});
    Message message;
    message.state = StateColor::Warning;
    message.text = u"Changed on the server by deploy, 12 s ago."_s;
    message.actions = {{u"Show difference"_s, {bar, [] {}}, MessageAction::Then::Stay},
                       {u"Merge"_s, {bar, [] {}}, MessageAction::Then::Stay},
                       {u"Keep mine"_s, {bar, [] {}}, MessageAction::Then::Stay}};
    bar->show(message);
    editor->openFind(CodeEditor::FindMode::Replace);
    editor->findChild<QLineEdit *>(u"findText"_s)->setText(u"timeout"_s);
    page->resize(900, 620);
    return page;
}

std::unique_ptr<QWidget> stateScene()
{
    auto page = std::make_unique<QWidget>();
    auto *grid = new QGridLayout(page.get());
    const auto add = [&](int row, int column) {
        auto *state = new StatePage;
        state->setSkeletonDelay(std::chrono::milliseconds(0));
        state->setContent(new QLabel(u"content"_s));
        grid->addWidget(state, row, column);
        return state;
    };
    add(0, 0)->showLoading();
    add(0, 1)->showEmpty({Icon::Config,
                          u"There are no configurations in this namespace yet."_s,
                          u"New config"_s,
                          {},
                          u"Configurations hold what your services read at start and while they run."_s});
    add(1, 0)->showError({core::Error::Kind::Network, u"connect to 10.0.3.17:9848: connection refused"_s, 111, true},
                         u"Cannot load the configurations"_s, [] {});
    add(1, 1)->showError({core::Error::Kind::Forbidden, u"403"_s, 403, false}, u"Cannot list the namespaces"_s, [] {});
    page->resize(1000, 640);
    return page;
}

std::unique_ptr<QWidget> promptScene()
{
    auto dialog = std::make_unique<prompts::PromptDialog>(nullptr);
    dialog->setHeading(u"Delete 3 configs in PRODUCTION?"_s,
                       u"14 listeners read them. They can be brought back with Undo for as long as the ledger keeps them."_s,
                       StateColor::Error);
    dialog->setItems({u"order-service.yaml · DEFAULT_GROUP"_s, u"payment-gateway.yaml · DEFAULT_GROUP"_s, u"refund-policy.yaml · RISK"_s});
    dialog->setDetails(u"atomic: no"_s);
    dialog->setTypedWord(u"shop-production"_s);
    dialog->addReason(prompts::Confirm::Reason::Required);
    dialog->setVerb(u"Delete 3 configs"_s, ButtonRole::Danger);
    dialog->arrange();
    return dialog;
}

std::unique_ptr<QWidget> keysScene()
{
    auto *registry = new ActionRegistry;
    const auto add = [&](const QString &id, const QString &text, const QString &context, const QKeySequence &key) {
        Command command;
        command.id = id;
        command.text = text;
        command.context = context;
        command.keys = {key};
        registry->add(command);
    };
    add(u"config.publish"_s, u"&Publish…"_s, u"Configs"_s, QKeySequence(Qt::CTRL | Qt::Key_Return));
    add(u"config.compare"_s, u"&Compare"_s, u"Configs"_s, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    add(u"list.refresh"_s, u"&Refresh"_s, u"Lists"_s, QKeySequence(Qt::Key_F5));
    add(u"go.palette"_s, u"Search everything"_s, u"Go"_s, QKeySequence(Qt::CTRL | Qt::Key_K));
    auto sheet = std::make_unique<KeySheet>(*registry, QList<KeySheet::FixedKey>{});
    registry->setParent(sheet.get());
    return sheet;
}

namespace {

class SampleForm final : public FormPage {
public:
    SampleForm()
        : m_name(new QLineEdit(u"shop-staging"_s))
        , m_address(new QLineEdit(u"10.0.3.17:port"_s))
        , m_environment(new QComboBox)
    {
        setWindowTitle(u"shop-staging"_s);
        addSection(u"Connection"_s);
        addField(u"name"_s, u"&Name"_s, m_name);
        addField(u"address"_s, u"&Addresses"_s, m_address, u"One or several, separated by commas."_s);
        m_environment->addItems({u"Staging"_s, u"Production"_s});
        addField(u"environment"_s, u"&Environment"_s, m_environment);
        addSection(u"Memory"_s);
        auto *keep = new QCheckBox(u"Keep contents for search and history"_s);
        addField(u"keep"_s, u"&Keep"_s, keep);
        connect(m_name, &QLineEdit::textChanged, this, [this] { touched(); });
        loaded();
        touched();
    }
    bool isModified() const override { return true; }
    QList<FormProblem> validate() const override
    {
        return {{u"address"_s, u"“port” is no number; write for example 10.0.3.17:8848."_s, FormProblem::Severity::Error},
                {u"environment"_s, u"Another connection to this server is marked as production."_s, FormProblem::Severity::Warning},
                {{}, u"This server was reached without TLS."_s, FormProblem::Severity::Warning}};
    }
    void revert() override {}

private:
    QLineEdit *m_name;
    QLineEdit *m_address;
    QComboBox *m_environment;
};

} // namespace

std::unique_ptr<QWidget> formScene()
{
    auto form = std::make_unique<SampleForm>();
    form->resize(620, 420);
    form->save();
    return form;
}

} // namespace tests
