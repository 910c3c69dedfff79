// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/codeeditor.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace ui;
using core::text::Format;
using core::text::SecretSpan;

/// Secrets in an editor: hidden, shown on purpose, out of the way of who types.
class TstCodeEditorMasks : public QObject {
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
    void cleanup() { m_editor.reset(); }

    void maskedValuesAreDots()
    {
        const QByteArray content = "user: a\npassword: hunter22hunter22\nend: 1\n";
        m_editor->setContent(content);
        const QImage open = m_editor->grab().toImage();
        QSignalSpy count(m_editor.get(), &CodeEditor::maskedCountChanged);
        m_editor->setSecrets({{content.indexOf("hunter22"), 16, 2, u"password"_s}});
        QCOMPARE(m_editor->maskedCount(), 1);
        QCOMPARE(count.count(), 1);
        QVERIFY(m_editor->grab().toImage() != open);
        QCOMPARE(m_editor->content(), content); // only what is shown
        m_editor->goTo({2, 14});
        key(Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(m_editor->maskedCount(), 0);
        // Found again after typing, but uncovered by the person: it stays so.
        m_editor->setSecrets({{content.indexOf("hunter22"), 16, 2, u"password"_s}});
        QCOMPARE(m_editor->maskedCount(), 0);
        m_editor->maskAll();
        QCOMPARE(m_editor->maskedCount(), 1);
        m_editor->revealAll();
        QCOMPARE(m_editor->maskedCount(), 0);
    }

    void severalMasksStandAlone()
    {
        const QByteArray content = "\xEF\xBB\xBF"
                                   "a: secret1\nb: secret2\n";
        m_editor->setContent(content);
        m_editor->setSecrets({{content.indexOf("secret1"), 7, 1, u"a"_s}, {content.indexOf("secret2"), 7, 2, u"b"_s}});
        QCOMPARE(m_editor->maskedCount(), 2);
        m_editor->revealAt({2, 5});
        QCOMPARE(m_editor->maskedCount(), 1);
        m_editor->revealAt({2, 5}); // nothing more there
        QCOMPARE(m_editor->maskedCount(), 1);
        m_editor->revealAt({1, 4});
        QCOMPARE(m_editor->maskedCount(), 0);
    }

    void maskedValuesAreNotFound()
    {
        const QByteArray content = "password: hunter\nnote: hunter\n";
        m_editor->setContent(content);
        m_editor->setSecrets({{10, 6, 1, u"password"_s}});
        m_editor->openFind();
        findText()->setText(u"hunter"_s);
        QVERIFY(status().startsWith(u"1 found"_s));
        QVERIFY(status().contains(u"1 masked"_s));
        m_editor->revealAll();
        m_editor->closeFind();
        m_editor->openFind();
        QCOMPARE(status(), u"2 found"_s);
    }

    void copyTellsNobodyAndPasteInsideLosesNothing()
    {
        const QByteArray content = "password: hunter22\n";
        m_editor->setContent(content);
        m_editor->setSecrets({{10, 8, 1, u"password"_s}});
        m_editor->selectAll();
        key(Qt::Key_C, Qt::ControlModifier);
        const QMimeData *data = QGuiApplication::clipboard()->mimeData();
        for (const QString &format : data->formats())
            QVERIFY2(!data->data(format).contains("hunter22"), qPrintable(format));
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"password: "_s));
        key(Qt::Key_V, Qt::ControlModifier); // over the selection
        QCOMPARE(m_editor->content(), content);
        m_editor->setContent("");
        QGuiApplication::clipboard()->setText(u"plain"_s);
        key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(m_editor->content(), "plain");
    }

    void typingIntoAMaskUncoversIt()
    {
        m_editor->setContent("password: hunter22\n");
        m_editor->setSecrets({{10, 8, 1, u"password"_s}});
        m_editor->goTo({1, 14});
        type(u"x"_s);
        QTRY_COMPARE(m_editor->maskedCount(), 0);
        QCOMPARE(m_editor->content(), "password: hunxter22\n");
        m_editor->setContent("password: hunter22\n");
        m_editor->setSecrets({{10, 8, 1, u"password"_s}});
        m_editor->goTo({1, 1});
        type(u"x"_s);
        QCOMPARE(m_editor->maskedCount(), 1);
    }

    /// What a key costs must not grow with the number of secrets.
    void manySecrets_costAKeyNothing()
    {
        QByteArray content;
        QList<SecretSpan> spans;
        for (int i = 0; i < 120'000; ++i) {
            content += "key" + QByteArray::number(i) + ":\n    password: ";
            spans.append({content.size(), 32, 3 * i + 2, u"password"_s});
            content += QByteArray(32, 's') + "\n    note: this one is filled up to its length ...\n";
        }
        m_editor->setFormat(Format::Yaml);
        m_editor->setContent(content);
        QElapsedTimer timer;
        qint64 worst = 0;
        const auto timed = [&](const auto &work) {
            timer.restart();
            work();
            worst = qMax(worst, timer.nsecsElapsed() / 1000);
        };
        const auto settled = [&] {
            // One turn of the loop after the other, as a key would have to wait for it.
            for (int turns = 0; turns < 1000 && m_editor->maskedCount() != 120'000; ++turns)
                timed([] { QCoreApplication::processEvents(QEventLoop::AllEvents); });
            return m_editor->maskedCount() == 120'000;
        };
        timed([&] { m_editor->setSecrets(spans); });
        QVERIFY(settled());
        qInfo("%lld bytes, hidden for the first time: worst turn %lld us", static_cast<long long>(content.size()),
              static_cast<long long>(worst));
        for (const int line : {1, 180'001, 360'001}) {
            m_editor->goTo({line, 1});
            QCoreApplication::processEvents();
            worst = 0;
            timed([&] { type(u"x"_s); });
            timed([] { QCoreApplication::processEvents(); });
            const qint64 typed = std::exchange(worst, 0);
            QCOMPARE(m_editor->maskedCount(), 120'000);
            for (SecretSpan &span : spans)
                span.offset += span.line >= line ? 1 : 0;
            timed([&] { m_editor->setSecrets(spans); });
            // Nothing of it is marked anew, let alone uncovered meanwhile.
            QCOMPARE(m_editor->maskedCount(), 120'000);
            qInfo("line %d: a key %lld us, found again %lld us", line, static_cast<long long>(typed), static_cast<long long>(worst));
        }
    }

    /// A change that makes many spans others is brought about in turns; a key that comes between loses nothing.
    void masksOnTheirWay_areOvertakenByAKey()
    {
        QByteArray content;
        QList<SecretSpan> all, half;
        for (int i = 0; i < 60'000; ++i) {
            content += "password: ";
            all.append({content.size(), 8, i + 1, u"password"_s});
            if (i % 2 == 0)
                half.append(all.last());
            content += "hunter22\n";
        }
        m_editor->setContent(content);
        m_editor->setSecrets(half);
        QTRY_COMPARE(m_editor->maskedCount(), 30'000);
        m_editor->setSecrets(all);
        m_editor->goTo({1, 1});
        type(u"x"_s);
        for (SecretSpan &span : all)
            ++span.offset;
        m_editor->setSecrets(all);
        QTRY_COMPARE(m_editor->maskedCount(), 60'000);
        m_editor->setSecrets({});
        QTRY_COMPARE(m_editor->maskedCount(), 0);
    }

    void deletedTextTakesItsMasksAlong()
    {
        const QByteArray content = "password: hunter22\na: 1\npassword: hunter33\npassword: hunter44\n";
        m_editor->setContent(content);
        m_editor->setSecrets({{10, 8, 1, u"password"_s}, {34, 8, 3, u"password"_s}, {53, 8, 4, u"password"_s}});
        QCOMPARE(m_editor->maskedCount(), 3);
        m_editor->replaceBytes(19, 24, {}); // lines 2 and 3
        QCOMPARE(m_editor->content(), "password: hunter22\npassword: hunter44\n");
        QCOMPARE(m_editor->maskedCount(), 2);
        m_editor->setSecrets({{10, 8, 1, u"password"_s}, {29, 8, 2, u"password"_s}});
        QCOMPARE(m_editor->maskedCount(), 2);
        m_editor->undo();
        QCOMPARE(m_editor->maskedCount(), 2);
        m_editor->setSecrets({{10, 8, 1, u"password"_s}, {34, 8, 3, u"password"_s}, {53, 8, 4, u"password"_s}});
        QCOMPARE(m_editor->maskedCount(), 3);
    }
};

SIGNALBOX_TEST(TstCodeEditorMasks)
#include "tst_codeeditormasks.moc"
