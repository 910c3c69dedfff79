// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/statusline.h"

#include "core/credentials/secretvault.h"
#include "core/profiles/profilestore.h"
#include "core/profiles/settings.h"
#include "core/store/home.h"
#include "ui/common/errortext.h"
#include "ui/common/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui::shell {

using core::credentials::SecretStore;

/// A word of the status line that does something when clicked: muted text, underlined under the mouse.
class StatusButton final : public QAbstractButton {
public:
    explicit StatusButton(QWidget *parent)
        : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
        setFont(Theme::smallFont());
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    }
    void setTone(Token tone)
    {
        m_tone = tone;
        update();
    }
    QSize sizeHint() const override { return {fontMetrics().horizontalAdvance(text()) + 2 * metrics::Inside, fontMetrics().height() + 4}; }
    QSize minimumSizeHint() const override { return {24, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        QFont face = font();
        face.setUnderline(underMouse());
        painter.setFont(face);
        painter.setPen(Theme::color(m_tone));
        const QRect inside = rect().adjusted(metrics::Inside, 0, -metrics::Inside, 0);
        painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         fontMetrics().elidedText(text(), Qt::ElideRight, inside.width() + 2));
        if (hasFocus()) {
            painter.setPen(QPen(Theme::color(Token::Accent), 1));
            painter.drawRect(rect().adjusted(0, 1, -1, -2));
        }
    }

private:
    Token m_tone = Token::Muted;
};

StatusLine::StatusLine(workbench::Services &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_dot(new StateDot(StateColor::Neutral, this))
    , m_state(new StatusButton(this))
    , m_lock(new StatusButton(this))
    , m_page(new ElidedLabel(this))
    , m_secrets(new StatusButton(this))
    , m_problemsLink(new StatusButton(this))
    , m_log(new StatusButton(this))
{
    setFixedHeight(26);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::Between + metrics::Inside, 1, metrics::Between + metrics::Inside, 0);
    layout->setSpacing(0);
    m_state->setObjectName(u"statusConnection"_s);
    m_lock->setObjectName(u"statusLock"_s);
    m_secrets->setObjectName(u"statusSecrets"_s);
    m_problemsLink->setObjectName(u"statusProblems"_s);
    m_log->setObjectName(u"statusLog"_s);
    m_page->setObjectName(u"statusPage"_s);
    m_page->setFont(Theme::smallFont());
    Theme::setMuted(m_page);
    // As high as its neighbours, so that all texts stand on one line.
    m_page->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_log->setTone(Token::Accent);
    layout->addWidget(m_dot);
    layout->addSpacing(metrics::Inside);
    layout->addWidget(m_state);
    layout->addWidget(m_lock);
    layout->addWidget(m_page, 1);
    layout->addSpacing(metrics::Between);
    layout->addWidget(m_secrets);
    layout->addSpacing(metrics::Inside);
    layout->addWidget(m_problemsLink);
    layout->addSpacing(metrics::Inside);
    layout->addWidget(m_log);
    connect(m_state, &QAbstractButton::clicked, this, &StatusLine::connectionRequested);
    connect(m_lock, &QAbstractButton::clicked, this, &StatusLine::lockRequested);
    connect(m_secrets, &QAbstractButton::clicked, this, &StatusLine::secretsRequested);
    connect(m_problemsLink, &QAbstractButton::clicked, this, &StatusLine::problemsRequested);
    connect(m_log, &QAbstractButton::clicked, this, &StatusLine::logRequested);
    connect(&m_services.secrets, &SecretStore::stateChanged, this, &StatusLine::refreshProblems);
    connect(&m_services.home, &core::store::Home::stateChanged, this, &StatusLine::refreshProblems);
    connect(&m_services.home, &core::store::Home::healthChanged, this, &StatusLine::refreshProblems);
    connect(&m_services.profiles, &core::profiles::ProfileStore::changed, this, &StatusLine::refreshProblems);
    connect(&m_services.settings, &core::profiles::Settings::writeFailed, this, [this](const core::Error &error) {
        m_writeProblem = errorText(error, tr("Settings cannot be saved")).both();
        refreshProblems();
    });
    retranslate();
}

void StatusLine::retranslate()
{
    m_log->setText(tr("Log"));
    m_log->setToolTip(tr("Show or hide the log"));
    setConnection(m_name, m_face, m_lockFace);
}

