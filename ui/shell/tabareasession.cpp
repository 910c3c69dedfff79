// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tabarea.h"

#include "ui/common/actionregistry.h"
#include "ui/common/statepage.h"
#include "ui/shell/bookmarks.h"

#include <algorithm>
#include <QJsonObject>
#include <QPointer>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui::shell {

using workbench::Page;
using workbench::PageKind;
using workbench::PageRequest;

core::Address TabArea::linkAt(int index) const
{
    const core::Address object = addressAt(index);
    if (!object.isEmpty() || index < 0 || index >= count())
        return object;
    const workbench::PageKind *kind = m_with.workbench.pages().find(kindAt(index));
    return pageAddress(kindAt(index), kind && kind->needsConnection ? subjectAt(index) : workbench::Subject{});
}

void TabArea::closeOthers(int index)
{
    for (int other = count() - 1; other >= 0; --other)
        if (other != index)
            close(other);
}

void TabArea::askAll(std::function<void(Page::Close)> answer)
{
    // Never answered inside the call: a window that is told to close, and would close itself in there, stays open.
    QMetaObject::invokeMethod(
        this, [this, answer = std::move(answer)]() mutable { askFrom(0, std::move(answer)); }, Qt::QueuedConnection);
}

void TabArea::keepAll(std::function<void()> kept)
{
    // One more than the pages: none of them is the last while they are being told.
    const auto left = std::make_shared<int>(1);
    const auto one = [this, left, kept = std::move(kept)] {
        if (--*left == 0)
            QMetaObject::invokeMethod(this, kept, Qt::QueuedConnection);
    };
    // Told at once, so that what they keep is on its way to the disk when this returns.
    const QList<Page *> all = pages();
    for (Page *page : all) {
        ++*left;
        // A page that goes before it has answered (its connection is closed meanwhile) has nothing more to keep.
        const auto waiting = std::make_shared<QMetaObject::Connection>();
        const auto once = [waiting, one] {
            if (QObject::disconnect(*waiting))
                one();
        };
        *waiting = connect(page, &QObject::destroyed, this, one);
        page->keep(once);
    }
    one();
}

void TabArea::askFrom(int index, std::function<void(Page::Close)> answer)
{
    while (index < count() && !pageAt(index))
        ++index;
    Page *page = pageAt(index);
    if (!page) {
        answer(Page::Close::Now);
        return;
    }
    const QPointer<TabArea> self = this;
    page->requestClose([self, index, answer = std::move(answer)](Page::Close one) mutable {
        if (!self)
            return;
        if (one == Page::Close::NotNow) {
            self->setCurrentIndex(index);
            answer(one);
            return;
        }
        self->askFrom(index + 1, std::move(answer));
    });
}

QJsonArray TabArea::save() const
{
    QJsonArray tabs;
    for (int index = 0; index < count(); ++index) {
        const PageRequest request = requestAt(index);
        QJsonObject one{{u"kind"_s, request.kind}};
        if (!request.subject.profile.isEmpty())
            one.insert(u"profile"_s, request.subject.profile);
        if (!request.subject.namespaceId.isEmpty())
            one.insert(u"namespace"_s, request.subject.namespaceId);
        if (!request.address.isEmpty())
            one.insert(u"address"_s, request.address.toString());
        if (!request.state.isEmpty())
            one.insert(u"state"_s, request.state);
        if (!request.parameters.isEmpty())
            one.insert(u"parameters"_s, request.parameters);
        tabs.append(one);
    }
    return tabs;
}

void TabArea::restore(const QJsonArray &tabs, int current)
{
    for (const QJsonValue &value : tabs) {
        const QJsonObject one = value.toObject();
        PageRequest request;
        request.kind = one.value("kind"_L1).toString();
        request.subject = {one.value("profile"_L1).toString(), one.value("namespace"_L1).toString()};
        if (const QString text = one.value("address"_L1).toString(); !text.isEmpty()) {
            const auto address = core::Address::parse(text);
            if (!address)
                continue;
            request.address = *address;
        }
        request.state = one.value("state"_L1).toObject();
        request.parameters = one.value("parameters"_L1).toObject();
        const QSignalBlocker quiet(m_bar);
        if (count() > 0)
            m_bar->setCurrentIndex(count() - 1);
        openNew(request, Activate::No);
    }
    if (count() == 0)
        return;
    const QSignalBlocker quiet(m_bar);
    m_bar->setCurrentIndex(std::clamp(current, 0, count() - 1));
}

void TabArea::reopenClosed()
{
    if (!m_closed.isEmpty())
        open(m_closed.takeFirst());
}

/// The page that is opened takes the focus, unless it has given it to something of its own.
void TabArea::focusPage()
{
    const QWidget *focus = window()->focusWidget();
    if (QWidget *frame = m_stack->currentWidget(); frame && (!focus || !frame->isAncestorOf(focus)))
        frame->setFocus(Qt::OtherFocusReason);
}

/// The last tab is closed: what to begin with again.
void TabArea::showNothing()
{
    if (!m_nothing) {
        m_nothing = new StatePage(m_stack);
        m_nothing->setObjectName(u"noTabs"_s);
        m_stack->addWidget(m_nothing);
    }
    const auto &kinds = m_with.workbench.pages().all();
    const auto first = std::find_if(kinds.begin(), kinds.end(), [this](const PageKind &kind) {
        return kind.place == PageKind::Place::Registry && (!kind.needsConnection || !m_with.workbench.current().profile.isEmpty());
    });
    const QList<QKeySequence> keys = m_with.workbench.actions().keys(u"file.reopenTab"_s);
    EmptyText text{Icon::Tab, tr("No page is open."), {}, {}, {}};
    if (first != kinds.end()) {
        text.action = tr("Open %1").arg(first->title());
        text.run = [this, id = first->id] { m_with.workbench.openPage({.kind = id, .subject = m_with.workbench.current()}); };
    }
    if (!keys.isEmpty())
        text.hint = tr("%1 opens the one that was closed last again.").arg(keys.first().toString(QKeySequence::NativeText));
    m_nothing->showEmpty(text);
    m_stack->setCurrentWidget(m_nothing);
    m_nothing->setFocus(Qt::OtherFocusReason);
    Q_EMIT currentChanged(-1);
}

void TabArea::start()
{
    if (count() > 0)
        activate(currentIndex());
}

/// The crosses of the tabs are made later than the buttons that scroll them, and would shine through.
void TabArea::raiseScrollButtons()
{
    for (const char *name : {"ScrollLeftButton", "ScrollRightButton"}) {
        if (auto *button = m_bar->findChild<QToolButton *>(QLatin1String(name))) {
            button->setAutoFillBackground(true);
            button->raise();
        }
    }
}

} // namespace ui::shell
