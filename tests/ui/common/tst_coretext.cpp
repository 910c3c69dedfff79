// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/validate.h"
#include "tests/support/testmain.h"
#include "ui/common/coretext.h"

#include <QTest>
#include <QTranslator>

using namespace Qt::StringLiterals;
using core::text::Format;

namespace {

/// Translates everything that is in the table, and shows it.
class Marking final : public QTranslator {
public:
    QString translate(const char *context, const char *source, const char *, int) const override
    {
        return qstrcmp(context, "ui::CoreText") == 0 ? u"«%1»"_s.arg(QString::fromUtf8(source)) : QString();
    }
    bool isEmpty() const override { return false; }
};

} // namespace

class TstCoreText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatACheckSaysHasItsPhrase_data()
    {
        QTest::addColumn<Format>("format");
        QTest::addColumn<QByteArray>("content");
        const auto row = [](const char *name, Format format, const char *content) { QTest::newRow(name) << format << QByteArray(content); };
        row("json cut", Format::Json, "{\"a\": [1, 2");
        row("json comma", Format::Json, "{\"a\": 1 \"b\": 2}");
        row("json number", Format::Json, "[01]");
        row("json word", Format::Json, "[True]");
        row("json twice", Format::Json, "{\"a\": 1, \"a\": 2}");
        row("json behind", Format::Json, "{} x");
        row("json value", Format::Json, "{\"a\": }");
        row("json quotes", Format::Json, "{'a': 1}");
        row("yaml tab", Format::Yaml, "a:\n\tb: 1\n");
        row("yaml bracket", Format::Yaml, "a: [1, 2\n");
        row("yaml twice", Format::Yaml, "a: 1\na: 2\n");
        row("yaml colon", Format::Yaml, "a: b: c\n");
        row("yaml anchor", Format::Yaml, "a: *nowhere\n");
        row("yaml quote", Format::Yaml, "a: \"b\n");
        row("xml tag", Format::Xml, "<a><b></a>");
        row("xml entity", Format::Xml, "<a>&nope;</a>");
        row("xml empty", Format::Xml, " ");
        row("toml twice", Format::Toml, "a = 1\na = 2\n");
        row("toml string", Format::Toml, "a = \"b\n");
        row("properties twice", Format::Properties, "a=1\na=2\n");
        row("properties escape", Format::Properties, "a=\\u12\n");
        row("properties bare", Format::Properties, "abc\n");
        row("html tag", Format::Html, "<div><b></div>");
    }
    void whatACheckSaysHasItsPhrase()
    {
        QFETCH(Format, format);
        QFETCH(QByteArray, content);
        const QList<core::text::Problem> problems = core::text::validate(format, content);
        QVERIFY(!problems.isEmpty());
        Marking marking;
        QCoreApplication::installTranslator(&marking);
        for (const core::text::Problem &problem : problems) {
            const QString text = ui::coreText(problem.message);
            QVERIFY2(text.startsWith(u'«'), qPrintable(problem.message));
            QVERIFY2(!text.contains("%1"_L1), qPrintable(text));
        }
        QCoreApplication::removeTranslator(&marking);
    }

    void valuesStayInTheirPlace()
    {
        QCOMPARE(ui::coreText(u"duplicated key \"a.b\" (first in line 7)"_s), u"duplicated key \"a.b\" (first in line 7)"_s);
        QCOMPARE(ui::coreText(u"duplicated key \"%2\" (first in line 7)"_s), u"duplicated key \"%2\" (first in line 7)"_s);
        QCOMPARE(ui::coreText(u"never heard of"_s), u"never heard of"_s);
    }
};

SIGNALBOX_TEST(TstCoreText)
#include "tst_coretext.moc"
