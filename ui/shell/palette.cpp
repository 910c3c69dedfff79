// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette.h"

#include "core/profiles/settings.h"
#include "ui/common/actionregistry.h"
#include "ui/common/theme.h"
#include "ui/shell/palettelist.h"

#include <algorithm>
#include <QApplication>
#include <QEvent>
#include <QJsonArray>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::shell {

using workbench::LookupHit;
using workbench::Workbench;

std::optional<std::pair<int, QList<int>>> fuzzyMatch(const QString &text, const QString &pattern)
{
    if (pattern.isEmpty())
        return std::pair(1, QList<int>());
    if (text.isEmpty())
        return {};
    // A run of letters beats letters here and there, so whole words are looked for first.
    if (const qsizetype at = text.indexOf(pattern, 0, Qt::CaseInsensitive); at >= 0) {
        QList<int> marks;
        for (qsizetype i = 0; i < pattern.size(); ++i)
            marks.append(int(at + i));
        int score = 700;
        if (at == 0)
            score = text.size() == pattern.size() ? 1000 : 900;
        else if (!text.at(at - 1).isLetterOrNumber())
            score = 800;
        return std::pair(score - int(std::min<qsizetype>(text.size(), 99)), marks);
    }
    QList<int> marks;
    int score = 300;
    qsizetype from = 0;
    for (const QChar letter : pattern) {
        if (letter.isSpace())
            continue;
        const qsizetype at = text.indexOf(letter, from, Qt::CaseInsensitive);
        if (at < 0)
            return {};
        if (at == 0 || !text.at(at - 1).isLetterOrNumber())
            score += 40;
        else if (!marks.isEmpty() && marks.last() == at - 1)
            score += 15;
        else
            score -= int(std::min<qsizetype>(at - from, 20));
        marks.append(int(at));
        from = at + 1;
    }
    if (score < 250)
        return {};
    return std::pair(std::clamp(score - int(std::min<qsizetype>(text.size(), 99)), 1, 699), marks);
}

namespace {

constexpr int Limit = 60;
constexpr int ShadowWidth = 8;
constexpr int Inset = ShadowWidth + metrics::Between;

} // namespace

Palette::Palette(Workbench &workbench, QWidget *parent)
    : QFrame(parent)
    , m_workbench(workbench)
    , m_edit(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_nothing(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_model(new PaletteModel(this))
{
    setObjectName(u"palette"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Inset, Inset, Inset, Inset);
    layout->setSpacing(metrics::Between);
    m_edit->setObjectName(u"paletteEdit"_s);
    m_edit->addAction(Theme::icon(Icon::Search), QLineEdit::LeadingPosition);
    m_edit->setClearButtonEnabled(true);
    m_edit->installEventFilter(this);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(*m_model, this));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_nothing->setObjectName(u"paletteNothing"_s);
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(metrics::Between, metrics::Inside, metrics::Between, metrics::Between);
    m_nothing->hide();
    Theme::setMuted(m_hint);
    m_hint->setFont(Theme::smallFont());
    m_hint->setContentsMargins(metrics::Between, 0, metrics::Between, metrics::Inside);
    layout->addWidget(m_edit);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing);
    layout->addWidget(m_hint);
    hide();
    retranslate();
    connect(m_edit, &QLineEdit::textChanged, this, &Palette::search);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        m_list->setCurrentIndex(index);
        runCurrent(Workbench::Where::HereOrExisting);
    });
}

Palette::~Palette() = default;

void Palette::retranslate()
{
    m_edit->setAccessibleName(tr("Search everything"));
    m_list->setAccessibleName(tr("Results"));
    m_edit->setPlaceholderText(m_mode == Mode::QuickOpen ? tr("Open in this connection …") : tr("Search everything …"));
    QStringList parts{tr("> commands"), tr(": pages")};
    for (const auto &lookup : m_workbench.lookups().all())
        parts.append(u"%1 %2"_s.arg(QString(lookup->prefix()), lookup->name()));
    parts.append(tr("Ctrl+Return opens in a new tab"));
    m_hint->setText(parts.join(u"   ·   "_s));
}

