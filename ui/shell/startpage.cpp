// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/startpage.h"

#include "core/profiles/fromenvironment.h"
#include "core/store/home.h"
#include "ui/common/actionregistry.h"
#include "ui/common/messagebar.h"
#include "ui/common/widgets.h"
#include "ui/shell/connections.h"
#include "ui/workbench/environment.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QProcessEnvironment>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui::shell {

namespace {

/// A big quiet button: icon, title, one line below.
class ChoiceButton final : public QAbstractButton {
public:
    enum class Rank { First, Other };
    ChoiceButton(Icon icon, const QString &title, const QString &line, Rank rank, QWidget *parent)
        : QAbstractButton(parent)
        , m_icon(icon)
        , m_line(line)
        , m_rank(rank)
    {
        setText(title);
        setAccessibleDescription(line);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override { return {480, 64}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool first = m_rank == Rank::First;
        const QColor accent = Theme::color(Token::Accent);
        QColor ground = first ? Theme::tint(accent, 10, Theme::color(Token::Base)) : Theme::color(Token::Base);
        if (underMouse() || isDown())
            ground = first ? Theme::tint(accent, 16, Theme::color(Token::Base)) : Theme::color(Token::Hover);
        const bool ring = hasFocus();
        painter.setPen(QPen(ring        ? accent
                                : first ? Theme::tint(accent, 40, Theme::color(Token::Base))
                                        : Theme::color(Token::Border),
                            ring ? 2.0 : 1.0));
        painter.setBrush(ground);
        const double inset = ring ? 1 : 0.5;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), metrics::Radius, metrics::Radius);
        const int size = 24;
        const QRect icon(metrics::Around, (height() - size) / 2, size, size);
        (first ? Theme::icon(m_icon, Token::Accent) : Theme::icon(m_icon)).paint(&painter, icon);
        const int left = icon.right() + metrics::Around;
        const int width = this->width() - left - metrics::Around;
        painter.setFont(Theme::strongFont());
        painter.setPen(Theme::color(first ? Token::Accent : Token::Text));
        const QFontMetrics strong(Theme::strongFont()), small(Theme::smallFont());
        const int block = strong.height() + 2 + small.height();
        const int top = (height() - block) / 2;
        painter.drawText(QRect(left, top, width, strong.height()), Qt::AlignVCenter, strong.elidedText(text(), Qt::ElideRight, width));
        painter.setFont(Theme::smallFont());
        painter.setPen(Theme::color(Token::Muted));
        painter.drawText(QRect(left, top + strong.height() + 2, width, small.height()), Qt::AlignVCenter,
                         small.elidedText(m_line, Qt::ElideRight, width));
    }

private:
    Icon m_icon;
    QString m_line;
    Rank m_rank;
};

} // namespace

StartPage::StartPage(workbench::Workbench &workbench, Connections &connections)
    : Page(workbench)
    , m_connections(connections)
    , m_bar(new MessageBar(this))
    , m_outer(new QVBoxLayout(this))
{
    setObjectName(u"startPage"_s);
    m_outer->setContentsMargins(0, 0, 0, 0);
    m_outer->setSpacing(0);
    m_outer->addWidget(m_bar);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    build();
    connect(&m_connections, &Connections::profilesChanged, this, &StartPage::build);
    connect(&m_connections, &Connections::changed, this, [this](const QString &slug) {
        if (slug != core::profiles::PracticeServers::slug())
            return;
        // The window says what is the matter with the home; here it is answered to who asks for the registry.
        if (this->workbench().services().home.state() != core::store::Home::State::Ready)
            return;
        if (const auto error = m_connections.problem(slug))
            m_bar->showError(*error, tr("The practice registry did not start"));
    });
}

