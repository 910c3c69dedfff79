// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/messagebar.h"
#include "ui/common/passingtime.h"
#include "ui/common/relativetime.h"
#include "ui/common/widgets.h"

#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace ui;

class TstPassingTime : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init() { tests::strict(); }

    void allOfAWindowKeepUpAndAgree()
    {
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        const QDateTime then = QDateTime::currentDateTimeUtc().addMSecs(-4321);
        auto *label = new TimeLabel(&window);
        auto *bar = new MessageBar(&window);
        layout->addWidget(label);
        layout->addWidget(bar);
        label->setTime(then);
        Message message;
        message.time = then;
        message.textAt = [](const QString &ago) { return ago; };
        bar->show(message);
        window.show();
        QStringList seen;
        bool agreed = true;
        // A third one that is told last looks at what the others say.
        new PassingTime(&window, [&]() -> std::optional<std::chrono::seconds> {
            const QString now = relativeTime(then);
            QMetaObject::invokeMethod(
                &window,
                [&, now] {
                    agreed = agreed && (relativeTime(then) != now || (label->text() == now && bar->current().text == now));
                    if (!seen.contains(now))
                        seen.append(now);
                },
                Qt::QueuedConnection);
            return nextChange(then);
        });
        QTRY_VERIFY_WITH_TIMEOUT(seen.size() >= 3, 30'000);
        QVERIFY(agreed);
    }

    void nobodyIsWokenWhatIsOutOfSight()
    {
        QWidget window;
        auto *hidden = new QWidget(&window);
        auto *shown = new QWidget(&window);
        hidden->hide();
        int hiddenTold = 0, shownTold = 0;
        auto *words = new PassingTime(hidden, [&]() -> std::optional<std::chrono::seconds> {
            ++hiddenTold;
            return std::chrono::seconds(1);
        });
        new PassingTime(shown, [&]() -> std::optional<std::chrono::seconds> {
            ++shownTold;
            return std::chrono::seconds(1);
        });
        window.show();
        words->again();
        QCOMPARE(hiddenTold, 2);
        QTRY_VERIFY_WITH_TIMEOUT(shownTold >= 3, 30'000);
        QCOMPARE(hiddenTold, 2);
        // In sight again its words are those of now at once.
        hidden->show();
        QCOMPARE(hiddenTold, 3);
        delete shown;
        QTRY_VERIFY_WITH_TIMEOUT(hiddenTold >= 5, 30'000);
    }

    void whoTakesItselfAway_isLetGo()
    {
        QWidget window;
        auto *goes = new QWidget(&window);
        auto *stays = new QWidget(&window);
        int told = 0, others = 0;
        new PassingTime(goes, [&]() -> std::optional<std::chrono::seconds> {
            if (++told == 3) // made, shown, and when the time has come
                goes->hide();
            return std::chrono::seconds(1);
        });
        new PassingTime(stays, [&]() -> std::optional<std::chrono::seconds> {
            ++others;
            return std::chrono::seconds(1);
        });
        window.show();
        QTRY_VERIFY_WITH_TIMEOUT(told == 3, 30'000);
        const int then = others;
        QTRY_VERIFY_WITH_TIMEOUT(others >= then + 2, 30'000);
        QCOMPARE(told, 3);
    }

    void withoutATimeNothingRuns()
    {
        QWidget window;
        auto *label = new TimeLabel(&window);
        window.show();
        QCOMPARE(label->text(), u"–"_s);
        const auto timers = window.findChildren<QTimer *>();
        QVERIFY(std::none_of(timers.cbegin(), timers.cend(), [](const QTimer *timer) { return timer->isActive(); }));
    }
};

SIGNALBOX_TEST(TstPassingTime)
#include "tst_passingtime.moc"