void Palette::popup(Mode mode, const QRect &anchor, const QString &text)
{
    // From one way of asking to another what was typed goes along.
    const QString words = isHidden() ? QString() : m_pattern;
    if (isHidden())
        m_before = QApplication::focusWidget();
    m_mode = mode;
    retranslate();
    const int width = std::min(std::max(anchor.width() + 2 * Inset, 640 + 2 * ShadowWidth), parentWidget()->width() - 2 * metrics::Around);
    const int left = std::clamp(anchor.center().x() - width / 2, metrics::Around, parentWidget()->width() - width - metrics::Around);
    m_maxHeight = std::min(520, parentWidget()->height() - anchor.top() - 2 * metrics::Around);
    setGeometry(left, anchor.top() - Inset, width, m_maxHeight);
    m_edit->setText(text + words);
    search();
    show();
    raise();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->setCursorPosition(int(m_edit->text().size()));
}

int Palette::resultCount() const
{
    return m_model->rowCount();
}

const PaletteItem *Palette::itemAt(int row) const
{
    return m_model->at(row);
}

void Palette::search()
{
    for (const auto &lookup : m_lookups)
        lookup->reset();
    m_local.clear();
    m_found.clear();
    QString text = m_edit->text().trimmed();
    QChar prefix;
    if (!text.isEmpty()) {
        const QChar first = text.front();
        bool known = first == u'>' || first == u':';
        for (const auto &lookup : m_workbench.lookups().all())
            known = known || first == lookup->prefix();
        if (known) {
            prefix = first;
            text = text.mid(1).trimmed();
        }
    }
    m_prefix = prefix;
    m_pattern = text;
    // Of this connection, and its objects unless another kind is asked for.
    if (m_mode == Mode::QuickOpen && prefix != u'>' && prefix != u':') {
        lookUp(prefix, text);
        present();
        return;
    }
    if (text.startsWith("signalbox://"_L1)) {
        if (const auto address = core::Address::parse(text)) {
            PaletteItem item{.icon = Icon::Link, .title = text, .detail = tr("Open this address"), .score = 1000};
            item.run = [this, target = *address] { m_workbench.openAddress(target); };
            m_local.append(item);
        }
    }
    if (prefix.isNull() || prefix == u'>')
        addCommands(m_local, text);
    if (prefix.isNull() || prefix == u':')
        addPages(m_local, text);
    if (prefix.isNull())
        addTabs(m_local, text);
    if (prefix != u'>' && prefix != u':' && !text.isEmpty())
        lookUp(prefix, text);
    present();
}

namespace {

/// In whatever language the words are, the English name finds it too: not everybody switches the keyboard for a word.
std::optional<std::pair<int, QList<int>>> matchOfId(const QString &id, const QString &pattern)
{
    if (pattern.size() < 3 || !id.contains(pattern, Qt::CaseInsensitive))
        return {};
    return std::pair(0, QList<int>());
}

/// Whether a command asks something first is no difference to who looks for it.
QString wordsOf(const PaletteItem &item)
{
    QString words = item.title;
    while (words.endsWith(u'…') || words.endsWith(u'.'))
        words.chop(1);
    return words;
}

} // namespace

void Palette::addCommands(QList<PaletteItem> &items, const QString &pattern) const
{
    const ActionRegistry &actions = m_workbench.actions();
    const QJsonArray history = m_workbench.services().settings.array(core::profiles::Setting::PaletteHistory);
    const QStringList ids = actions.ids();
    for (const QString &id : ids) {
        const Command *command = actions.command(id);
        if (command->palette == Command::Palette::Hidden)
            continue;
        const QString title = withoutMnemonic(command->text);
        const auto match = fuzzyMatch(title, pattern);
        // The area is found as well: "config publish".
        auto whole = match;
        if (!whole && pattern.contains(u' '))
            whole = fuzzyMatch(command->context + u' ' + title, pattern);
        if (!whole)
            whole = matchOfId(id, pattern);
        if (!whole)
            continue;
        PaletteItem item;
        item.icon = command->icon;
        item.title = title;
        item.detail = command->context;
        item.score = whole->first;
        if (match)
            item.marks = match->second;
        for (qsizetype i = 0; i < history.size(); ++i)
            if (history.at(i).toString() == id)
                item.score += int(60 - std::min<qsizetype>(i, 20) * 3);
        const QList<QKeySequence> keys = actions.keys(id);
        if (!keys.isEmpty())
            item.keys = keys.first().toString(QKeySequence::NativeText);
        item.reason = actions.reasonDisabled(id);
        if (!item.reason.isEmpty())
            item.score -= 200;
        item.run = [this, id] {
            QJsonArray used = m_workbench.services().settings.array(core::profiles::Setting::PaletteHistory);
            for (qsizetype i = used.size() - 1; i >= 0; --i)
                if (used.at(i).toString() == id)
                    used.removeAt(i);
            used.prepend(id);
            while (used.size() > 20)
                used.removeLast();
            m_workbench.services().settings.set(core::profiles::Setting::PaletteHistory, used);
            if (QAction *action = m_workbench.actions().action(id))
                action->trigger();
        };
        // Two places may have a command of the same words; the one that can be run here is meant.
        const auto same = std::find_if(items.begin(), items.end(), [&item](const PaletteItem &other) {
            return wordsOf(other) == wordsOf(item) && other.keys == item.keys;
        });
        if (same == items.end())
            items.append(item);
        else if (!same->reason.isEmpty() && item.reason.isEmpty())
            *same = item;
    }
}

