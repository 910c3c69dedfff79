// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/missingsecret.h"
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

    void aMissingPasswordIsNoRefusedLogin()
    {
        // By its code, whatever the words are.
        const Error missing{Error::Kind::Auth, u"nothing to log in with"_s, int(core::MissingSecret::Password), false};
        QVERIFY(core::isMissingSecret(missing));
        QVERIFY(errorText(missing).sentence.contains(u"No password"_s));
        QVERIFY(!errorText(missing, u"Cannot open a"_s).both().contains(u"accept"_s));
        QVERIFY(core::isMissingSecret({Error::Kind::Auth, {}, int(core::MissingSecret::Key), false}));
        QCOMPARE(errorText({Error::Kind::Auth, {}, int(core::MissingSecret::Key), false}).details, u"Auth"_s);
        QVERIFY(!core::isMissingSecret({Error::Kind::Auth, u"no password is kept for this connection"_s, 0, false}));
        const Error refused{Error::Kind::Auth, u"user name or password refused"_s, 403, false};
        QVERIFY(!core::isMissingSecret(refused));
        QVERIFY(errorText(refused).sentence.contains(u"accept"_s));
    }

    void aDiskThatCannotBeWritten_isNoFaultOfOurs()
    {
        for (const QString &message : {u"/x/home/profiles.json: its lock file cannot be written"_s, u"/x/home: the folder cannot be made"_s,
                                       u"the home folder cannot be written (/x/home): Permission denied"_s}) {
            const QString said = errorText({Error::Kind::Internal, message, 0, false}, u"It was not saved"_s).both();
            QVERIFY2(said.contains(u"/x/home"_s) && said.contains(u"writable"_s) && !said.contains(u"report"_s), qPrintable(said));
        }
        QVERIFY(errorText({Error::Kind::Internal, u"local database: database or disk is full"_s, 13, false}).remedy.contains(u"room"_s));
        QVERIFY(errorText({Error::Kind::Internal, u"an index out of range"_s, 0, false}).remedy.contains(u"report"_s));
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
