// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/comparepage.h"

#include "core/nacos/registry.h"
#include "core/profiles/practice.h"
#include "core/profiles/profilestore.h"
#include "core/store/drafts.h"
#include "core/store/overrides.h"
#include "core/text/format.h"
#include "ui/common/diffview.h"
#include "ui/common/messagebar.h"
#include "ui/common/statepage.h"
#include "ui/common/widgets.h"
#include "ui/config/configpicker.h"
#include "ui/config/configwriting.h"
#include "ui/workbench/environment.h"
#include "ui/workbench/textsize.h"
#include "ui/workbench/unreadable.h"

#include <algorithm>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::config {

using Content = std::optional<QByteArray>;

namespace {

/// Group and data ID as people type them.
QString nameText(const core::Address &address)
{
    return address.isEmpty() ? QString() : address.path().join(u'/');
}

} // namespace

ComparePage::ComparePage(workbench::Workbench &workbench, const workbench::PageRequest &request)
    : Page(workbench)
{
    setObjectName(u"comparePage"_s);
    m_subject = request.subject;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Around, metrics::Between, metrics::Around, metrics::Between);
    bar->setSpacing(metrics::Between);
    const QStringList names{u"compareLeft"_s, u"compareRight"_s};
    for (int i = 0; i < 2; ++i) {
        Side &side = m_sides[size_t(i)];
        side.where = request.subject;
        side.place = new PillButton(this);
        side.place->setObjectName(names.at(i) + u"Place"_s);
        side.places = new QMenu(side.place);
        side.places->setObjectName(names.at(i) + u"Menu"_s);
        side.place->setMenu(side.places);
        connect(side.places, &QMenu::aboutToShow, this, [this, &side] { fillPlaces(side); });
        side.edit = new QLineEdit(this);
        side.edit->setObjectName(names.at(i));
        side.edit->setClearButtonEnabled(true);
        attachConfigPicker(side.edit, workbench, [&side] { return side.where; });
        connect(side.edit, &QLineEdit::editingFinished, this, [this, &side] { typed(side); });
        bar->addWidget(side.place);
        bar->addWidget(side.edit, 1);
        if (i == 0) {
            auto *swap = QuietButton::iconOnly(Icon::Swap, {}, this);
            swap->setObjectName(u"compareSwap"_s);
            connect(swap, &QToolButton::clicked, this, &ComparePage::swapSides);
            bar->addWidget(swap);
        }
    }
    layout->addLayout(bar);
    layout->addWidget(new Separator(Qt::Horizontal, this));
    m_bar = new MessageBar(this);
    layout->addWidget(m_bar);
    m_diff = new DiffView(this->workbench().services().workers, this);
    m_diff->setObjectName(u"compareDiff"_s);
    workbench::followTextSize(this->workbench().services().viewState, m_diff);
    m_states = new StatePage(this);
    m_states->setContent(m_diff);
    layout->addWidget(m_states, 1);
    setFocusProxy(m_states);
    connect(m_diff, &DiffView::ready, this, &Page::statusChanged);
    // Later: whoever opens it connects it first.
    connect(&workbench.services().registries, &core::nacos::Registries::opened, this, &ComparePage::sessionChanged, Qt::QueuedConnection);
    retranslate();
    restoreState(request.parameters);
}

ComparePage::~ComparePage() = default;

void ComparePage::retranslate()
{
    for (const Side &side : m_sides)
        side.edit->setPlaceholderText(tr("Data ID, group/data ID, or a pasted link"));
    if (auto *swap = findChild<QuietButton *>(u"compareSwap"_s))
        swap->setWords(tr("Swap both sides"));
    m_sides[0].edit->setAccessibleName(tr("Left side"));
    m_sides[1].edit->setAccessibleName(tr("Right side"));
    m_sides[0].place->setAccessibleDescription(tr("Where the left side is"));
    m_sides[1].place->setAccessibleDescription(tr("Where the right side is"));
    for (Side &side : m_sides)
        showSide(side);
}

void ComparePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        compare(); // the names of the places
    }
    Page::changeEvent(event);
}

