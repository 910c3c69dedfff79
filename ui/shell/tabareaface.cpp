// SPDX-License-Identifier: GPL-3.0-or-later
// What a tab of TabArea looks like.
#include "ui/shell/tabarea.h"

#include "ui/shell/connections.h"
#include "ui/workbench/environment.h"

#include <QPainter>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace ui::shell {

using workbench::Page;
using workbench::Subject;

namespace {

constexpr int TitleWidth = 200;

/// The page's icon; of a protected connection with a small lock at its corner.
QIcon iconWithLock(Icon icon, LockFace::State lock)
{
    const QIcon plain = Theme::icon(icon);
    if (lock == LockFace::State::NotProtected)
        return plain;
    const QIcon mark =
        lock == LockFace::State::Locked ? Theme::icon(Icon::Lock, Token::Muted) : Theme::icon(Icon::Unlock, StateColor::Warning);
    QIcon both;
    for (const int scale : {1, 2, 3}) {
        QPixmap picture(metrics::ListIcon * scale, metrics::ListIcon * scale);
        picture.fill(Qt::transparent);
        picture.setDevicePixelRatio(scale);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        plain.paint(&painter, 0, 0, metrics::ListIcon, metrics::ListIcon);
        const QRect corner(7, 7, 10, 10);
        painter.setCompositionMode(QPainter::CompositionMode_Clear);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::color(Token::Text)); // any: it clears
        painter.drawRoundedRect(corner, 2, 2);
        painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
        mark.paint(&painter, corner);
        both.addPixmap(picture);
    }
    return both;
}

} // namespace

void TabArea::refreshTab(int index)
{
    if (index < 0 || index >= count())
        return;
    const Subject subject = subjectAt(index);
    const QString path = pathAt(index);
    const QString title = titleAt(index);
    // The style paints what follows the tab character muted, then a word in front of that; tabData are the colours of line and word.
    const QString dot = isModifiedAt(index) ? u" ●"_s : QString();
    const QFontMetrics letters(m_bar->font());
    QString text = letters.elidedText(title, Qt::ElideMiddle, TitleWidth) + dot;
    text.replace(u'&', u"&&"_s);
    QString tail = letters.elidedText(path, Qt::ElideMiddle, TitleWidth);
    tail.replace(u'&', u"&&"_s);
    const auto profile = m_with.connections.profile(subject.profile);
    const Environment environment = workbench::environmentOf(profile);
    const QString word = workbench::environmentWord(environment);
    if (!tail.isEmpty())
        text += u'\t' + tail;
    if (!tail.isEmpty() && !word.isEmpty())
        text += u'\t' + word;
    m_bar->setTabText(index, text);
    const LockFace lock = m_with.connections.lock(subject.profile);
    raiseScrollButtons();
    m_bar->setTabIcon(index, iconWithLock(iconAt(index), lock.state));
    const QColor own = subject.profile.isEmpty() ? QColor() : workbench::connectionColor(profile);
    const QColor hue = environment == Environment::None ? QColor() : Theme::color(environment);
    m_bar->setTabData(index, QVariantList{own, hue});
    const Page *page = pageAt(index);
    const QString name = page && !page->longTitle().isEmpty() ? page->longTitle() : title;
    QStringList lines{name};
    if (!path.isEmpty())
        lines.append(word.isEmpty() ? path : word + u" · "_s + path);
    if (isModifiedAt(index))
        lines.append(tr("Not published"));
    if (!lock.text.isEmpty())
        lines.append(lock.text);
    m_bar->setTabToolTip(index, lines.join(u'\n'));
    m_bar->setAccessibleTabName(index,
                                path.isEmpty()       ? title
                                    : word.isEmpty() ? tr("%1, %2").arg(title, path)
                                                     : tr("%1, %2, %3").arg(title, word, path));
}

} // namespace ui::shell
