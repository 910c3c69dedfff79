// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"
#include "tests/ui/models/samplerecords.h"
#include "ui/models/recordproxy.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using tests::Sample;
using tests::SampleModel;
using Tester = QAbstractItemModelTester;

class TstRecordModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void upsert_changesOnlyWhatDiffers()
    {
        SampleModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted), changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy records(&model, &ui::RecordModelBase::recordsChanged);
        model.upsert({{u"a"_s, u"g"_s, 1, {}}, {u"b"_s, u"g"_s, 2, {}}});
        model.upsert({{u"a"_s, u"g"_s, 1, {}}, {u"b"_s, u"g"_s, 3, {}}, {u"c"_s, u"g"_s, 1, {}}});
        QCOMPARE(inserted.count(), 2);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
        QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 1);
        QCOMPARE(records.count(), 1);
        QCOMPARE(records.at(0).at(0).toStringList(), QStringList{u"b"_s});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.rowOf(u"c"_s), 2);
        QCOMPARE(model.find(u"b"_s)->size, 3);
        QVERIFY(!model.find(u"z"_s));
    }

    void upsert_ofOneIdTwiceInABatchKeepsTheLater()
    {
        SampleModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        model.upsert({{u"a"_s, u"old"_s, 1, {}}, {u"b"_s, {}, 1, {}}, {u"a"_s, u"new"_s, 1, {}}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.find(u"a"_s)->group, u"new"_s);
    }

    void upsert_announcesNeighboursTogether()
    {
        SampleModel model;
        QList<Sample> rows;
        for (int i = 0; i < 10; ++i)
            rows.append({QString::number(i), u"g"_s, i, {}});
        model.upsert(rows);
        for (const int i : {1, 2, 3, 7})
            rows[i].size = 99;
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.upsert(rows);
        QCOMPARE(changed.count(), 2);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
        QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 3);
        QCOMPARE(changed.at(1).at(0).toModelIndex().row(), 7);
    }

    void remove_takesRangesAndKeepsTheRowsOfTheOthers()
    {
        SampleModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        QList<Sample> rows;
        for (int i = 0; i < 10; ++i)
            rows.append({QString::number(i), u"g"_s, i, {}});
        model.upsert(rows);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        model.remove({u"9"_s, u"2"_s, u"3"_s, u"nobody"_s, u"2"_s});
        QCOMPARE(removed.count(), 2);
        QCOMPARE(model.rowCount(), 7);
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.rowOf(model.idAt(row)), row);
    }

    // Told range by range, every row behind would be renumbered for each of them.
    void remove_ofManyScatteredIsOneStep()
    {
        constexpr int Count = 40'000;
        int asked = 0;
        ui::RecordModel<Sample> model(
            [&asked](const Sample &sample) {
                ++asked;
                return sample.id;
            },
            SampleModel::makeColumns());
        ui::RecordProxy proxy;
        proxy.setRecords(&model);
        proxy.setSort({u"group"_s});
        proxy.setQuery(ui::FilterQuery::parse(u"group:g"_s, model.filterFields()));
        QList<Sample> rows, rest;
        for (int i = 0; i < Count; ++i)
            rows.append({u"row%1"_s.arg(i), i % 3 ? u"g"_s : u"h"_s, i, {}});
        for (int i = 1; i < Count; i += 2)
            rest.append(rows.at(i));
        model.upsert(rows);
        const int shown = proxy.rowCount();
        QSignalSpy steps(&model, &QAbstractItemModel::rowsRemoved), resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy seen(&proxy, &QAbstractItemModel::rowsRemoved), anew(&proxy, &QAbstractItemModel::modelReset);
        asked = 0;
        model.sync(rest);
        QCOMPARE(steps.count() + seen.count(), 0);
        QCOMPARE(resets.count(), 1);
        QCOMPARE(anew.count(), 1);
        QVERIFY2(asked <= 2 * Count, qPrintable(QString::number(asked)));
        QCOMPARE(model.rowCount(), Count / 2);
        QVERIFY(model.rowsNow().isEmpty());
        for (int row = 0; row < model.rowCount(); ++row) {
            QCOMPARE(model.idAt(row), rest.at(row).id);
            QCOMPARE(model.at(row).id, rest.at(row).id);
            QCOMPARE(model.rowOf(rest.at(row).id), row);
        }
        QVERIFY(proxy.rowCount() < shown);
        ui::RecordProxy fresh;
        fresh.setRecords(&model);
        fresh.setQuery(proxy.query());
        fresh.setSort(proxy.primary());
        QCOMPARE(proxy.rowCount(), fresh.rowCount());
        for (int row = 0; row < fresh.rowCount(); ++row)
            QCOMPARE(proxy.idAt(row), fresh.idAt(row));
        model.upsert(rows);
        QCOMPARE(proxy.rowCount(), shown);
    }

    void sync_removesWhatIsNotThereAnyMore()
    {
        SampleModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.upsert({{u"a"_s, {}, 1, {}}, {u"b"_s, {}, 1, {}}, {u"c"_s, {}, 1, {}}});
        model.sync({{u"c"_s, {}, 2, {}}, {u"d"_s, {}, 1, {}}});
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.find(u"c"_s) && model.find(u"d"_s));
        QCOMPARE(model.find(u"c"_s)->size, 2);
        QCOMPARE(reset.count(), 0);
    }

    void reset_replacesTheSubject()
    {
        SampleModel model;
        Tester tester(&model, Tester::FailureReportingMode::QtTest);
        model.upsert({{u"a"_s, {}, 1, {}}});
        model.reset({{u"b"_s, {}, 1, {}}, {u"b"_s, {}, 2, {}}});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.at(0).size, 2);
        QCOMPARE(model.rowOf(u"a"_s), -1);
    }

    void data_answersByRole()
    {
        SampleModel model;
        const QDateTime time(QDate(2025, 11, 3), QTime(10, 0), Qt::UTC);
        model.upsert({{u"a"_s, u"g"_s, 1204, time}});
        QCOMPARE(model.index(0, 2).data().toString(), u"1204"_s);
        QCOMPARE(model.index(0, 2).data(ui::RecordModelBase::SortRole).toDouble(), 1204.0);
        QCOMPARE(model.index(0, 3).data(ui::RecordModelBase::SortRole).toDouble(), double(time.toMSecsSinceEpoch()));
        QVERIFY(Qt::Alignment(model.index(0, 2).data(Qt::TextAlignmentRole).toInt()).testFlag(Qt::AlignRight));
        QVERIFY(Qt::Alignment(model.headerData(2, Qt::Horizontal, Qt::TextAlignmentRole).toInt()).testFlag(Qt::AlignRight));
        QCOMPARE(model.index(0, 0).data(ui::RecordModelBase::IdRole).toString(), u"a"_s);
        QCOMPARE(model.filterText(0, 2, ui::FilterMatcher::Want::Number), u"1204"_s);
    }

    void missingValueIsNoNumber()
    {
        SampleModel model;
        model.upsert({{u"a"_s, {}, -1, {}}});
        QVERIFY(std::holds_alternative<std::monostate>(model.sortValue(0, 2)));
        QVERIFY(std::holds_alternative<std::monostate>(model.sortValue(0, 3)));
        QCOMPARE(model.filterText(0, 2, ui::FilterMatcher::Want::Number), QString());
    }

    void titlesFollowTheLanguage()
    {
        SampleModel model;
        QSignalSpy changed(&model, &QAbstractItemModel::headerDataChanged);
        model.setTitles({u"名称"_s});
        QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), u"名称"_s);
        QCOMPARE(model.filterFields().at(0).label, u"名称"_s);
        QCOMPARE(changed.count(), 1);
    }

    void distinctTextsAreSortedAndLimited()
    {
        SampleModel model;
        model.upsert({{u"1"_s, u"b"_s, 1, {}}, {u"2"_s, u"a"_s, 1, {}}, {u"3"_s, u"b"_s, 1, {}}, {u"4"_s, {}, 1, {}}});
        QCOMPARE(model.distinctTexts(1), (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(model.distinctTexts(1, 1).size(), 1);
    }
};

SIGNALBOX_TEST(TstRecordModel)
#include "tst_recordmodel.moc"