QString ComparePage::title() const
{
    const auto name = [](const Side &side) { return side.address.isEmpty() ? QString() : side.address.path().last(); };
    const QString left = name(m_sides[0]), right = name(m_sides[1]);
    if (left.isEmpty() || right.isEmpty())
        return tr("Compare");
    return left == right ? tr("Compare %1").arg(left) : tr("%1 and %2").arg(left, right);
}

QString ComparePage::longTitle() const
{
    if (m_sides[0].address.isEmpty() || m_sides[1].address.isEmpty())
        return {};
    return labelOf(m_sides[0]) + u" ↔ "_s + labelOf(m_sides[1]);
}

QString ComparePage::statusText() const
{
    if (m_states->state() != StatePage::State::Content || !m_diff->isReady())
        return {};
    return m_diff->changeCount() == 0 ? tr("no differences") : tr("%n difference(s)", nullptr, m_diff->changeCount());
}

QJsonObject ComparePage::saveState() const
{
    return {{u"left"_s, m_sides[0].address.toString()}, {u"right"_s, m_sides[1].address.toString()}};
}

void ComparePage::restoreState(const QJsonObject &state)
{
    const auto left = core::Address::parse(state.value(u"left"_s).toString());
    const auto right = core::Address::parse(state.value(u"right"_s).toString());
    if (left)
        m_sides[0].address = *left;
    if (right)
        m_sides[1].address = *right;
    else if (left && !left->revision().isEmpty())
        m_sides[1].address = left->withRevision({});
    for (Side &side : m_sides) {
        if (!side.address.isEmpty())
            side.where = {side.address.profile(), side.address.space()};
        showSide(side);
    }
    if (m_started)
        refresh();
}

void ComparePage::activated()
{
    if (std::exchange(m_started, true))
        return;
    refresh();
    if (m_sides[0].address.isEmpty())
        m_sides[0].edit->setFocus();
    else if (m_sides[1].address.isEmpty())
        m_sides[1].edit->setFocus();
    else
        m_diff->setFocus();
}

void ComparePage::refresh()
{
    for (Side &side : m_sides)
        read(side);
    compare();
}

void ComparePage::swapSides()
{
    std::swap(m_sides[0].address, m_sides[1].address);
    std::swap(m_sides[0].where, m_sides[1].where);
    for (Side &side : m_sides)
        showSide(side);
    refresh();
    Q_EMIT faceChanged();
    Q_EMIT stateChanged();
}

void ComparePage::showSide(Side &side)
{
    const auto profile = workbench().profile(side.where.profile);
    const Environment environment = workbench::environmentOf(profile);
    side.place->setEnvironment(environment, workbench::environmentWord(environment));
    const QString path = workbench().pathText(side.where);
    side.place->setText(path.isEmpty() ? tr("Choose a place") : path);
    side.edit->setText(nameText(side.address));
    side.edit->setCursorPosition(0); // its beginning is what tells
}

/// Every connection with the namespaces known of it; one that is not open is opened by being chosen.
void ComparePage::fillPlaces(Side &side)
{
    QMenu *menu = side.places;
    menu->clear();
    auto &services = workbench().services();
    QStringList profiles;
    for (const core::profiles::Profile &profile : services.profiles.profiles())
        profiles.append(profile.slug);
    const QString practice = core::profiles::PracticeServers::slug();
    if (!profiles.contains(practice) && workbench().profile(practice))
        profiles.append(practice);
    for (const QString &profile : std::as_const(profiles)) {
        QStringList namespaces;
        for (const core::nacos::NamespaceInfo &info : workbench().namespaces(profile))
            namespaces.append(info.id);
        if (namespaces.isEmpty())
            namespaces.append(u"public"_s);
        if (profile == side.where.profile && !namespaces.contains(side.where.namespaceId))
            namespaces.append(side.where.namespaceId);
        menu->addSection(workbench().pathText({profile, {}}));
        for (const QString &id : std::as_const(namespaces)) {
            const workbench::Subject where{profile, id};
            QAction *action = menu->addAction(QString(workbench().pathText(where)).replace(u'&', u"&&"_s));
            action->setCheckable(true);
            action->setChecked(where == side.where);
            connect(action, &QAction::triggered, this, [this, &side, where] { choosePlace(side, where); });
        }
    }
}

