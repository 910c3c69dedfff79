// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/common/uitest.h"
#include "ui/common/foldingbar.h"
#include "ui/common/widgets.h"

#include <QHBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;
using namespace ui;

class TstFoldingBar : public QObject {
    Q_OBJECT

    std::unique_ptr<QWidget> m_window; ///< a window of its own would not become narrower than its contents
    FoldingBar *m_bar = nullptr;
    QuietButton *m_copy = nullptr;
    QuietButton *m_compare = nullptr;
    QLabel *m_words = nullptr;

    static bool isFolded(const QToolButton *button) { return button->toolButtonStyle() == Qt::ToolButtonIconOnly; }

private Q_SLOTS:
    void initTestCase() { tests::ensureTheme(); }
    void init()
    {
        tests::strict();
        m_window = std::make_unique<QWidget>();
        m_window->resize(1000, 60);
        m_bar = new FoldingBar(m_window.get());
        auto *layout = new QHBoxLayout(m_bar);
        m_copy = new QuietButton(Icon::Copy, u"Copy all of it"_s, m_bar);
        m_compare = new QuietButton(Icon::Compare, u"Compare with another"_s, m_bar);
        m_compare->setToolTip(u"Its own words"_s);
        m_words = new QLabel(u"3"_s, m_bar);
        layout->addWidget(m_copy);
        layout->addWidget(m_compare);
        layout->addStretch();
        layout->addWidget(m_words);
        m_bar->addFolding(m_copy);
        m_bar->addFolding(m_compare);
        m_bar->resize(900, 36);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup() { m_window.reset(); }

    void wordsGoWhenThereIsNoRoom_andComeBack()
    {
        QTRY_VERIFY(!isFolded(m_copy) && !isFolded(m_compare));
        QVERIFY(m_copy->toolTip().isEmpty());
        m_bar->resize(m_bar->minimumSizeHint().width(), 36);
        QTRY_VERIFY(isFolded(m_copy) && isFolded(m_compare));
        // What is not written is still said.
        QCOMPARE(m_copy->toolTip(), u"Copy all of it"_s);
        QCOMPARE(m_copy->accessibleName(), u"Copy all of it"_s);
        QCOMPARE(m_compare->toolTip(), u"Its own words"_s);
        m_bar->resize(900, 36);
        QTRY_VERIFY(!isFolded(m_copy) && !isFolded(m_compare));
        QVERIFY(m_copy->toolTip().isEmpty());
        QCOMPARE(m_compare->toolTip(), u"Its own words"_s);
    }

    void longerNeighboursAndWordsFoldIt()
    {
        m_bar->resize(m_bar->sizeHint().width() + 10, 36);
        QTRY_VERIFY(!isFolded(m_copy));
        m_words->setText(u"1,204 of 100,000 · live"_s);
        QTRY_VERIFY(isFolded(m_copy));
        m_words->setText(u"3"_s);
        QTRY_VERIFY(!isFolded(m_copy));
        m_copy->setText(u"Copy very much more of it than before"_s);
        QTRY_VERIFY(isFolded(m_copy));
        QCOMPARE(m_copy->accessibleName(), m_copy->text());
    }

    void hiddenButtonsTakeNoRoom()
    {
        m_compare->hide();
        QTRY_VERIFY(!isFolded(m_copy));
        m_bar->resize(m_bar->layout()->sizeHint().width() + 4, 36);
        QTRY_VERIFY(!isFolded(m_copy));
        m_compare->show();
        QTRY_VERIFY(isFolded(m_copy) && isFolded(m_compare));
        // It never makes its window wider.
        QVERIFY(m_bar->minimumSizeHint().width() <= 160);
    }
};

SIGNALBOX_TEST(TstFoldingBar)
#include "tst_foldingbar.moc"