void StatusLine::setConnection(const QString &name, const ConnectionFace &face, const LockFace &lock)
{
    m_name = name;
    m_face = face;
    m_lockFace = lock;
    refreshProblems();
    m_lock->setVisible(lock.state != LockFace::State::NotProtected);
    m_lock->setText(u"· "_s + lock.text);
    m_lock->setAccessibleName(lock.text);
    m_lock->setToolTip(lock.toolTip);
    m_lock->setTone(lock.state == LockFace::State::Unlocked ? Token::Warning : Token::Muted);
    m_lock->updateGeometry();
    m_dot->setVisible(!name.isEmpty());
    m_dot->setState(face.color);
    if (name.isEmpty()) {
        m_state->setText(tr("No connection"));
        m_state->setToolTip({});
        return;
    }
    QStringList parts{face.word};
    if (!face.server.isEmpty())
        parts.append(face.server);
    if (!face.push.isEmpty())
        parts.append(face.push);
    m_state->setText(parts.join(u" · "_s));
    m_state->setToolTip(face.error ? errorText(*face.error).both() : face.ways);
    m_state->updateGeometry();
}

void StatusLine::setPageText(const QString &text)
{
    m_page->setText(text.isEmpty() ? QString() : u"· "_s + text);
}

void StatusLine::refreshProblems()
{
    // Secrets
    const SecretStore &secrets = m_services.secrets;
    QString word;
    switch (secrets.kind()) {
    case SecretStore::Kind::Keychain:
        word = tr("keychain ok");
        break;
    case SecretStore::Kind::Memory:
        word = tr("secrets: this session only");
        break;
    case SecretStore::Kind::EncryptedFile:
        word = m_services.secrets.isLocked() ? tr("secret file locked") : tr("secret file open");
        break;
    }
    m_secrets->setText(word);
    m_secrets->setToolTip(secrets.stateText());

    m_problems.clear();
    if (!m_name.isEmpty())
        m_problems += m_face.problems;
    switch (m_services.home.state()) {
    case core::store::Home::State::Ready:
        break;
    case core::store::Home::State::ReadOnly:
        m_problems.append(tr("The data folder cannot be written: nothing is remembered and nothing can be published."));
        break;
    case core::store::Home::State::NoSpace:
        m_problems.append(tr("The disk is full: nothing is remembered and nothing can be published."));
        break;
    case core::store::Home::State::Unusable:
        m_problems.append(tr("The data folder cannot be used."));
        break;
    }
    const QList<core::store::Health> health = m_services.home.health();
    for (const core::store::Health &one : health) {
        using Kind = core::store::Health::Kind;
        if (one.kind == Kind::Quarantined)
            m_problems.append(tr("%1 was damaged and has been put aside as %2.").arg(one.file, one.movedTo));
        else if (one.kind == Kind::Damaged)
            m_problems.append(tr("%1 is damaged; it is put right at the next start.").arg(one.file));
        else if (one.kind == Kind::Waiting)
            m_problems.append(tr("Another program is bringing the local data up to date; what is kept here comes when it is done."));
        else if (one.kind == Kind::Newer)
            m_problems.append(tr("%1 was written by a newer version of this program.").arg(one.file));
    }
    if (const auto aside = m_services.profiles.setAside())
        m_problems.append(tr("%1 was damaged and has been put aside as %2.").arg(u"profiles.json"_s, aside->movedTo));
    for (const auto &one : m_services.profiles.notUnderstood())
        m_problems.append(tr("This version does not understand the connection “%1”; it is kept as it is.").arg(one.name));
    if (const auto error = m_services.profiles.loadError())
        m_problems.append(errorText(*error, tr("The connections cannot be read")).both());
    if (!m_writeProblem.isEmpty())
        m_problems.append(m_writeProblem);
    // Those of a text are counted beside it; these are of connections and of what is kept here. Where all is well there is nothing to say.
    m_problemsLink->setVisible(!m_problems.isEmpty());
    m_problemsLink->setText(tr("%n warnings", nullptr, int(m_problems.size())));
    m_problemsLink->setToolTip(m_problems.join(u'\n'));
    m_problemsLink->setTone(Token::Warning);
    m_problemsLink->updateGeometry();
    m_secrets->setTone(secrets.kind() == SecretStore::Kind::Memory && !secrets.rawError().isEmpty() ? Token::Warning : Token::Muted);
}

void StatusLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void StatusLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Token::Window));
    painter.fillRect(QRect(0, 0, width(), 1), Theme::color(Token::Border));
}

} // namespace ui::shell