void ComparePage::choosePlace(Side &side, const workbench::Subject &where)
{
    if (where == side.where)
        return;
    side.where = where;
    // The same config there; or that of the other side, when nothing was chosen here.
    const core::Address &wanted = !side.address.isEmpty() ? side.address : m_sides[&side == &m_sides[0] ? 1 : 0].address;
    const auto key = core::nacos::ConfigKey::of(wanted);
    const auto address = key ? core::nacos::ConfigKey{where.namespaceId, key->group, key->dataId}.address(where.profile)
                             : core::Result<core::Address>(core::fail(key.error()));
    if (address)
        setAddress(side, *address);
    else
        showSide(side);
}

void ComparePage::typed(Side &side)
{
    const QString text = side.edit->text().trimmed();
    if (text == nameText(side.address))
        return;
    if (text.isEmpty())
        return setAddress(side, {});
    const auto address = addressOfPicked(text, side.where);
    if (!address) {
        m_bar->showError(address.error(), tr("This names no config"));
        return;
    }
    setAddress(side, *address);
}

void ComparePage::setAddress(Side &side, const core::Address &address)
{
    side.address = address;
    if (!address.isEmpty())
        side.where = {address.profile(), address.space()};
    showSide(side);
    m_bar->clear();
    read(side);
    compare();
    Q_EMIT faceChanged();
    Q_EMIT stateChanged();
}

/// What could not be read while a connection was away, or opening, is read now.
void ComparePage::sessionChanged()
{
    for (Side &side : m_sides) {
        core::nacos::Registry *registry = side.error ? workbench().services().registries.find(side.address.profile()) : nullptr;
        if (!registry)
            continue;
        connect(&registry->session(), &core::nacos::Session::stateChanged, this, &ComparePage::sessionChanged, Qt::UniqueConnection);
        const auto state = registry->session().state();
        if (state == core::nacos::SessionState::Live || state == core::nacos::SessionState::Degraded)
            read(side);
    }
}

core::Reply<Content> *ComparePage::contentOf(Side &side)
{
    const core::Address address = side.address;
    auto *answer = new core::Reply<Content>(this);
    if (address.revision() == "draft"_L1) {
        core::follow(answer, workbench().services().drafts.load(address.withRevision({})),
                     [](const core::Result<std::optional<core::store::Draft>> &draft) -> core::Result<Content> {
                         if (!draft)
                             return core::fail(draft.error());
                         return *draft ? Content((*draft)->content) : Content();
                     });
        return answer;
    }
    if (address.revision() == "override"_L1) {
        readOverride(answer, address);
        return answer;
    }
    const auto key = core::nacos::ConfigKey::of(address);
    auto *registry = key ? workbench().registry(address.profile()) : nullptr;
    if (!registry) {
        answer->settle(core::fail(key ? core::Error{core::Error::Kind::Network, u"the connection is not open"_s, 0, true} : key.error()));
        return answer;
    }
    connect(&registry->session(), &core::nacos::Session::stateChanged, this, &ComparePage::sessionChanged, Qt::UniqueConnection);
    if (!address.revision().isEmpty()) {
        readRevision(answer, side, *key);
        return answer;
    }
    // Without a revision it is what the server has, override or not.
    core::follow(answer, registry->configs().getLive(*key),
                 [](const core::Result<std::optional<core::nacos::ConfigDetail>> &detail) -> core::Result<Content> {
                     if (!detail)
                         return core::fail(detail.error());
                     return *detail ? Content((*detail)->content) : Content();
                 });
    return answer;
}

