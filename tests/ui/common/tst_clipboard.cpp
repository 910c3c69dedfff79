// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/clipboard.h"

#include <QClipboard>
#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace ui;

class TstClipboard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        tests::strict();
        QGuiApplication::clipboard()->clear();
    }

    void plainCopyStays()
    {
        clipboard::copy(u"order.yaml"_s);
        clipboard::clearSecret();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"order.yaml"_s);
    }

    void secretGoesAfterItsTime()
    {
        clipboard::copySecret(u"s3cret"_s, 50ms);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"s3cret"_s);
        QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(u"x-kde-passwordManagerHint"_s), "secret");
        QTRY_VERIFY(QGuiApplication::clipboard()->text().isEmpty());
    }

    void whatSomebodyCopiedMeanwhileStays()
    {
        clipboard::copySecret(u"s3cret"_s, 30s);
        clipboard::copy(u"something else"_s);
        clipboard::clearSecret();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"something else"_s);
    }

    void secondSecretHasItsOwnTime()
    {
        clipboard::copySecret(u"first"_s, 20ms);
        clipboard::copySecret(u"second"_s, 30s);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), u"second"_s);
        clipboard::clearSecret();
        QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    }
};

SIGNALBOX_TEST(TstClipboard)
#include "tst_clipboard.moc"
