// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/clipboard.h"

#include <QClipboard>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QMimeData>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace {

/// Remembers a copied secret by its hash, so that the secret itself does not stay in memory for its sake. Child of the clipboard.
class SecretKeeper final : public QObject {
public:
    explicit SecretKeeper(QClipboard *clipboard)
        : QObject(clipboard)
        , m_clipboard(clipboard)
    {
        setObjectName(u"signalbox.secretkeeper"_s);
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, &SecretKeeper::clear);
        connect(qGuiApp, &QCoreApplication::aboutToQuit, this, &SecretKeeper::clear);
    }
    static SecretKeeper *of(QClipboard *clipboard)
    {
        for (QObject *child : clipboard->children())
            if (child->objectName() == "signalbox.secretkeeper"_L1)
                return static_cast<SecretKeeper *>(child);
        return new SecretKeeper(clipboard);
    }
    void keep(const QString &secret, std::chrono::milliseconds time)
    {
        m_hash = hash(secret);
        m_timer.start(time);
    }
    void clear()
    {
        m_timer.stop();
        if (m_hash.isEmpty())
            return;
        if (hash(m_clipboard->text()) == m_hash)
            m_clipboard->clear();
        if (m_clipboard->supportsSelection() && hash(m_clipboard->text(QClipboard::Selection)) == m_hash)
            m_clipboard->clear(QClipboard::Selection);
        m_hash.clear();
    }

private:
    static QByteArray hash(const QString &text) { return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256); }
    QClipboard *m_clipboard;
    QTimer m_timer;
    QByteArray m_hash;
};

} // namespace

namespace ui::clipboard {

void copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

void copySecret(const QString &secret, std::chrono::milliseconds keep)
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    auto *data = new QMimeData;
    data->setText(secret);
    // Clipboard managers that know this hint do not put it into their history.
    data->setData(u"x-kde-passwordManagerHint"_s, "secret");
    clipboard->setMimeData(data);
    SecretKeeper::of(clipboard)->keep(secret, keep);
}

void forgetLater(const QString &text, std::chrono::milliseconds keep)
{
    SecretKeeper::of(QGuiApplication::clipboard())->keep(text, keep);
}

void clearSecret()
{
    SecretKeeper::of(QGuiApplication::clipboard())->clear();
}

} // namespace ui::clipboard