void Palette::addPages(QList<PaletteItem> &items, const QString &pattern) const
{
    for (const workbench::PageKind &kind : m_workbench.pages().all()) {
        if (kind.place == workbench::PageKind::Place::Hidden || !kind.title)
            continue;
        const QString title = kind.title();
        auto match = fuzzyMatch(title, pattern);
        if (!match)
            match = matchOfId(kind.id, pattern);
        if (!match)
            continue;
        PaletteItem item{.icon = kind.icon, .title = title, .detail = tr("Page"), .score = match->first + 10, .marks = match->second};
        item.keys = QKeySequence(kind.shortcut, QKeySequence::PortableText).toString(QKeySequence::NativeText);
        item.run = [this, id = kind.id] { m_workbench.openPage({.kind = id, .subject = m_workbench.current()}); };
        items.append(item);
    }
}

void Palette::addTabs(QList<PaletteItem> &items, const QString &pattern) const
{
    if (pattern.isEmpty())
        return;
    const QList<workbench::Page *> open = m_workbench.openPages();
    for (workbench::Page *page : open) {
        const auto match = fuzzyMatch(page->title(), pattern);
        if (!match || page->address().isEmpty())
            continue;
        PaletteItem item{.icon = page->icon(), .title = page->title(), .score = match->first + 40, .marks = match->second};
        item.detail = tr("Open tab · %1").arg(m_workbench.pathText(page->subject()));
        item.address = page->address();
        item.run = [this, address = page->address()] { m_workbench.openAddress(address); };
        items.append(item);
    }
}

void Palette::lookUp(QChar prefix, const QString &pattern)
{
    const auto &all = m_workbench.lookups().all();
    while (m_lookups.size() < all.size())
        m_lookups.push_back(std::make_unique<core::Latest<core::Reply<QList<LookupHit>>>>());
    for (size_t i = 0; i < all.size(); ++i) {
        if (!prefix.isNull() && all[i]->prefix() != prefix)
            continue;
        workbench::LookupQuery query;
        query.text = pattern;
        query.subject = m_workbench.current();
        query.scope = m_mode == Mode::QuickOpen ? workbench::LookupQuery::Scope::Connection : workbench::LookupQuery::Scope::Everywhere;
        *m_lookups[i] = all[i]->find(query);
        (*m_lookups[i])->then(this, [this, pattern](const core::Result<QList<LookupHit>> &hits) {
            for (const LookupHit &hit : hits ? *hits : QList<LookupHit>()) {
                PaletteItem item{.icon = hit.icon, .title = hit.title, .detail = hit.detail, .score = hit.score};
                if (const auto match = fuzzyMatch(hit.title, pattern))
                    item.marks = match->second;
                item.address = hit.address;
                item.run = [this, address = hit.address] { m_workbench.openAddress(address); };
                m_found.append(item);
            }
            present();
        });
    }
}

void Palette::present()
{
    QList<PaletteItem> items = m_found;
    for (const PaletteItem &item : std::as_const(m_local)) {
        const bool twice = !item.address.isEmpty() &&
            std::any_of(m_found.cbegin(), m_found.cend(), [&item](const PaletteItem &found) { return found.address == item.address; });
        if (!twice)
            items.append(item);
    }
    std::stable_sort(items.begin(), items.end(), [](const PaletteItem &a, const PaletteItem &b) { return a.score > b.score; });
    if (items.size() > Limit)
        items.resize(Limit);
    m_model->set(items);
    if (!items.isEmpty())
        m_list->setCurrentIndex(m_model->index(0));
    fit();
}

