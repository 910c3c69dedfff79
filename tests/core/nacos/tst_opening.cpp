// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/session/opening.h"

#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::nacos;

namespace {

const Error Lost{Error::Kind::Network, u"lost"_s, 0, true};
const Error Refused{Error::Kind::Auth, u"refused"_s, 403, false};

/// What may happen to an opening from outside, in any order.
enum class Step { MainFound, MainLost, MainRefused, ConsoleAsked, ConsoleFound, ConsoleMissing, LoggedIn, LoginFailed, LinkUp, LinkFailed };
constexpr int Steps = 10;

} // namespace

class TstOpening : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void waitsForTheLogin()
    {
        Opening opening(Opening::Link::NotWanted, Opening::Login::Wanted);
        QVERIFY(!opening.verdict());
        opening.mainFound();
        QVERIFY(opening.httpFound());
        QVERIFY(!opening.verdict());
        opening.loggedIn();
        QVERIFY(opening.verdict() && *opening.verdict());
    }

    void doubtForgetsWhatWasBelieved()
    {
        Opening opening(Opening::Link::NotWanted, Opening::Login::Wanted);
        opening.mainFound();
        opening.loginFailed(Lost);
        opening.mainDoubted();
        QVERIFY(!opening.httpFound());
        QVERIFY(!opening.verdict());
        opening.consoleAsked();
        opening.mainFailed(Lost);
        QVERIFY(!opening.verdict());
        opening.consoleMissing();
        QVERIFY(opening.verdict() && !*opening.verdict());
        QCOMPARE(opening.verdict()->error().kind, Error::Kind::Network);
    }

    void grpcAloneIsEnough()
    {
        Opening opening(Opening::Link::Wanted, Opening::Login::Wanted);
        opening.consoleAsked();
        opening.mainFailed(Lost);
        opening.consoleMissing();
        QVERIFY(!opening.verdict());
        opening.linkUp();
        QVERIFY(opening.verdict() && *opening.verdict());
        QVERIFY(!opening.httpFound());
    }

    void aRefusedCertificateEndsItAtOnce()
    {
        Opening opening(Opening::Link::Wanted, Opening::Login::Wanted);
        opening.consoleAsked();
        opening.mainFailed(Refused);
        QVERIFY(opening.verdict() && !*opening.verdict());
        QCOMPARE(opening.verdict()->error().kind, Error::Kind::Auth);
    }

    void patienceIsOfThisOpening()
    {
        Opening opening(Opening::Link::Wanted, Opening::Login::Done);
        QSignalSpy givenUp(&opening, &Opening::linkGivenUp);
        opening.limitLink(std::chrono::milliseconds(1));
        opening.mainFound();
        QVERIFY(!opening.verdict());
        QTRY_COMPARE(givenUp.size(), 1);
        QVERIFY(opening.verdict() && *opening.verdict());
        // It came too late to be waited for, and is welcome.
        opening.linkUp();
        QVERIFY(*opening.verdict());
    }

    /// Whatever happens in whatever order: once every question has its answer there is a verdict, and it stays.
    void neverEndsWithoutAVerdict()
    {
        quint32 state = 1;
        const auto random = [&state](int below) {
            state = state * 1664525U + 1013904223U;
            return int((state >> 16) % quint32(below));
        };
        for (int round = 0; round < 20000; ++round) {
            Opening opening(random(2) ? Opening::Link::Wanted : Opening::Link::NotWanted,
                            random(3) ? Opening::Login::Wanted : Opening::Login::Done);
            for (int i = random(8); i > 0; --i)
                apply(opening, Step(random(Steps)));
            if (random(2))
                opening.mainDoubted();
            // The rest answers.
            apply(opening, random(2) ? Step::MainFound : Step::MainLost);
            apply(opening, random(2) ? Step::ConsoleFound : Step::ConsoleMissing);
            apply(opening, random(2) ? Step::LinkUp : Step::LinkFailed);
            apply(opening, random(2) ? Step::LoggedIn : Step::LoginFailed);
            QVERIFY2(opening.verdict(), qPrintable(u"round %1"_s.arg(round)));
        }
    }

private:
    static void apply(Opening &opening, Step step)
    {
        switch (step) {
        case Step::MainFound:
            return opening.mainFound();
        case Step::MainLost:
            return opening.mainFailed(Lost);
        case Step::MainRefused:
            return opening.mainFailed(Refused);
        case Step::ConsoleAsked:
            return opening.consoleAsked();
        case Step::ConsoleFound:
            return opening.consoleFound();
        case Step::ConsoleMissing:
            return opening.consoleMissing();
        case Step::LoggedIn:
            return opening.loggedIn();
        case Step::LoginFailed:
            return opening.loginFailed(Lost);
        case Step::LinkUp:
            return opening.linkUp();
        case Step::LinkFailed:
            return opening.linkFailed();
        }
    }
};

SIGNALBOX_TEST(TstOpening)
#include "tst_opening.moc"
