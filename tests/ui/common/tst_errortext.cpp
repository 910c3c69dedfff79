// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redactor.h"
#include "tests/ui/common/uitest.h"
#include "ui/common/errortext.h"

#include <QMetaEnum>

using namespace Qt::StringLiterals;
using namespace ui;
using core::Error;

class TstErrorText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { tests::strict(); }

    void everyKindSaysWhatHappenedAndWhatToDo()
    {
        const QMetaEnum kinds = QMetaEnum::fromType<Error::Kind>();
        QStringList sentences;
        for (int i = 0; i < kinds.keyCount(); ++i) {
            const auto kind = Error::Kind(kinds.value(i));
            const ErrorText text = errorText({kind, u"technical"_s, 42, false});
            QVERIFY2(text.sentence.endsWith(u'.'), kinds.key(i));
            QVERIFY2(kind == Error::Kind::Cancelled || text.remedy.endsWith(u'.'), kinds.key(i));
            QVERIFY2(!sentences.contains(text.sentence), kinds.key(i));
            QVERIFY(text.details.contains(u"technical"_s) && text.details.contains(u"42"_s));
            QVERIFY(!text.sentence.contains(u"technical"_s));
            sentences.append(text.sentence);
        }
    }

    void whatFailedComesFirst()
    {
        const ErrorText text = errorText({Error::Kind::Network, {}, 0, true}, u"Cannot load the configurations"_s);
        QCOMPARE(text.sentence, u"Cannot load the configurations: the server cannot be reached."_s);
        QVERIFY(text.both().endsWith(text.remedy));
        QCOMPARE(text.details, u"Network"_s);
    }

    void noSecretReachesTheScreen()
    {
        core::Redactor::learn(u"s3cretvalue"_s);
        const ErrorText text = errorText({Error::Kind::Rejected, u"bad token s3cretvalue"_s, 0, false});
        QVERIFY(!text.details.contains(u"s3cretvalue"_s));
        core::Redactor::forget(u"s3cretvalue"_s);
    }
};

SIGNALBOX_TEST(TstErrorText)
#include "tst_errortext.moc"
