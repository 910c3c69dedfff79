// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/guard.h"
#include "tests/core/guard/memoryserver.h"

#include <cstdio>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

/// A plan of 5,000 changes through the Guard: two synced journal entries and two reads each, on an executor that costs nothing. Prints
/// one JSON line.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int count = argc > 1 ? std::atoi(argv[1]) : 5000;
    tests::GuardFixture fixture;
    std::vector<tests::Change> changes;
    for (int i = 0; i < count; ++i)
        changes.push_back(tests::create(u"item-%1"_s.arg(i), QByteArray(1000, char('a' + i % 26)) + QByteArray::number(i)));
    const tests::Plan plan = tests::plan(std::move(changes));
    QElapsedTimer timer;
    timer.start();
    int applied = 0;
    auto *stream = fixture.submit(plan);
    stream->each(&app, [&](const QList<core::guard::ChangeOutcome> &batch) { applied += int(batch.size()); });
    stream->then(&app, [&](const core::Result<core::Done> &end) {
        const double seconds = double(timer.nsecsElapsed()) / 1e9;
        const QJsonObject row{{u"row"_s, u"guard: plan of 5,000, changes per second"_s},
                              {u"value"_s, qRound(applied / seconds)},
                              {u"unit"_s, u"1/s"_s},
                              {u"reach"_s, u">= 1000"_s},
                              {u"ok"_s, bool(end) && applied == count && applied / seconds >= 1000}};
        std::printf("%s\n", QJsonDocument(row).toJson(QJsonDocument::Compact).constData());
        QCoreApplication::quit();
    });
    return QCoreApplication::exec();
}