void Palette::fit()
{
    const int rows = m_model->rowCount();
    const int fixed = m_edit->sizeHint().height() + m_hint->sizeHint().height() + 2 * (Inset + metrics::Between);
    m_list->setVisible(rows > 0);
    // Not while somebody is still looking.
    const bool looking = std::any_of(m_lookups.cbegin(), m_lookups.cend(), [](const auto &lookup) { return lookup->isActive(); });
    const bool nothing = rows == 0 && !m_pattern.isEmpty() && !looking;
    m_nothing->setVisible(nothing);
    m_nothing->setText(nothing ? tr("Nothing fits “%1”.").arg(m_pattern) + u'\n' + whatElse() : QString());
    const int below = nothing ? m_nothing->heightForWidth(width() - 2 * Inset) : rows > 0 ? 2 : -metrics::Between;
    resize(width(), std::min(m_maxHeight, fixed + rows * PaletteDelegate::RowHeight + below));
}

/// Where nothing was found: what to try.
QString Palette::whatElse() const
{
    const auto keysOf = [this](const QString &id) {
        const QList<QKeySequence> keys = m_workbench.actions().keys(id);
        return keys.isEmpty() ? QString() : keys.first().toString(QKeySequence::NativeText);
    };
    if (!m_prefix.isNull())
        return tr("Without %1 in front everything is looked through.").arg(m_prefix);
    if (const QString keys = keysOf(u"go.palette"_s); m_mode == Mode::QuickOpen && !keys.isEmpty())
        return tr("%1 looks everywhere: in all connections, pages and commands.").arg(keys);
    if (const QString keys = keysOf(u"go.search"_s); !keys.isEmpty())
        return tr("Names are looked through here; %1 searches the contents.").arg(keys);
    return tr("A part of a name is enough.");
}

void Palette::runCurrent(Workbench::Where where)
{
    const PaletteItem *item = m_model->at(m_list->currentIndex().row());
    if (!item || !item->reason.isEmpty())
        return;
    const PaletteItem chosen = *item;
    closePalette();
    if (where != Workbench::Where::HereOrExisting && !chosen.address.isEmpty())
        m_workbench.openAddress(chosen.address, where);
    else if (chosen.run)
        chosen.run();
}

void Palette::closePalette()
{
    if (isHidden())
        return;
    const bool inside = isAncestorOf(QApplication::focusWidget());
    hide();
    for (const auto &lookup : m_lookups)
        lookup->reset();
    if (inside && m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    Q_EMIT closed();
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int rows = m_model->rowCount();
        const int row = m_list->currentIndex().row();
        const auto go = [this, rows](int to) {
            if (rows > 0)
                m_list->setCurrentIndex(m_model->index(std::clamp(to, 0, rows - 1)));
        };
        switch (key->key()) {
        case Qt::Key_Escape:
            closePalette();
            return true;
        case Qt::Key_Down:
            go(row + 1 < rows ? row + 1 : 0);
            return true;
        case Qt::Key_Up:
            go(row > 0 ? row - 1 : rows - 1);
            return true;
        case Qt::Key_PageDown:
            go(row + 10);
            return true;
        case Qt::Key_PageUp:
            go(row - 10);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            runCurrent(key->modifiers() & Qt::ControlModifier ? Workbench::Where::NewTab : Workbench::Where::HereOrExisting);
            return true;
        default:
            break;
        }
    }
    if (event->type() == QEvent::FocusOut) {
        const auto *focus = static_cast<QFocusEvent *>(event);
        if (focus->reason() != Qt::PopupFocusReason && focus->reason() != Qt::ActiveWindowFocusReason)
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (!isAncestorOf(QApplication::focusWidget()))
                        closePalette();
                },
                Qt::QueuedConnection);
    }
    return QFrame::eventFilter(watched, event);
}

void Palette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    // A soft shadow in the margin tells it from the page below.
    painter.setPen(Qt::NoPen);
    for (int ring = 0; ring < ShadowWidth; ++ring) {
        QColor shade = Theme::color(Token::Text, Shade::Light);
        shade.setAlpha(Theme::isDark() ? 14 : 5);
        painter.setBrush(shade);
        painter.drawRoundedRect(rect().adjusted(ring, ring + 1, -ring, -ring + 1), metrics::Radius + ShadowWidth - ring,
                                metrics::Radius + ShadowWidth - ring);
    }
    painter.setPen(Theme::color(Token::Border));
    painter.setBrush(Theme::color(Token::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(ShadowWidth - 0.5, ShadowWidth - 0.5, -ShadowWidth + 0.5, -ShadowWidth + 0.5),
                            metrics::Radius, metrics::Radius);
}

void Palette::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace ui::shell
