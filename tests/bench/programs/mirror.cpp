// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/mirror.h"
#include "core/nacos/registry.h"
#include "core/net/grpc/grpcruntime.h"
#include "core/profiles/profilestore.h"
#include "core/store/home.h"
#include "tests/support/fakesecretstore.h"

#include <cstdio>
#include <QCoreApplication>
#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using namespace core;

/// bench_mirror HOME PROFILE COUNT: remembers that many configurations in the home's mirror, as a list of the server would have told.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList words = app.arguments();
    if (words.size() != 4) {
        std::fprintf(stderr, "bench_mirror HOME PROFILE COUNT\n");
        return 2;
    }
    const auto home = store::Home::open(words.at(1));
    const profiles::ProfileStore profiles(words.at(1));
    const auto profile = profiles.findByName(words.at(2));
    if (!home || !profile) {
        std::fprintf(stderr, "bench_mirror: no such home or profile\n");
        return 1;
    }
    net::GrpcRuntime runtime;
    tests::FakeSecretStore secrets;
    const nacos::Registry registry(*profile, nacos::Registry::Collaborators{{runtime, secrets}, {}}, nacos::Session::Use::OneShot);
    static const QStringList Types{u"yaml"_s, u"properties"_s, u"json"_s, u"text"_s};
    QList<store::MirrorItem> items;
    const int count = words.at(3).toInt();
    items.reserve(count);
    for (int i = 0; i < count; ++i) {
        const nacos::ConfigKey key{u"public"_s, u"GROUP_%1"_s.arg(i % 7),
                                   u"service-%1.%2"_s.arg(i, 6, 10, QChar(u'0')).arg(Types.at(i % 4))};
        store::MirrorItem item;
        item.local = (*key.address(u"x"_s)).local();
        item.md5 = QCryptographicHash::hash(QByteArray::number(i), QCryptographicHash::Md5).toHex();
        item.type = Types.at(i % 4);
        item.app = u"app-%1"_s.arg(i % 40);
        item.tags = {u"team-%1"_s.arg(i % 12)};
        item.size = 200 + i % 5000;
        item.changedBy = u"operator-%1"_s.arg(i % 9);
        item.changedAt = QDateTime::fromSecsSinceEpoch(1700000000 + i, Qt::UTC);
        item.seenAt = QDateTime::currentDateTimeUtc();
        items.append(item);
    }
    store::Mirror mirror(**home);
    mirror.upsert({registry.mirrorScope()}, items)->then(&app, [](const Result<Done> &done) {
        if (!done)
            std::fprintf(stderr, "bench_mirror: %s\n", qPrintable(done.error().message));
        QCoreApplication::exit(done ? 0 : 1);
    });
    return QCoreApplication::exec();
}
