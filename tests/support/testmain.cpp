// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testmain.h"

#include <QStandardPaths>
#include <QTest>
#ifdef SIGNALBOX_TEST_WIDGETS
#include <QApplication>
#else
#include <QCoreApplication>
#endif
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

struct Entry {
    QString name;
    std::function<std::unique_ptr<QObject>()> make;
};

QList<Entry> &entries()
{
    static QList<Entry> list;
    return list;
}

} // namespace

tests::Registration::Registration(const char *name, std::function<std::unique_ptr<QObject>()> make)
{
    entries().append({QString::fromLatin1(name), std::move(make)});
}

int main(int argc, char **argv)
{
    QStandardPaths::setTestModeEnabled(true);
#ifdef SIGNALBOX_TEST_WIDGETS
    QApplication app(argc, argv);
#else
    QCoreApplication app(argc, argv);
#endif
    QCoreApplication::setApplicationName(u"signalbox-tests"_s);
    QStringList arguments = app.arguments();
    QString only;
    if (arguments.size() > 1 && !arguments.at(1).startsWith(u'-'))
        only = arguments.takeAt(1);
    int failures = 0, run = 0;
    for (const Entry &entry : std::as_const(entries())) {
        if (!only.isEmpty() && entry.name != only)
            continue;
        const std::unique_ptr<QObject> object = entry.make();
        failures += QTest::qExec(object.get(), arguments);
        ++run;
    }
    if (run == 0) {
        std::fprintf(stderr, "no test class of that name\n");
        return 1;
    }
    return failures == 0 ? 0 : 1;
}
