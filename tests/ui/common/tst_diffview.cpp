// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/diffcanvas.h"
#include "ui/common/diffview.h"
#include "ui/common/widgets.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeWidget>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace ui;
using core::text::Format;

class TstDiffView : public QObject {
    Q_OBJECT

    core::Workers m_workers;
    std::unique_ptr<DiffView> m_view;
    DiffCanvas *canvas() const { return m_view->findChild<DiffCanvas *>(); }
    QString count() const { return m_view->findChild<QLabel *>(u"diffCount"_s)->text(); }
    static QByteArray lines(int from, int to)
    {
        QByteArray text;
        for (int i = from; i <= to; ++i)
            text += "line" + QByteArray::number(i) + ": " + QByteArray::number(i) + "\n";
        return text;
    }
    void compare(const QByteArray &left, const QByteArray &right, Format format = Format::Text)
    {
        DiffInput input;
        input.left = left;
        input.right = right;
        input.leftLabel = u"live"_s;
        input.rightLabel = u"draft"_s;
        input.format = format;
        QSignalSpy ready(m_view.get(), &DiffView::ready);
        m_view->compare(input);
        QTRY_COMPARE(ready.count(), 1);
    }

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init()
    {
        tests::strict();
        m_view = std::make_unique<DiffView>(m_workers);
        m_view->resize(800, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_view->setFocus();
    }
    void cleanup() { m_view.reset(); }

    void aMissingNewlineAtTheEndIsSeen()
    {
        const core::text::Lines whole("a\nb\n"), cut("a\nb"), none;
        QVERIFY(!isUnended(whole, 2) && !isUnended(cut, 1) && !isUnended(none, 0));
        QVERIFY(isUnended(cut, 2));
        compare("a\nb\n", "a\nb"); // all that differs
        QCOMPARE(m_view->changeCount(), 1);
        compare("a\nb\n", "a\nx\n");
        const QImage ended = canvas()->grab().toImage();
        compare("a\nb\n", "a\nx");
        QVERIFY(canvas()->grab().toImage() != ended);
    }

    void countsAndWalksChanges()
    {
        QByteArray right = lines(1, 100);
        right.replace("line20: 20\n", "line20: changed\n").replace("line50: 50\n", "").replace("line90: 90\n", "line90: 90\nnew\n");
        compare(lines(1, 100), right);
        QCOMPARE(m_view->changeCount(), 3);
        QCOMPARE(m_view->currentChange(), 0);
        QTest::keyClick(canvas(), Qt::Key_F8);
        QCOMPARE(m_view->currentChange(), 1);
        QTest::keyClick(canvas(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(m_view->currentChange(), 2);
        QTest::keyClick(canvas(), Qt::Key_F8); // round
        QCOMPARE(m_view->currentChange(), 0);
        QTest::keyClick(canvas(), Qt::Key_F7);
        QCOMPARE(m_view->currentChange(), 2);
        m_view->setLayoutMode(DiffView::Layout::Unified);
        QCOMPARE(m_view->changeCount(), 3);
        m_view->findChild<QToolButton *>(u"diffPrevious"_s)->click();
        QCOMPARE(m_view->currentChange(), 1);
    }

    void equalTextsSaySo()
    {
        compare(lines(1, 5), lines(1, 5));
        QCOMPARE(m_view->changeCount(), 0);
        QCOMPARE(count(), u"No differences"_s);
        QVERIFY(!m_view->findChild<QToolButton *>(u"diffNext"_s)->isEnabled());
    }

    void unchangedStretchesFoldAndUnfold()
    {
        QByteArray right = lines(1, 200);
        right.replace("line100: 100\n", "line100: changed\n");
        compare(lines(1, 200), right);
        QVERIFY(canvas()->isFolded());
        const int folded = canvas()->verticalScrollBar()->maximum();
        // The first row of the view is the beginning's fold.
        QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, QPoint(200, 5));
        QVERIFY(canvas()->verticalScrollBar()->maximum() > folded + 80);
        m_view->unfoldAll();
        QVERIFY(!canvas()->isFolded());
        m_view->setContext(3);
        QVERIFY(canvas()->isFolded());
    }

    void selectionIsOfOneSide()
    {
        compare("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 9\nc: 3\n");
        QTest::keyClick(canvas(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_view->selectedText(), u"a: 1\nb: 2\nc: 3"_s);
        QTest::keyClick(canvas(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"a: 1\nb: 2\nc: 3"_s);
        // A double click on the right side selects a word there.
        const QPoint right(canvas()->viewport()->width() - 200, 0);
        Q_UNUSED(right)
        m_view->setLayoutMode(DiffView::Layout::Unified);
        QTest::keyClick(canvas(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_view->selectedText(), u"a: 1\nb: 2\nb: 9\nc: 3"_s);
    }

    void longLinesAreWrappedInTheirHalf()
    {
        QByteArray right = "short\n" + QByteArray(60, 'a') + ' ' + QByteArray(300, 'b') + " end\nlast\n";
        compare("short\nlast\n", right);
        QCOMPARE(canvas()->horizontalScrollBar()->maximum(), 0);
        QTest::keyClick(canvas(), Qt::Key_A, Qt::ControlModifier);
        QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, {600, 4});
        QTest::keyClick(canvas(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_view->selectedText(), QString::fromUtf8(right).chopped(1));
        const auto most = canvas()->verticalScrollBar()->maximum();
        m_view->resize(500, 120);
        QTRY_VERIFY(canvas()->verticalScrollBar()->maximum() > most);
        QCOMPARE(canvas()->horizontalScrollBar()->maximum(), 0);
        m_view->setLayoutMode(DiffView::Layout::Unified);
        QCOMPARE(canvas()->horizontalScrollBar()->maximum(), 0);
        // Chinese takes twice the room, a tab four times.
        compare("x\n", QByteArray("\xE4\xB8\xAD").repeated(200) + "\n" + QByteArray(50, '\t') + "x\n");
        QCOMPARE(canvas()->horizontalScrollBar()->maximum(), 0);
        QVERIFY(!m_view->grab().isNull());
    }

    void noLineEndsBehindTheEdge()
    {
        // Of every length near the edge, in words and in one piece: the last letter is where a double click finds it.
        m_view->resize(1100, 400);
        for (int length = 50; length < 90; ++length) {
            for (const bool words : {true, false}) {
                QByteArray line;
                while (line.size() < length - 4)
                    line += words ? "abcd " : "abcde";
                line = line.left(length - 4) + (words ? " end" : "zend");
                compare("x\n", line + "\n");
                const int height = canvas()->fontMetrics().height();
                bool found = false;
                for (int y = height + 1; !found && y < 6 * height; y += height / 2) {
                    for (int x = canvas()->viewport()->width() - 2; !found && x > canvas()->viewport()->width() / 2; x -= 6) {
                        QTest::mouseDClick(canvas()->viewport(), Qt::LeftButton, {}, {x, y});
                        found = m_view->selectedText().endsWith(u"end"_s) && x < canvas()->viewport()->width();
                    }
                }
                QVERIFY2(found, qPrintable(u"%1 characters are cut"_s.arg(line.size())));
            }
        }
    }

    void wrappedRowsAreFoundWhereverTheViewGoes()
    {
        // What a line takes on the screen cannot be told from its bytes: Chinese takes less, tabs more.
        const auto text = [](const QByteArray &mark) {
            QByteArray all;
            for (int i = 0; i < 300; ++i) {
                all += i % 3 == 0 ? QByteArray("\xE4\xB8\xAD").repeated(150) : i % 3 == 1 ? QByteArray(60, '\t') : QByteArray(10, 'x');
                all += i % 50 == 20 ? " " + mark + QByteArray::number(i) : QByteArray();
                all += '\n';
            }
            return all + mark + "end";
        };
        compare(text("old"), text("new"));
        canvas()->unfoldAll();
        const auto wordsShown = [this] {
            QStringList words;
            const int height = canvas()->fontMetrics().height();
            for (int y = 1; y < canvas()->viewport()->height(); y += height / 2) {
                for (int x = 60; x < canvas()->viewport()->width() / 2; x += 12) {
                    QTest::mouseDClick(canvas()->viewport(), Qt::LeftButton, {}, {x, y});
                    if (const QString word = m_view->selectedText(); word.startsWith(u"old"_s) && !words.contains(word))
                        words.append(word);
                }
            }
            return words;
        };
        canvas()->goToChange(3);
        QVERIFY(wordsShown().contains(u"old170"_s));
        QTest::keyClick(canvas(), Qt::Key_End);
        QVERIFY(wordsShown().contains(u"oldend"_s));
        QCOMPARE(canvas()->verticalScrollBar()->value(), canvas()->verticalScrollBar()->maximum());
        canvas()->showLine(DiffCanvas::Side::Left, 71);
        QVERIFY(wordsShown().contains(u"old70"_s));
        // At another width what is on top stays there.
        canvas()->verticalScrollBar()->setValue(canvas()->verticalScrollBar()->value() + canvas()->verticalScrollBar()->pageStep() / 2);
        m_view->resize(620, 400);
        QTRY_VERIFY(canvas()->viewport()->width() < 620);
        QVERIFY(wordsShown().contains(u"old70"_s));
    }

    void withoutAWidthNothingIsWrapped()
    {
        DiffInput input;
        input.left = "a\n";
        input.right = QByteArray(8000, 'b') + "\n";
        DiffCanvas narrow;
        narrow.resize(40, 200); // no room for a single character
        QVERIFY(!narrow.grab().isNull());
        narrow.setModel(std::make_shared<DiffModel>(makeDiffModel(input)));
        QCOMPARE(narrow.verticalScrollBar()->maximum(), 0);
        narrow.resize(400, 200);
        QVERIFY(!narrow.grab().isNull());
        QVERIFY(narrow.verticalScrollBar()->maximum() > 0);
    }

    void manyLongLinesCostNoMoreThanTheVisibleOnes()
    {
        QByteArray left, right;
        for (int i = 0; i < 20'000; ++i) {
            const QByteArray number = QByteArray::number(i);
            left += "password" + number + ": p" + number + " " + QByteArray("word ").repeated(80) + number + "\n";
            right += "password" + number + ": q" + number + " " + QByteArray("ward ").repeated(80) + number + "\n";
        }
        compare(left, right);
        canvas()->unfoldAll();
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 10; ++i) {
            m_view->resize(800 - 20 * i, 400);
            m_view->grab();
        }
        qInfo("another width: %lld ms", static_cast<long long>(timer.elapsed() / 10));
        QVERIFY(timer.elapsed() / 10 < 300);
    }

    void theTextIsZoomed()
    {
        const QByteArray text = lines(1, 200);
        compare(text, QByteArray(text).replace("100: 100", "100: x"));
        m_view->unfoldAll();
        const int before = canvas()->verticalScrollBar()->pageStep();
        QSignalSpy changed(m_view.get(), &DiffView::zoomChanged);
        m_view->setZoom(6);
        QCOMPARE(changed.count(), 1);
        QVERIFY(canvas()->verticalScrollBar()->pageStep() < before); // larger lines, fewer of them
        // Ctrl and the wheel; without Ctrl it scrolls.
        const auto turn = [this](int by, Qt::KeyboardModifiers keys) {
            QWidget *target = canvas()->viewport();
            const QPointF at = target->rect().center();
            QWheelEvent wheel(at, target->mapToGlobal(at), {}, {0, by}, Qt::NoButton, keys, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(target, &wheel);
        };
        turn(120, Qt::ControlModifier);
        QCOMPARE(m_view->zoom(), 7);
        turn(-60, Qt::ControlModifier);
        turn(-60, Qt::ControlModifier);
        QCOMPARE(m_view->zoom(), 6);
        const int top = canvas()->verticalScrollBar()->value();
        turn(-120, Qt::NoModifier);
        QCOMPARE(m_view->zoom(), 6);
        QVERIFY(canvas()->verticalScrollBar()->value() > top);
        m_view->setZoom(1000);
        QVERIFY(m_view->zoom() < 100);
        m_view->setZoom(0);
        QCOMPARE(canvas()->verticalScrollBar()->pageStep(), before);
    }

    void namesOfTheSidesStandAboveTheSides()
    {
        compare("server:\n  a-key-that-is-rather-long-because-of-its-place: 1\n",
                "server:\n  a-key-that-is-rather-long-because-of-its-place: 2\n", Format::Yaml);
        auto *keys = m_view->findChild<QTreeWidget *>(u"diffKeys"_s);
        QTRY_VERIFY(keys->isVisible());
        const auto labels = m_view->findChildren<ElidedLabel *>();
        QCOMPARE(labels.size(), 2);
        const auto top = [this](const QWidget *widget) { return widget->mapTo(m_view.get(), QPoint(0, 0)); };
        for (const ElidedLabel *label : labels) {
            QVERIFY(top(label).y() >= top(keys).y() + keys->height());
            QVERIFY(top(label).y() + label->height() <= top(canvas()).y());
        }
        QVERIFY(top(labels.at(1)).x() >= canvas()->width() / 2);
        // In one column both stand above it.
        const QString left = labels.at(0)->text(), right = labels.at(1)->text();
        m_view->setLayoutMode(ui::DiffView::Layout::Unified);
        QVERIFY(!labels.at(1)->isVisible());
        QCOMPARE(labels.at(0)->text(), u"− "_s + left + u"    + "_s + right);
        m_view->setLayoutMode(ui::DiffView::Layout::SideBySide);
        QVERIFY(labels.at(1)->isVisible());
        QCOMPARE(labels.at(0)->text(), left);
        // The key has the room it needs, and nothing scrolls sideways.
        QVERIFY(QFontMetrics(Theme::fixedFont()).horizontalAdvance(keys->topLevelItem(0)->text(0)) < keys->columnWidth(0) ||
                keys->columnWidth(0) >= keys->viewport()->width() / 2 - 1);
        QCOMPARE(keys->columnWidth(0) + keys->columnWidth(1) + keys->columnWidth(2), keys->viewport()->width());
    }

    void keysAreListed()
    {
        compare("server:\n  port: 1\n  password: hunter22\n", "server:\n  port: 2\n  password: hunter33\n", Format::Yaml);
        QCOMPARE(m_view->keyChanges().size(), 2);
        auto *list = m_view->findChild<QTreeWidget *>(u"diffKeys"_s);
        QVERIFY(!list->isHidden());
        QCOMPARE(list->topLevelItem(0)->text(0), u"server.port"_s);
        QCOMPARE(list->topLevelItem(0)->text(2), u"2"_s);
        QCOMPARE(list->topLevelItem(1)->text(2), u"changed"_s);
        QVERIFY(!list->topLevelItem(1)->text(1).contains(u"hunter"_s));
        m_view->setKeyListVisible(false);
        QVERIFY(list->isHidden());
    }

    void secretsAreMaskedUntilRevealed()
    {
        compare("password: hunter22\nother: 1\n", "password: hunter33\nother: 2\n", Format::Yaml);
        QCOMPARE(m_view->maskedCount(), 2);
        QTest::keyClick(canvas(), Qt::Key_A, Qt::ControlModifier);
        QVERIFY(!m_view->selectedText().contains(u"hunter"_s));
        QVERIFY(m_view->selectedText().contains(u"••"_s));
        QTest::keyClick(canvas(), Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(m_view->maskedCount(), 1);
        QVERIFY(m_view->selectedText().contains(u"hunter22"_s));
        m_view->findChild<QToolButton *>(u"diffReveal"_s)->click();
        QCOMPARE(m_view->maskedCount(), 0);
    }

    /// As an editor says it: a value before and after is one.
    void secretsAreCountedByPlaces()
    {
        const auto *reveal = m_view->findChild<QToolButton *>(u"diffReveal"_s);
        compare("password: hunter22\nother: 1\n", "password: hunter33\nother: 2\n", Format::Yaml);
        QCOMPARE(reveal->text(), u"Show 1 secret(s)"_s);
        compare("password: hunter22\nother: 1\n", "password: hunter22\nother: 2\ntoken: abcdef12\n", Format::Yaml);
        QCOMPARE(reveal->text(), u"Show 2 secret(s)"_s);
        compare("", "password: hunter22\n", Format::Yaml);
        QCOMPARE(reveal->text(), u"Show 1 secret(s)"_s);
    }

    void secretsAreShownWhereTheCallerSays()
    {
        DiffInput input;
        input.left = "password: hunter22\n";
        input.right = "password: hunter33\n";
        input.format = Format::Yaml;
        input.secrets = DiffInput::Secrets::Shown;
        m_view->compare(input);
        QCOMPARE(m_view->maskedCount(), 0);
    }

    void laterComparisonWins()
    {
        DiffInput big;
        big.left = lines(1, 40'000);
        big.right = lines(2, 40'001);
        QSignalSpy ready(m_view.get(), &DiffView::ready);
        m_view->compare(big);
        QVERIFY(!m_view->isReady());
        QCOMPARE(count(), u"Comparing…"_s);
        DiffInput small;
        small.left = "a\n";
        small.right = "b\n";
        m_view->compare(small);
        QVERIFY(m_view->isReady());
        QTRY_VERIFY(ready.count() >= 1);
        QCOMPARE(m_view->changeCount(), 1);
    }

    void viewMayGoWhileComparing()
    {
        DiffInput big;
        big.left = lines(1, 40'000);
        big.right = lines(2, 40'001);
        m_view->compare(big);
        m_view.reset();
        QCoreApplication::processEvents();
        QVERIFY(!m_view);
    }

    void oddContentsArePainted()
    {
        compare(QByteArray("a\0b\tc\r\nx\xE9y", 11), QByteArray("a\0b\td\r\n", 7));
        QVERIFY(!m_view->grab().isNull());
        compare("", "x");
        QCOMPARE(m_view->changeCount(), 1);
        QVERIFY(!m_view->grab().isNull());
        compare(QByteArray(200'000, 'x'), QByteArray(100'000, 'y'));
        QVERIFY(!m_view->grab().isNull());
        m_view->clear();
        QCOMPARE(m_view->changeCount(), 0);
    }

    void largeTextsScroll()
    {
        QByteArray left, right;
        for (int i = 0; i < 120'000; ++i) {
            left += "key" + QByteArray::number(i) + ": value " + QByteArray::number(i) + "\n";
            right += "key" + QByteArray::number(i) + ": value " + QByteArray::number(i % 97 ? i : -i) + "\n";
        }
        QElapsedTimer timer;
        timer.start();
        compare(left, right);
        qInfo("compare %lld KiB: %lld ms", static_cast<long long>((left.size() + right.size()) / 1024),
              static_cast<long long>(timer.restart()));
        m_view->unfoldAll();
        timer.restart();
        for (int i = 0; i < 20; ++i) {
            canvas()->verticalScrollBar()->setValue(i * 5000);
            m_view->grab();
        }
        qInfo("a scrolled frame: %lld ms", static_cast<long long>(timer.elapsed() / 20));
        QVERIFY(timer.elapsed() / 20 < 300);
    }
};

SIGNALBOX_TEST(TstDiffView)
#include "tst_diffview.moc"
