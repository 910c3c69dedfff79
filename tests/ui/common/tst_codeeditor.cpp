// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/codeeditor.h"
#include "ui/common/messagebar.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace ui;
using core::text::Format;
using core::text::Problem;
using Place = CodeEditor::Place;

class TstCodeEditor : public QObject {
    Q_OBJECT

    std::unique_ptr<CodeEditor> m_editor;

    QWidget *surface() const { return m_editor->findChild<QWidget *>(u"codeEditorText"_s); }
    QString status() const { return m_editor->findChild<QLabel *>(u"findStatus"_s)->text(); }
    QLineEdit *findText() const { return m_editor->findChild<QLineEdit *>(u"findText"_s); }
    void type(const QString &text) { QTest::keyClicks(surface(), text); }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(surface(), Qt::Key(key), modifiers); }

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init()
    {
        tests::strict();
        m_editor = std::make_unique<CodeEditor>();
        m_editor->resize(600, 400);
        m_editor->show();
        QVERIFY(QTest::qWaitForWindowActive(m_editor.get()));
        m_editor->setFocus();
    }
    void cleanup()
    {
        m_editor.reset();
        Theme::setAppearance(Appearance::Light);
    }

    void contentIsKeptByteForByte_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<bool>("editable");
        const auto row = [](const char *name, const QByteArray &content, bool editable = true) {
            QTest::newRow(name) << content << editable;
        };
        row("empty", "");
        row("one line without end", "a");
        row("LF", "a\nb\n");
        row("CRLF", "a\r\nb\r\n");
        row("CR", "a\rb\r");
        row("mixed line ends", "a\r\nb\nc\rd");
        row("only line ends", "\n\r\n\r");
        row("byte order mark",
            "\xEF\xBB\xBF"
            "a: 1\r\n");
        row("only a byte order mark", "\xEF\xBB\xBF");
        row("tabs and blanks at the end", "a \t\n \n");
        row("Chinese and beyond the basic plane", u"规则: 退款 🎉\n"_s.toUtf8());
        row("control characters",
            QByteArray("a\x01\x02\x7F"
                       "b\x0C",
                       6));
        row("NUL", QByteArray("a\0b\n", 4), false);
        row("Latin-1", "caf\xE9\n", false);
        row("cut character", "a\xE9\x80", false);
        row("surrogate in UTF-8",
            "a\xED\xA0\x80"
            "b",
            false);
        row("one very long line", QByteArray(300 * 1024, 'x') + "\ny\n", false);
        row("long line of Chinese", u"规"_s.repeated(100'000).toUtf8(), false);
    }
    void contentIsKeptByteForByte()
    {
        QFETCH(QByteArray, content);
        QFETCH(bool, editable);
        m_editor->setContent(content);
        QCOMPARE(m_editor->content(), content);
        QCOMPARE(m_editor->byteCount(), content.size());
        QVERIFY(!m_editor->isModified());
        QCOMPARE(m_editor->access() == CodeEditor::Access::Editable, editable);
        QCOMPARE(m_editor->findChild<MessageBar *>()->isEmpty(), editable);
        if (!editable) {
            type(u"typed"_s);
            QCOMPARE(m_editor->content(), content);
            return;
        }
        // Typing and taking it back leaves every other byte alone.
        key(Qt::Key_End, Qt::ControlModifier);
        type(u"x"_s);
        QCOMPARE(m_editor->content(), content + "x");
        QVERIFY(m_editor->isModified());
        m_editor->undo();
        QCOMPARE(m_editor->content(), content);
        QVERIFY(!m_editor->isModified());
    }

    void newLinesAreOfTheContentsKind()
    {
        m_editor->setContent("a: 1\r\nb: 2");
        key(Qt::Key_End, Qt::ControlModifier);
        key(Qt::Key_Return);
        type(u"c"_s);
        QCOMPARE(m_editor->content(), "a: 1\r\nb: 2\r\nc");
        m_editor->setContent("a\nb\nc\r\n");
        key(Qt::Key_Return);
        QCOMPARE(m_editor->content(), "\na\nb\nc\r\n");
    }

    void pastedLinesToo()
    {
        m_editor->setContent("a\r\n");
        QGuiApplication::clipboard()->setText(u"x\ny\n"_s);
        key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(m_editor->content(), "x\r\ny\r\na\r\n");
    }

    void everyChangeHasARevision()
    {
        QSignalSpy changed(m_editor.get(), &CodeEditor::contentChanged), modified(m_editor.get(), &CodeEditor::modifiedChanged);
        const quint64 before = m_editor->revision();
        m_editor->setContent("abc");
        QVERIFY(m_editor->revision() > before);
        const quint64 loaded = m_editor->revision();
        type(u"x"_s);
        QVERIFY(m_editor->revision() > loaded);
        QCOMPARE(changed.count(), 2);
        QCOMPARE(modified.count(), 1);
        m_editor->setUnmodified();
        QCOMPARE(modified.count(), 2);
        m_editor->undo();
        QVERIFY(m_editor->isModified());
    }

    void replaceContentIsOneStep()
    {
        m_editor->setContent(u"a: 1\n退款: 2\nc: 3\n"_s.toUtf8());
        m_editor->goTo({3, 2});
        const QByteArray formatted = u"a: 1\n退订: 2\nb: 0\nc: 3\n"_s.toUtf8();
        m_editor->replaceContent(formatted);
        QCOMPARE(m_editor->content(), formatted);
        QCOMPARE(m_editor->caret(), (Place{4, 2}));
        m_editor->undo();
        QCOMPARE(m_editor->content(), u"a: 1\n退款: 2\nc: 3\n"_s.toUtf8());
        QVERIFY(!m_editor->canUndo());
        m_editor->replaceContent(QByteArray("x\0y", 3));
        QCOMPARE(m_editor->content(), QByteArray("x\0y", 3));
        QVERIFY(m_editor->isModified());
        m_editor->replaceContent("plain");
        QCOMPARE(m_editor->content(), "plain");
        QVERIFY(m_editor->isModified());
        QCOMPARE(m_editor->access(), CodeEditor::Access::Editable);
    }

    void placesCountCharacters()
    {
        m_editor->setContent(u"规则: x\r\n🎉🎉b\n"_s.toUtf8());
        m_editor->goTo({1, 3});
        QCOMPARE(m_editor->caret(), (Place{1, 3}));
        m_editor->goTo({2, 3});
        type(u"|"_s);
        QCOMPARE(m_editor->content(), u"规则: x\r\n🎉🎉|b\n"_s.toUtf8());
        m_editor->goTo({1, 99});
        QCOMPARE(m_editor->caret(), (Place{1, 6}));
        m_editor->goTo({99, 1});
        QCOMPARE(m_editor->caret(), (Place{3, 1}));
    }

    void editsAreReportedWithTheirPlace()
    {
        m_editor->setContent("\xEF\xBB\xBF"
                             "abc");
        QSignalSpy edited(m_editor.get(), &CodeEditor::edited);
        m_editor->replaceBytes(1, 1, "XYZ");
        QCOMPARE(m_editor->content(),
                 "\xEF\xBB\xBF"
                 "aXYZc");
        qsizetype grown = 0;
        for (const QList<QVariant> &edit : edited)
            grown += edit.at(2).value<qsizetype>() - edit.at(1).value<qsizetype>();
        QCOMPARE(grown, 2);
        QCOMPARE(edited.at(0).at(0).value<qsizetype>(), 1);
    }

    void readOnlyIsReadOnly()
    {
        m_editor->setContent("abc");
        m_editor->setAccess(CodeEditor::Access::ReadOnly);
        type(u"x"_s);
        key(Qt::Key_Delete);
        m_editor->insertText(u"y"_s);
        QCOMPARE(m_editor->content(), "abc");
        m_editor->setAccess(CodeEditor::Access::Editable);
        type(u"x"_s);
        QCOMPARE(m_editor->content(), "xabc");
    }

    void newLineKeepsTheIndentation()
    {
        m_editor->setFormat(Format::Yaml);
        m_editor->setContent("server:\n  port: 1");
        m_editor->goTo({1, 99});
        key(Qt::Key_Return);
        type(u"a"_s);
        QCOMPARE(m_editor->content(), "server:\n  a\n  port: 1");
        m_editor->goTo({3, 99});
        key(Qt::Key_Return);
        type(u"b"_s);
        QCOMPARE(m_editor->content(), "server:\n  a\n  port: 1\n  b");
    }

    void keysForTextBelongToTheText()
    {
        m_editor->setContent("abc");
        QAction slash(m_editor.get()), publish(m_editor.get());
        slash.setShortcut(QKeySequence(Qt::Key_Slash));
        publish.setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
        m_editor->addAction(&slash);
        m_editor->addAction(&publish);
        QSignalSpy slashed(&slash, &QAction::triggered), published(&publish, &QAction::triggered);
        type(u"/"_s);
        QCOMPARE(slashed.count(), 0);
        QCOMPARE(m_editor->content(), "/abc");
        key(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(published.count(), 1);
        QCOMPARE(m_editor->content(), "/abc");
        m_editor->setAccess(CodeEditor::Access::ReadOnly);
        type(u"/"_s);
        QCOMPARE(slashed.count(), 1); // nothing to type into: the page's key
    }

    void severalCarets()
    {
        m_editor->setContent("port: 1\nport: 2\nport: 3\n");
        m_editor->goTo({1, 2});
        key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(m_editor->selectedText(), u"port"_s);
        key(Qt::Key_D, Qt::ControlModifier);
        type(u"p"_s);
        QCOMPARE(m_editor->content(), "p: 1\np: 2\nport: 3\n");
    }

    void problemsCanBeVisited()
    {
        m_editor->setFormat(Format::Yaml);
        m_editor->setContent("a: 1\nb: 2\nc: 3\n");
        m_editor->setProblems({{Problem::Severity::Error, 2, 1, u"one"_s},
                               {Problem::Severity::Warning, 3, 4, u"two"_s},
                               {Problem::Severity::Hint, 99, 1, u"three"_s}});
        m_editor->goToNextProblem();
        QCOMPARE(m_editor->caret(), (Place{2, 1}));
        m_editor->goToNextProblem();
        QCOMPARE(m_editor->caret(), (Place{3, 4}));
        m_editor->goToPreviousProblem();
        QCOMPARE(m_editor->caret(), (Place{2, 1}));
        m_editor->setProblems({});
        m_editor->goToNextProblem();
        QCOMPARE(m_editor->caret(), (Place{2, 1}));
    }

    // find and replace

    void findCountsAndWalks()
    {
        m_editor->setContent("timeout: 1\nread: 2\nTIMEOUT: 3\n");
        key(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(m_editor->isFindOpen());
        QTest::keyClicks(findText(), u"timeout"_s);
        QCOMPARE(status(), u"2 found"_s);
        QTest::keyClick(findText(), Qt::Key_Return);
        QTest::keyClick(findText(), Qt::Key_Return);
        QCOMPARE(status(), u"2 of 2"_s);
        QCOMPARE(m_editor->selectedText(), u"TIMEOUT"_s);
        QTest::keyClick(findText(), Qt::Key_Return);
        QCOMPARE(status(), u"1 of 2"_s);
        QTest::keyClick(findText(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(status(), u"2 of 2"_s);
        m_editor->findChild<QToolButton *>(u"findCase"_s)->click();
        QCOMPARE(status(), u"1 found"_s);
        findText()->setText(u"nothing"_s);
        QCOMPARE(status(), u"not found"_s);
        QTest::keyClick(findText(), Qt::Key_Escape);
        QVERIFY(!m_editor->isFindOpen());
        QVERIFY(surface()->hasFocus());
    }

    void replaceByExpressionIsOneStep()
    {
        m_editor->setContent(u"a=1\n规=22\nb=3\n"_s.toUtf8());
        m_editor->openFind(CodeEditor::FindMode::Replace);
        m_editor->findChild<QToolButton *>(u"findRegex"_s)->click();
        findText()->setText(u"(\\w+)=(\\d+)"_s);
        QCOMPARE(status(), u"3 found"_s);
        m_editor->findChild<QLineEdit *>(u"findReplacement"_s)->setText(u"\\1: \\2"_s);
        m_editor->findChild<QToolButton *>(u"findReplaceAll"_s)->click();
        QCOMPARE(m_editor->content(), u"a: 1\n规: 22\nb: 3\n"_s.toUtf8());
        m_editor->undo();
        QCOMPARE(m_editor->content(), u"a=1\n规=22\nb=3\n"_s.toUtf8());
    }

    void replaceOneByOne()
    {
        m_editor->setContent("a a a");
        m_editor->openFind(CodeEditor::FindMode::Replace);
        findText()->setText(u"a"_s);
        m_editor->findChild<QLineEdit *>(u"findReplacement"_s)->setText(u"aa"_s);
        auto *one = m_editor->findChild<QToolButton *>(u"findReplaceOne"_s);
        one->click(); // goes to the first
        one->click();
        one->click();
        QCOMPARE(m_editor->content(), "aa aa a");
    }

    void goToLineByTheBar()
    {
        m_editor->setContent("a\nb\nccc\n");
        m_editor->openGoToLine();
        auto *line = m_editor->findChild<QLineEdit *>(u"findLine"_s);
        QVERIFY(line->hasFocus());
        line->setText(u"3:2"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(m_editor->caret(), (Place{3, 2}));
        QVERIFY(surface()->hasFocus());
    }

    // formats and size

    void everyFormatPaintsInBothShades_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("yaml") << int(Format::Yaml) << QByteArray("# c\nkey: &a \"text\"\nlist:\n  - 1\n  - true\n");
        QTest::newRow("json") << int(Format::Json) << QByteArray("{\"a\": [1, true, null, \"x\"]}");
        QTest::newRow("xml") << int(Format::Xml) << QByteArray("<?xml version=\"1.0\"?><a b='c'><!-- d -->e&amp;<![CDATA[f]]></a>");
        QTest::newRow("html") << int(Format::Html) << QByteArray("<!doctype html><p class=\"a\">b<script>let x = 1;</script></p>");
        QTest::newRow("properties") << int(Format::Properties) << QByteArray("# c\na.b=1\nc: 2\n[s]\n");
        QTest::newRow("toml") << int(Format::Toml)
                              << QByteArray("# c\ntitle = \"x\"\n[a.b]\nn = 1_000\nt = 1979-05-27T07:32:00Z\nm = \"\"\"\none "
                                            "\"two\"\n\"\"\"\nb = true # d\n[[c]]\np = { x = 1, y = 'z' }\n");
        QTest::newRow("text") << int(Format::Text) << QByteArray("anything\n");
    }
    void everyFormatPaintsInBothShades()
    {
        QFETCH(int, format);
        QFETCH(QByteArray, content);
        m_editor->setContent(content);
        const auto colors = [this] {
            QSet<QRgb> seen;
            const QImage image = m_editor->grab().toImage();
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    seen.insert(image.pixel(x, y));
            return seen;
        };
        const auto plain = colors();
        m_editor->setFormat(Format(format));
        const auto light = colors();
        if (Format(format) != Format::Text) {
            QVERIFY(light != plain);
            QVERIFY(light.contains(Theme::color(Token::Base).rgb()));
        }
        Theme::setAppearance(Appearance::Dark);
        QTRY_VERIFY(!colors().contains(0xFFFFFFFF)); // no white paper left, as soon as the change has gone round
        QVERIFY(colors().contains(Theme::color(Token::Base, Shade::Dark).rgb()));
        Theme::setAppearance(Appearance::Light);
        QTRY_COMPARE(colors(), light);
        QCOMPARE(m_editor->content(), content);
    }

    void tenMebibytes()
    {
        QByteArray content;
        content.reserve(10 * 1024 * 1024 + 100);
        for (int i = 0; content.size() < 10 * 1024 * 1024; ++i)
            content += "service" + QByteArray::number(i) + ":\n  endpoint: http://10.0.0.1:8080/path/" + QByteArray::number(i) +
                "\n  weight: " + QByteArray::number(i % 100) + "\n";
        QElapsedTimer timer;
        timer.start();
        m_editor->setFormat(Format::Yaml);
        m_editor->setContent(content);
        QCoreApplication::processEvents();
        // Printed for people; the bench measures, a busy machine must not fail a test.
        qInfo("open: %lld ms", static_cast<long long>(timer.restart()));
        const auto typed = [&](const char *where) {
            QList<qint64> times;
            for (int i = 0; i < 40; ++i) {
                timer.restart();
                type(u"x"_s);
                QCoreApplication::processEvents();
                times.append(timer.nsecsElapsed() / 1000);
            }
            std::sort(times.begin(), times.end());
            qInfo("typing %s: median %lld us, worst %lld us", where, static_cast<long long>(times.at(20)),
                  static_cast<long long>(times.last()));
        };
        typed("at the beginning");
        timer.restart();
        m_editor->goTo({m_editor->lineCount() / 2, 1});
        QCoreApplication::processEvents();
        qInfo("to the middle: %lld ms", static_cast<long long>(timer.elapsed()));
        typed("in the middle");
        timer.restart();
        QCOMPARE(m_editor->content().size(), content.size() + 80);
        qInfo("content: %lld ms", static_cast<long long>(timer.restart()));
        m_editor->openFind();
        findText()->setText(u"weight: 42"_s);
        QTRY_VERIFY(status().contains(u"found"_s) || status().contains(u"more"_s));
        qInfo("find: %lld ms", static_cast<long long>(timer.elapsed()));
    }
};

SIGNALBOX_TEST(TstCodeEditor)
#include "tst_codeeditor.moc"
