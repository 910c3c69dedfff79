// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/formpage.h"
#include "ui/common/messagebar.h"
#include "ui/common/prompts.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

class NameForm final : public FormPage {
public:
    NameForm()
        : name(new QLineEdit)
        , port(new QLineEdit)
    {
        setWindowTitle(u"profile"_s);
        addField(u"name"_s, u"&Name"_s, name);
        addField(u"port"_s, u"&Port"_s, port, u"8848 by default"_s);
        connect(name, &QLineEdit::textChanged, this, [this] { touched(); });
        connect(port, &QLineEdit::textChanged, this, [this] { touched(); });
    }
    void load(const QString &value)
    {
        m_loaded = value;
        name->setText(value);
        port->setText(u"8848"_s);
        loaded();
    }
    bool isModified() const override { return name->text() != m_loaded || port->text() != u"8848"_s; }
    QList<FormProblem> validate() const override
    {
        QList<FormProblem> problems;
        if (name->text().isEmpty())
            problems.append({u"name"_s, u"A name is needed."_s, FormProblem::Severity::Error});
        if (port->text() == u"80"_s)
            problems.append({u"port"_s, u"An unusual port."_s, FormProblem::Severity::Warning});
        if (name->text() == u"twice"_s)
            problems.append({{}, u"There is one of that name."_s, FormProblem::Severity::Error});
        return problems;
    }
    void revert() override { load(m_loaded); }
    void answerSaved()
    {
        m_loaded = name->text();
        setSaved();
    }
    void answerFailed(const core::Error &error) { setFailed(error, u"Cannot save"_s); }

    QLineEdit *name;
    QLineEdit *port;

private:
    QString m_loaded;
};

} // namespace

class TstFormPage : public QObject {
    Q_OBJECT

    std::unique_ptr<NameForm> m_form;
    QPushButton *save() const { return m_form->findChild<QPushButton *>(u"formSave"_s); }
    QPushButton *revert() const { return m_form->findChild<QPushButton *>(u"formRevert"_s); }
    QLabel *problem(const QString &field) const { return m_form->findChild<QLabel *>(u"problem."_s + field); }

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init()
    {
        tests::strict();
        m_form = std::make_unique<NameForm>();
        m_form->load(u"staging"_s);
        m_form->resize(400, 300);
        m_form->show();
        QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    }
    void cleanup() { m_form.reset(); }

    void fieldsHaveNames()
    {
        QCOMPARE(m_form->name->objectName(), u"field.name"_s);
        QCOMPARE(m_form->name->accessibleName(), u"Name"_s);
    }

    void savesOnlyWhatChangedAndIsRight()
    {
        QSignalSpy requested(m_form.get(), &FormPage::saveRequested), modified(m_form.get(), &FormPage::modifiedChanged);
        QVERIFY(!save()->isEnabled());
        m_form->port->setFocus();
        m_form->name->setText(u"prod"_s);
        QVERIFY(save()->isEnabled());
        QCOMPARE(modified.count(), 1);
        m_form->name->clear();
        QTRY_VERIFY(!problem(u"name"_s)->isHidden());
        QVERIFY(!save()->isEnabled());
        QCOMPARE(problem(u"name"_s)->text(), u"A name is needed."_s);
        m_form->name->setText(u"prod"_s);
        QTRY_VERIFY(problem(u"name"_s)->isHidden());
        save()->click();
        QCOMPARE(requested.count(), 1);
        QVERIFY(!save()->isEnabled()); // under way
        m_form->save();
        QCOMPARE(requested.count(), 1);
        m_form->answerSaved();
        QVERIFY(!m_form->isModified());
        QVERIFY(m_form->name->isEnabled());
    }

    void whileSomebodyWritesNothingIsMarked()
    {
        m_form->name->setFocus();
        m_form->name->clear();
        QTRY_VERIFY(m_form->hasErrors());
        QVERIFY(problem(u"name"_s)->isHidden());
        QVERIFY(save()->isEnabled()); // pressing it says what is wrong
        m_form->port->setFocus();
        QVERIFY(!problem(u"name"_s)->isHidden());
        QVERIFY(!save()->isEnabled());
        // Marked it is followed while it is put right.
        m_form->name->setFocus();
        QVERIFY(!problem(u"name"_s)->isHidden());
        m_form->name->setText(u"x"_s);
        QTRY_VERIFY(problem(u"name"_s)->isHidden());
        m_form->name->clear();
        QTRY_VERIFY(m_form->hasErrors());
        QVERIFY(problem(u"name"_s)->isHidden());
        m_form->save();
        QVERIFY(!problem(u"name"_s)->isHidden());
    }

    void saveAtOnceChecksFirst()
    {
        QSignalSpy requested(m_form.get(), &FormPage::saveRequested);
        m_form->name->clear();
        m_form->port->setFocus();
        m_form->save(); // before the 300 ms have passed
        QCOMPARE(requested.count(), 0);
        QVERIFY(m_form->hasErrors());
        QCOMPARE(QApplication::focusWidget(), m_form->name);
    }

    void warningsDoNotStopSaving()
    {
        m_form->port->setText(u"80"_s);
        QTRY_VERIFY(!problem(u"port"_s)->isHidden());
        QVERIFY(save()->isEnabled());
    }

    void problemsOfTheWholeStandInTheBar()
    {
        m_form->name->setText(u"twice"_s);
        QTRY_COMPARE(m_form->messageBar()->current().text, u"There is one of that name."_s);
        QVERIFY(!save()->isEnabled());
        m_form->name->setText(u"once"_s);
        QTRY_VERIFY(m_form->messageBar()->isEmpty());
    }

    void failureKeepsEverythingOpen()
    {
        m_form->name->setText(u"prod"_s);
        m_form->save();
        m_form->answerFailed({core::Error::Kind::Conflict, u"exists"_s, 0, false});
        QVERIFY(m_form->isModified());
        QVERIFY(save()->isEnabled());
        QVERIFY(m_form->messageBar()->current().text.startsWith(u"Cannot save: "_s));
    }

    void revertGoesBack()
    {
        m_form->name->setText(u"prod"_s);
        revert()->click();
        QCOMPARE(m_form->name->text(), u"staging"_s);
        QVERIFY(!m_form->isModified());
        QVERIFY(!revert()->isEnabled());
    }

    void leaving_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<bool>("left");
        QTest::newRow("save") << u"save"_s << true;
        QTest::newRow("discard") << u"discard"_s << true;
        QTest::newRow("cancel") << u"cancel"_s << false;
    }
    void leaving()
    {
        QFETCH(QString, answer);
        QFETCH(bool, left);
        prompts::ScriptedAnswers script;
        if (answer == "save"_L1)
            script.leave(prompts::Leave::Save);
        else if (answer == "discard"_L1)
            script.leave(prompts::Leave::Discard);
        else
            script.cancel();
        QSignalSpy requested(m_form.get(), &FormPage::saveRequested);
        bool gone = false;
        m_form->leave(this, [&] { gone = true; });
        QVERIFY(gone); // nothing to lose
        gone = false;
        m_form->name->setText(u"prod"_s);
        m_form->leave(this, [&] { gone = true; });
        QTRY_COMPARE(script.left(), 0);
        QTRY_COMPARE(requested.count(), answer == "save"_L1 ? 1 : 0);
        if (answer == "save"_L1) {
            QVERIFY(!gone);
            m_form->answerSaved();
        }
        QTRY_COMPARE(gone, left);
    }
};

SIGNALBOX_TEST(TstFormPage)
#include "tst_formpage.moc"