/// With whose it is and of when: where the version itself does not tell, the list of versions does.
void ComparePage::readRevision(core::Reply<Content> *answer, Side &side, const core::nacos::ConfigKey &key)
{
    using core::nacos::ConfigRevision;
    auto *configs = &workbench().registry(side.address.profile())->configs();
    auto *reading = configs->revision(key, side.address.revision());
    answer->onCancel = [reading = QPointer<core::Operation>(reading)] {
        if (reading)
            reading->cancel();
    };
    reading->then(
        answer,
        [answer, &side, address = side.address, key,
         configs = QPointer(configs)](const core::Result<core::nacos::ConfigRevisionDetail> &state) {
            if (!state)
                return answer->settle(core::fail(state.error()));
            if (side.address == address)
                side.revision = state->revision;
            if (state->revision.at.isValid() || !configs)
                return answer->settle(state->content);
            auto *listing = configs->history(key);
            answer->onCancel = [listing = QPointer<core::Operation>(listing)] {
                if (listing)
                    listing->cancel();
            };
            listing->each(answer, [&side, address](const QList<ConfigRevision> &batch) {
                const auto it =
                    std::find_if(batch.begin(), batch.end(), [&](const ConfigRevision &one) { return one.id == address.revision(); });
                if (it == batch.end() || side.address != address || !side.revision)
                    return;
                side.revision->at = it->at;
                side.revision->by = it->by;
            });
            listing->then(answer, [answer, content = state->content](const core::Result<core::Done> &) { answer->settle(content); });
        });
}

/// The text being typed into the override where there is one, otherwise the override.
void ComparePage::readOverride(core::Reply<Content> *answer, const core::Address &address)
{
    auto &services = workbench().services();
    services.drafts.load(address)->then(answer, [answer, &services, address](const core::Result<std::optional<core::store::Draft>> &draft) {
        if (draft && *draft)
            return answer->settle(Content((*draft)->content));
        core::follow(answer, services.overrides.find(address.withRevision({})),
                     [](const core::Result<std::optional<core::store::Override>> &found) -> core::Result<Content> {
                         if (!found)
                             return core::fail(found.error());
                         return *found ? Content((*found)->content) : Content();
                     });
    });
}

void ComparePage::read(Side &side)
{
    side.known = false;
    side.content.reset();
    side.revision.reset();
    side.error.reset();
    side.reading.reset();
    if (side.address.isEmpty())
        return;
    side.reading = contentOf(side);
    side.reading->then(this, [this, &side](const core::Result<Content> &content) {
        if (content)
            side.content = *content;
        else
            side.error = content.error();
        side.known = true;
        compare();
    });
}

QString ComparePage::labelOf(const Side &side) const
{
    if (side.address.isEmpty())
        return {};
    QString label = side.address.path().last() + u" · "_s + workbench().pathText({side.address.profile(), side.address.space()});
    if (side.address.revision() == "draft"_L1)
        label += u" · "_s + tr("draft");
    else if (side.address.revision() == "override"_L1)
        label += u" · "_s + tr("local override");
    else if (!side.address.revision().isEmpty())
        label.prepend((side.revision ? versionText(*side.revision) : tr("earlier version")) + u" · "_s); // what is cut off is in the fields
    if (side.known && !side.content)
        label += u" · "_s + tr("does not exist");
    return label;
}

void ComparePage::compare()
{
    for (const Side &side : m_sides) {
        if (side.address.isEmpty()) {
            m_states->showEmpty(
                {Icon::Compare, tr("Choose two configs to compare."), {}, {}, tr("They may be in different connections or namespaces.")});
            return;
        }
        if (side.error) {
            const QString what = tr("Cannot read %1").arg(side.address.path().last());
            return workbench::showUnreadable(*m_states, workbench(), {side.where.profile, *side.error, what}, [this] { refresh(); });
        }
    }
    if (!m_sides[0].known || !m_sides[1].known) {
        m_states->showLoading(tr("both sides"));
        return;
    }
    DiffInput input;
    input.leftLabel = labelOf(m_sides[0]);
    input.rightLabel = labelOf(m_sides[1]);
    input.left = m_sides[0].content.value_or(QByteArray());
    input.right = m_sides[1].content.value_or(QByteArray());
    input.format = core::text::detect(input.right.isEmpty() ? input.left : input.right, m_sides[1].address.path().last());
    m_diff->compare(input);
    m_states->showContent();
    Q_EMIT faceChanged();
    Q_EMIT statusChanged();
}

} // namespace ui::config
