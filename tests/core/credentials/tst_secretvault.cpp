// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redactor.h"
#include "core/credentials/memorysecretstore.h"
#include "core/credentials/secretvault.h"
#include "tests/core/credentials/fakekeychain.h"
#include "tests/support/await.h"
#include "tests/support/temphome.h"
#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Done;
using core::Error;
using core::Redactor;
using core::Result;
using core::credentials::SecretStore;
using core::credentials::SecretVault;
using core::credentials::VaultOptions;
using tests::FakeKeychain;
using Code = core::credentials::KeychainAnswer::Code;

class TstSecretVault final : public QObject {
    Q_OBJECT

    std::shared_ptr<FakeKeychain> m_keychain;
    std::unique_ptr<tests::TempHome> m_home;

    VaultOptions options(VaultOptions::Use use = VaultOptions::Use::DesktopKeychain) const
    {
        VaultOptions options;
        options.use = use;
        options.keychain = m_keychain;
        options.file = m_home->filePath(u"secrets.enc"_s);
        options.keychainTimeout = std::chrono::milliseconds(150);
        return options;
    }
    static std::optional<QString> readOf(SecretStore &store, const QString &key)
    {
        const auto got = tests::await(store.read(key));
        return got && *got ? **got : std::optional<QString>(u"(failed) "_s + tests::errorOf(got));
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".?"_s));
        m_keychain = std::make_shared<FakeKeychain>();
        m_home = std::make_unique<tests::TempHome>();
    }
    void cleanup() { m_home.reset(); }

    void keychain_holdsSecrets_andAbsenceIsAValue()
    {
        SecretVault vault(options());
        QCOMPARE(readOf(vault, u"profile/x/password"_s), std::nullopt);
        QVERIFY(*tests::await(vault.write(u"profile/x/password"_s, u"s3cr3t-one"_s)));
        QCOMPARE(readOf(vault, u"profile/x/password"_s), u"s3cr3t-one"_s);
        QCOMPARE(vault.kind(), SecretStore::Kind::Keychain);
        QVERIFY(vault.isLasting());
        QCOMPARE(vault.rawError(), QString());
        QVERIFY(*tests::await(vault.remove(u"profile/x/password"_s)));
        QVERIFY(*tests::await(vault.remove(u"profile/x/password"_s))); // removing what is not there is fine
        QCOMPARE(readOf(vault, u"profile/x/password"_s), std::nullopt);
        QVERIFY(!m_home->exists(u"secrets.enc"_s));
    }

    void everySecretIsMadeKnownToTheRedactor()
    {
        m_keychain->entries.insert(u"k"_s, u"read-from-keychain"_s);
        SecretVault vault(options());
        QCOMPARE(readOf(vault, u"k"_s), u"read-from-keychain"_s);
        QVERIFY(*tests::await(vault.write(u"l"_s, u"written-to-keychain"_s)));
        QCOMPARE(Redactor::redact(u"read-from-keychain written-to-keychain"_s), u"••• •••"_s);
        Redactor::forget(u"read-from-keychain"_s);
        Redactor::forget(u"written-to-keychain"_s);
    }

    void jobsRunOneAfterAnother_afterTheProbe()
    {
        SecretVault vault(options());
        int answers = 0;
        for (int i = 0; i < 20; ++i)
            vault.write(u"key/%1"_s.arg(i), u"value %1"_s.arg(i))->then(this, [&](const Result<Done> &) { ++answers; });
        vault.read(u"key/19"_s)->then(this, [&](const Result<std::optional<QString>> &got) {
            QCOMPARE(**got, u"value 19"_s); // a read never overtakes a write
            ++answers;
        });
        QTRY_COMPARE(answers, 21);
        QCOMPARE(m_keychain->mostInFlight, 1);
        QCOMPARE(m_keychain->asked.constFirst(), u"read probe"_s);
    }

    void withoutABus_memoryAtOnce()
    {
        m_keychain->absence = u"there is no session bus"_s;
        SecretVault vault(options());
        QSignalSpy changed(&vault, &SecretStore::stateChanged);
        QVERIFY(*tests::await(vault.write(u"k"_s, u"value"_s)));
        QCOMPARE(readOf(vault, u"k"_s), u"value"_s);
        QCOMPARE(vault.kind(), SecretStore::Kind::Memory);
        QVERIFY(!vault.isLasting());
        QCOMPARE(vault.rawError(), u"there is no session bus"_s);
        QCOMPARE(vault.stateText(), u"session memory: the keychain cannot be used"_s);
        QCOMPARE(changed.count(), 1);
        QVERIFY(m_keychain->asked.isEmpty());
    }

    void unusableKeychain_fallsBackToMemory_withTheRawError()
    {
        m_keychain->failure = {Code::Unusable, {}, u"Unknown error: accessToken=abc"_s};
        SecretVault vault(options());
        QVERIFY(*tests::await(vault.probed()));
        QCOMPARE(vault.kind(), SecretStore::Kind::Memory);
        QCOMPARE(vault.rawError(), u"Unknown error: accessToken=•••"_s);
    }

    void lockedKeyring_isNoticedAtTheFirstWrite_andNothingIsLost()
    {
        m_keychain->writeFailure = {Code::Unusable, {}, u"the collection is locked"_s};
        SecretVault vault(options());
        QVERIFY(*tests::await(vault.probed()));
        QCOMPARE(vault.kind(), SecretStore::Kind::Keychain);
        QSignalSpy changed(&vault, &SecretStore::stateChanged);
        QVERIFY(*tests::await(vault.write(u"k"_s, u"value"_s)));
        QCOMPARE(vault.kind(), SecretStore::Kind::Memory);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(readOf(vault, u"k"_s), u"value"_s);
    }

    void deniedAccess_isAnErrorOfThatCallOnly()
    {
        SecretVault vault(options());
        QVERIFY(*tests::await(vault.probed()));
        m_keychain->failure = {Code::Denied, {}, u"user said no"_s};
        QCOMPARE(tests::await(vault.read(u"k"_s))->error().kind, Error::Kind::Auth);
        QCOMPARE(tests::await(vault.write(u"k"_s, u"value"_s))->error().kind, Error::Kind::Auth);
        QCOMPARE(vault.kind(), SecretStore::Kind::Keychain);
        m_keychain->failure.reset();
        QVERIFY(*tests::await(vault.write(u"k"_s, u"value"_s)));
    }

    void silentKeychain_isGivenUpAfterOurOwnTimeout()
    {
        m_keychain->silent = true;
        SecretVault vault(options());
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(readOf(vault, u"k"_s), std::nullopt);
        QVERIFY(clock.elapsed() < 3000);
        QCOMPARE(vault.kind(), SecretStore::Kind::Memory);
        QVERIFY(vault.rawError().startsWith(u"no answer within"_s));
    }

    void keychainThatGoesSilentLater_isGivenUpToo()
    {
        SecretVault vault(options());
        QVERIFY(*tests::await(vault.probed()));
        m_keychain->silent = true;
        QVERIFY(*tests::await(vault.write(u"k"_s, u"value"_s)));
        QCOMPARE(readOf(vault, u"k"_s), u"value"_s);
        QCOMPARE(vault.kind(), SecretStore::Kind::Memory);
    }

    void vaultGone_everyCallerIsAnswered()
    {
        m_keychain->silent = true;
        auto vault = std::make_unique<SecretVault>(options());
        int cancelled = 0;
        vault->read(u"k"_s)->then(this, [&](const auto &got) { cancelled += !got && got.error().kind == Error::Kind::Cancelled; });
        vault->write(u"k"_s, u"value"_s)->then(this, [&](const auto &got) {
            cancelled += !got && got.error().kind == Error::Kind::Cancelled;
        });
        vault.reset();
        QTRY_COMPARE(cancelled, 2);
    }

    void callerGone_aWriteIsDoneAllTheSame()
    {
        SecretVault vault(options());
        auto *page = new QObject;
        vault.write(u"k"_s, u"value"_s)->then(page, [](const Result<Done> &) { QFAIL("called"); });
        delete page;
        QCOMPARE(readOf(vault, u"k"_s), u"value"_s);
    }

    void encryptedFile_takesOverWhatMemoryHeld_andLasts()
    {
        m_keychain->absence = u"none"_s;
        {
            SecretVault vault(options());
            QVERIFY(*tests::await(vault.write(u"a"_s, u"alpha-秘密"_s)));
            QSignalSpy changed(&vault, &SecretStore::stateChanged);
            QVERIFY(*tests::await(vault.useEncryptedFile(u"correct horse"_s)));
            QCOMPARE(vault.kind(), SecretStore::Kind::EncryptedFile);
            QCOMPARE(changed.count(), 1);
            QCOMPARE(readOf(vault, u"a"_s), u"alpha-秘密"_s);
            QVERIFY(*tests::await(vault.write(u"b"_s, u"beta"_s)));
            QVERIFY(*tests::await(vault.remove(u"none"_s)));
        }
        QCOMPARE(QFileInfo(m_home->filePath(u"secrets.enc"_s)).permissions() & 0x0077, QFile::Permissions());
        const QByteArray file = m_home->read(u"secrets.enc"_s);
        QVERIFY(!file.contains("alpha") && !file.contains("beta") && !file.contains("correct horse"));

        VaultOptions again = options(VaultOptions::Use::EncryptedFile);
        again.passphrase = u"correct horse"_s;
        SecretVault vault(again);
        QCOMPARE(readOf(vault, u"a"_s), u"alpha-秘密"_s);
        QCOMPARE(readOf(vault, u"b"_s), u"beta"_s);
        QVERIFY(!vault.isLocked());
        QVERIFY(vault.isLasting());
    }

    void encryptedFile_withoutPassphrase_isLocked_untilItComes()
    {
        {
            SecretVault vault(options(VaultOptions::Use::Memory));
            QVERIFY(*tests::await(vault.write(u"a"_s, u"alpha"_s)));
            QVERIFY(*tests::await(vault.useEncryptedFile(u"right one"_s)));
        }
        SecretVault vault(options(VaultOptions::Use::EncryptedFile));
        QVERIFY(vault.isLocked());
        QCOMPARE(tests::await(vault.read(u"a"_s))->error().kind, Error::Kind::Auth);
        QCOMPARE(tests::await(vault.write(u"a"_s, u"x"_s))->error().kind, Error::Kind::Auth);
        const QByteArray before = m_home->read(u"secrets.enc"_s);
        const auto wrong = tests::await(vault.useEncryptedFile(u"wrong one"_s));
        QCOMPARE(wrong->error().kind, Error::Kind::Auth);
        QVERIFY2(wrong->error().message.contains(u"wrong passphrase"_s), qPrintable(wrong->error().message));
        QVERIFY(!wrong->error().message.contains(u"wrong one"_s));
        QVERIFY(vault.isLocked());
        QCOMPARE(tests::await(vault.useEncryptedFile({}))->error().kind, Error::Kind::Usage);
        QCOMPARE(m_home->read(u"secrets.enc"_s), before);
        QVERIFY(*tests::await(vault.useEncryptedFile(u"right one"_s)));
        QVERIFY(!vault.isLocked());
        QCOMPARE(readOf(vault, u"a"_s), u"alpha"_s);
    }

    void encryptedFile_ofTwoPrograms_losesNoEdit()
    {
        SecretVault one(options(VaultOptions::Use::Memory));
        QVERIFY(*tests::await(one.useEncryptedFile(u"shared"_s)));
        VaultOptions second = options(VaultOptions::Use::EncryptedFile);
        second.passphrase = u"shared"_s;
        SecretVault two(second);
        int done = 0;
        for (int i = 0; i < 5; ++i) {
            one.write(u"one/%1"_s.arg(i), u"value"_s)->then(this, [&](const Result<Done> &result) { done += result ? 1 : 0; });
            two.write(u"two/%1"_s.arg(i), u"value"_s)->then(this, [&](const Result<Done> &result) { done += result ? 1 : 0; });
        }
        QTRY_COMPARE_WITH_TIMEOUT(done, 10, 20000);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(readOf(one, u"two/%1"_s.arg(i)), u"value"_s);
            QCOMPARE(readOf(two, u"one/%1"_s.arg(i)), u"value"_s);
        }
    }

    void damagedFile_isSaid_andNeverOverwritten_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << "hello"_ba;
        QTest::newRow("other JSON") << R"({"format":"something else"})"_ba;
        QTest::newRow("huge cost")
            << R"({"format":"signalbox-secrets","version":1,"n":1073741824,"r":8,"p":1,"salt":"AAAAAAAAAAAAAAAAAAAAAA==","nonce":"AAAAAAAAAAAAAAAA","data":"AAAAAAAAAAAAAAAAAAAAAA=="})"_ba;
    }
    void damagedFile_isSaid_andNeverOverwritten()
    {
        QFETCH(QByteArray, content);
        m_home->write(u"secrets.enc"_s, content);
        SecretVault vault(options(VaultOptions::Use::Memory));
        QCOMPARE(tests::await(vault.useEncryptedFile(u"any"_s))->error().kind, Error::Kind::BadReply);
        QCOMPARE(vault.kind(), SecretStore::Kind::Memory);
        QCOMPARE(m_home->read(u"secrets.enc"_s), content);
    }

    void backToTheKeychain_takesSecretsAlong()
    {
        m_keychain->absence = u"none yet"_s;
        SecretVault vault(options());
        QVERIFY(*tests::await(vault.write(u"a"_s, u"alpha"_s)));
        QVERIFY(!*tests::await(vault.useKeychain()));
        QCOMPARE(vault.kind(), SecretStore::Kind::Memory);
        m_keychain->absence.clear();
        QVERIFY(*tests::await(vault.useKeychain()));
        QCOMPARE(vault.kind(), SecretStore::Kind::Keychain);
        QCOMPARE(m_keychain->entries.value(u"a"_s), u"alpha"_s);
        QVERIFY(*tests::await(vault.useMemory()));
        QCOMPARE(vault.kind(), SecretStore::Kind::Memory);
        QCOMPARE(vault.rawError(), QString());
    }

    void memoryStore()
    {
        core::credentials::MemorySecretStore store;
        QCOMPARE(readOf(store, u"a"_s), std::nullopt);
        QVERIFY(*tests::await(store.write(u"a"_s, u"alpha"_s)));
        QCOMPARE(readOf(store, u"a"_s), u"alpha"_s);
        QVERIFY(*tests::await(store.remove(u"a"_s)));
        QCOMPARE(readOf(store, u"a"_s), std::nullopt);
        QVERIFY(!store.isLasting());
    }

    void theRealKeychain_withoutABus_isAbsent()
    {
        const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS"), runtime = qgetenv("XDG_RUNTIME_DIR");
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("XDG_RUNTIME_DIR", m_home->path().toUtf8());
        QCOMPARE(core::credentials::systemKeychain(u"signalbox-tests"_s)->absent(), u"there is no session bus"_s);
        if (!bus.isEmpty())
            qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
        qputenv("XDG_RUNTIME_DIR", runtime);
    }

    void theRealKeychain_onABusThatIsDead_isUnusable()
    {
        const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + m_home->filePath(u"no-bus"_s).toUtf8());
        VaultOptions real = options();
        real.keychain.reset();
        real.service = u"signalbox-tests"_s;
        real.keychainTimeout = std::chrono::seconds(5);
        {
            SecretVault vault(real);
            QVERIFY(*tests::await(vault.write(u"k"_s, u"value"_s), std::chrono::seconds(20)));
            QCOMPARE(vault.kind(), SecretStore::Kind::Memory);
            QVERIFY(!vault.rawError().isEmpty());
            QCOMPARE(readOf(vault, u"k"_s), u"value"_s);
        }
        if (bus.isEmpty())
            qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        else
            qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
    }
};

SIGNALBOX_TEST(TstSecretVault)
#include "tst_secretvault.moc"