void StartPage::build()
{
    delete m_center;
    m_center = new QWidget(this);
    auto *grid = new QHBoxLayout(m_center);
    grid->setContentsMargins(metrics::Around, metrics::Around, metrics::Around, metrics::Around);
    auto *column = new QVBoxLayout;
    column->setSpacing(metrics::Between);
    auto *logo = new QLabel(m_center);
    logo->setPixmap(Theme::icon(Icon::Application).pixmap(64, 64));
    logo->setAlignment(Qt::AlignHCenter);
    auto *headline = new QLabel(tr("Welcome to Signalbox"), m_center);
    Theme::setHeadline(headline);
    headline->setAlignment(Qt::AlignHCenter);
    auto *line = new QLabel(tr("A console for agent registries: browse, compare and change configurations without fear."), m_center);
    Theme::setMuted(line);
    line->setAlignment(Qt::AlignHCenter);
    line->setWordWrap(true);
    column->addStretch(2);
    column->addWidget(logo);
    column->addSpacing(metrics::Between);
    column->addWidget(headline);
    column->addWidget(line);
    column->addSpacing(metrics::Around);

    const QList<core::profiles::Profile> all = m_connections.profiles();
    QWidget *firstButton = nullptr;
    bool practice = false;
    const auto add = [&](Icon icon, const QString &title, const QString &below, ChoiceButton::Rank rank, const QString &name,
                         const std::function<void()> &run) {
        auto *button = new ChoiceButton(icon, title, below, rank, m_center);
        button->setObjectName(name);
        connect(button, &QAbstractButton::clicked, this, run);
        column->addWidget(button);
        if (!firstButton)
            firstButton = button;
    };
    qsizetype shown = 0;
    for (const core::profiles::Profile &profile : all) {
        practice = practice || profile.slug == core::profiles::PracticeServers::slug();
        if (++shown > 6)
            continue;
        const QString word = workbench::environmentWord(workbench::environmentOf(profile.environment));
        const QString server = profile.servers.value(0);
        add(Icon::Connection, m_connections.displayName(profile.slug), word.isEmpty() ? server : u"%1 · %2"_s.arg(word, server),
            ChoiceButton::Rank::Other, u"start-"_s + profile.slug, [this, slug = profile.slug] { open(slug); });
    }
    if (!all.isEmpty())
        column->addSpacing(metrics::Between);
    if (!practice)
        add(Icon::Run, tr("Start the practice registry"), tr("A registry on this machine with demo data, to try everything on"),
            all.isEmpty() ? ChoiceButton::Rank::First : ChoiceButton::Rank::Other, u"startPractice"_s, [this] { startPractice(); });
    add(Icon::Add, tr("Add a connection"), tr("Nacos 2.x and 3.x: address, login, environment"), ChoiceButton::Rank::Other, u"startAdd"_s,
        [this] {
            if (QAction *action = this->workbench().actions().action(u"connection.new"_s))
                action->trigger();
        });
    const auto environment = core::profiles::profileFromEnvironment(QProcessEnvironment::systemEnvironment(), core::profiles::Kind::Nacos);
    add(Icon::Import, tr("Import from the environment"),
        environment ? tr("Found %1").arg(environment->used.join(tr(", ")))
                    : tr("Takes NACOS_SERVER_ADDR and the other variables of the SDKs"),
        ChoiceButton::Rank::Other, u"startImport"_s, [this] {
            if (QAction *action = this->workbench().actions().action(u"connection.fromEnvironment"_s))
                action->trigger();
        });
    column->addStretch(3);
    grid->addStretch(1);
    grid->addLayout(column);
    grid->addStretch(1);
    m_outer->addWidget(m_center, 1);
    if (firstButton)
        setFocusProxy(firstButton);
}

void StartPage::activated()
{
    if (!isAncestorOf(window()->focusWidget()) && focusProxy())
        focusProxy()->setFocus(Qt::OtherFocusReason);
}

void StartPage::startPractice()
{
    m_bar->clear();
    m_connections.startPractice()->then(this, [this](const core::Result<QString> &slug) {
        if (!slug) {
            m_bar->showError(slug.error(), tr("The practice registry did not start"));
            return;
        }
        open(*slug);
    });
}

void StartPage::open(const QString &slug)
{
    const auto profile = m_connections.profile(slug);
    if (!profile)
        return;
    workbench().setCurrent({slug, core::nacos::ConfigKey::canonicalNamespace(profile->defaultNamespace)});
}

void StartPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        build();
        Q_EMIT faceChanged();
    }
    Page::changeEvent(event);
}

} // namespace ui::shell
