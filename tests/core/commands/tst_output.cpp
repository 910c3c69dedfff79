// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/common/output.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace core::commands;

namespace {

class Recorded final : public Output {
public:
    using Output::Output;
    QByteArray out, err;

protected:
    void writeOut(const QByteArray &bytes) override { out += bytes; }
    void writeErr(const QByteArray &bytes) override { err += bytes; }
};

GlobalOptions json()
{
    GlobalOptions options;
    options.format = GlobalOptions::Format::Json;
    return options;
}

} // namespace

class TstOutput final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void errorIsOneJsonLineAndStandardOutputStaysEmpty()
    {
        Recorded output(json());
        output.error({Error::Kind::NotFound, u"no such configuration"_s, 300, false});
        QVERIFY(output.out.isEmpty());
        QCOMPARE(output.err.count('\n'), 1);
        const QJsonObject error = QJsonDocument::fromJson(output.err).object().value(u"error"_s).toObject();
        QCOMPARE(error.value(u"kind"_s).toString(), u"NotFound"_s);
        QCOMPARE(error.value(u"code"_s).toInt(), 300);
        QCOMPARE(error.value(u"retryable"_s).toBool(true), false);
    }

    void remarksAreNotLostWhenTheCallFails()
    {
        Recorded output(json());
        output.warn(u"profiles.json was damaged"_s);
        output.error({Error::Kind::NotFound, u"no such connection"_s, 0, false});
        const QJsonObject line = QJsonDocument::fromJson(output.err).object();
        QCOMPARE(line.value(u"notes"_s).toArray(), (QJsonArray{u"profiles.json was damaged"_s}));
        QVERIFY(line.contains(u"error"_s));
        QCOMPARE(output.err.count('\n'), 1);
        output.end();
        QCOMPARE(output.err.count('\n'), 1); // told once

        Recorded bytes(json());
        bytes.warn(u"something"_s);
        bytes.bytes("content");
        bytes.end();
        QCOMPARE(bytes.out, "content"_ba);
        QCOMPARE(bytes.err, "{\"notes\":[\"something\"]}\n"_ba);

        Recorded plain((GlobalOptions()));
        plain.warn(u"something"_s);
        plain.end();
        QCOMPARE(plain.err, "something\n"_ba);
    }

    void fieldsAreReadable()
    {
        const QJsonObject object{{u"slug"_s, u"shop"_s},
                                 {u"servers"_s, QJsonArray{u"http://a:1"_s, u"http://b:2"_s}},
                                 {u"auth"_s, QJsonObject{{u"kind"_s, u"password"_s}, {u"user"_s, u"me"_s}}},
                                 {u"headers"_s,
                                  QJsonArray{QJsonObject{{u"name"_s, u"X-Team"_s}, {u"value"_s, u"blue"_s}},
                                             QJsonObject{{u"name"_s, u"X-Key"_s}, {u"secret"_s, true}}}},
                                 {u"default"_s, true},
                                 {u"grpcPort"_s, 9848},
                                 {u"nothing"_s, QJsonValue::Null}};
        const TextTable table = TextTable::ofFields(object);
        QCOMPARE(table.rows,
                 (QList<QStringList>{{u"auth.kind"_s, u"password"_s},
                                     {u"auth.user"_s, u"me"_s},
                                     {u"default"_s, u"yes"_s},
                                     {u"grpcPort"_s, u"9848"_s},
                                     {u"headers"_s, u"X-Team: blue, X-Key: (kept secret)"_s},
                                     {u"servers"_s, u"http://a:1, http://b:2"_s},
                                     {u"slug"_s, u"shop"_s}}));
    }

    void foreignNamesCannotSteerTheTerminal()
    {
        Recorded output((GlobalOptions()));
        output.table({{{u"name"_s}}, {{u"a\x1b[2Jb"_s}, {u"中文"_s}}});
        QVERIFY(!output.out.contains('\x1b'));
        QVERIFY(output.out.contains("\\u001b"));
        QVERIFY(output.out.contains("中文"));
    }

    void wideCharactersKeepColumnsAligned()
    {
        const TextTable table{{{u"name"_s}, {u"size"_s, TextTable::Align::Right}}, {{u"中文"_s, u"5"_s}, {u"abcd"_s, u"12"_s}}};
        QCOMPARE(table.toText(), u"name  size\n中文     5\nabcd    12\n"_s);
    }

    void aLongCellMovesOnlyItsOwnRow()
    {
        const QString longName(200, u'n');
        const TextTable table{{{u"name"_s}, {u"group"_s}}, {{u"ab"_s, u"G"_s}, {longName, u"G"_s}}};
        QCOMPARE(table.toText(), u"name  group\nab    G\n"_s + longName + u"  G\n"_s);
    }

    void exitCodesAreTheContract_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, Error::Kind kind, int code) { QTest::newRow(name) << int(kind) << code; };
        row("rejected", Error::Kind::Rejected, 1);
        row("rate limited", Error::Kind::RateLimited, 1);
        row("bad reply", Error::Kind::BadReply, 1);
        row("unsupported", Error::Kind::Unsupported, 1);
        row("internal", Error::Kind::Internal, 1);
        row("usage", Error::Kind::Usage, 2);
        row("not found", Error::Kind::NotFound, 3);
        row("auth", Error::Kind::Auth, 4);
        row("forbidden", Error::Kind::Forbidden, 4);
        row("conflict", Error::Kind::Conflict, 5);
        row("network", Error::Kind::Network, 6);
        row("timeout", Error::Kind::Timeout, 6);
        row("tls", Error::Kind::Tls, 6);
        row("policy", Error::Kind::Policy, 7);
        row("cancelled", Error::Kind::Cancelled, 130);
    }

    void exitCodesAreTheContract()
    {
        QFETCH(int, kind);
        QFETCH(int, code);
        QCOMPARE(exitCodeOf(Error::Kind(kind)), code);
    }
};

SIGNALBOX_TEST(TstOutput)
#include "tst_output.moc"
