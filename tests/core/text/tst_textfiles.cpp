// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/diff.h"
#include "core/text/flatten.h"
#include "core/text/inspect.h"
#include "core/text/merge.h"
#include "core/text/reformat.h"
#include "core/text/secrets.h"
#include "core/text/validate.h"
#include "tests/core/text/texttools.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::text;

/// Configurations as they are in the wild (tests/data/text), and what must hold for each of them.
class TstTextFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isValid_data() { files(); }
    void isValid();
    void isDetected_data() { files(); }
    void isDetected();
    void formattingKeepsEverything_data() { files(); }
    void formattingKeepsEverything();
    void formattingWorks_data() { files(); }
    void formattingWorks();
    void cutAnywhere_data() { files(); }
    void cutAnywhere();
    void editsFarApartMerge_data() { files(); }
    void editsFarApartMerge();
    void flattenedKeys_data();
    void flattenedKeys();
    void mistakes_data();
    void mistakes();
    void secretsAreMasked_data();
    void secretsAreMasked();
    void harmlessKeysAreShown();

private:
    static void files();
    static QByteArray read(const QString &name);
    static Format formatOf(const QString &name) { return *formatFromName(QStringView(name).mid(name.lastIndexOf(u'.') + 1)); }
};

void TstTextFiles::files()
{
    QTest::addColumn<QString>("name");
    const QDir folder(QStringLiteral(SIGNALBOX_TEST_DATA "/text"));
    const QStringList names = folder.entryList(QDir::Files, QDir::Name);
    QVERIFY(names.size() >= 12);
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << name;
}

QByteArray TstTextFiles::read(const QString &name)
{
    QFile file(QStringLiteral(SIGNALBOX_TEST_DATA "/text/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

namespace {

/// The same with other line ends and a byte order mark.
QList<QByteArray> dresses(const QByteArray &content)
{
    QByteArray plain = content;
    plain.replace("\r\n", "\n");
    if (plain.startsWith("\xEF\xBB\xBF"))
        plain.remove(0, 3);
    QByteArray crlf = plain;
    crlf.replace("\n", "\r\n");
    QByteArray bare = plain;
    while (bare.endsWith('\n'))
        bare.chop(1);
    return {plain, crlf, "\xEF\xBB\xBF" + plain, "\xEF\xBB\xBF" + crlf, bare};
}

/// Everything that is no white space, in order: what formatting may not touch.
QByteArray ink(QByteArray content)
{
    content.removeIf([](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
    return content;
}

} // namespace

void TstTextFiles::isValid()
{
    QFETCH(QString, name);
    for (const QByteArray &content : dresses(read(name))) {
        QVERIFY(!content.isEmpty());
        const QList<Problem> problems = validate(formatOf(name), content);
        QVERIFY2(!hasErrors(problems), qPrintable(tests::described(problems).join(u'\n')));
    }
}

void TstTextFiles::isDetected()
{
    QFETCH(QString, name);
    const QByteArray content = read(name);
    QCOMPARE(detect(content, name), formatOf(name));
    // A name without a suffix: the content decides, and never for something it is not.
    const Format byContent = detect(content, u"order-service");
    QVERIFY2(byContent == formatOf(name) || byContent == Format::Text, qPrintable(formatName(byContent)));
}

void TstTextFiles::formattingKeepsEverything()
{
    QFETCH(QString, name);
    const Format format = formatOf(name);
    for (const QByteArray &content : dresses(read(name))) {
        const auto tidy = reformat(format, content);
        QVERIFY2(tidy, tidy ? "" : qPrintable(tidy.error().message));
        const auto again = reformat(format, *tidy);
        QVERIFY(again);
        QCOMPARE(QString::fromUtf8(*again), QString::fromUtf8(*tidy));
        QCOMPARE(tests::meaning(format, *tidy), tests::meaning(format, content));
        if (format != Format::Properties) // there ` : ` becomes `=`
            QCOMPARE(ink(*tidy), ink(content));
        const TextFacts before = inspect(content), after = inspect(*tidy);
        QCOMPARE(after.lineEnd, before.lineEnd);
        QCOMPARE(after.bom, before.bom);
        QCOMPARE(after.finalLineEnd, before.finalLineEnd);
    }
}

void TstTextFiles::formattingWorks()
{
    QFETCH(QString, name);
    static const QHash<QString, QByteArray> lines{
        {u"order-service.yaml"_s, "\n  profiles:\n    active: ${SPRING_PROFILES_ACTIVE:prod}\n    group:\n      prod: [prod-db, prod-mq]"},
        {u"windows.yaml"_s, "server:\r\n  port: 8080\r\n  # 注释\r\n  ssl:\r\n    enabled: false\r\n"},
        {u"legacy.properties"_s, "\nspring.datasource.username=root\nspring.datasource.password=s3cret with blanks\n"},
        {u"numbers.json"_s, "\n  \"huge\": 123456789012345678901234567890,\n  \"tiny\": 1e-400,\n"},
        {u"service.toml"_s, "\nday = 1979-05-27\n"},
        {u"beans.xml"_s, "\n    <property name=\"password\">\n      <value>hidden-1</value>\n    </property>\n"},
        {u"page.html"_s, "<title>公告</title>\n<script>"},
    };
    const QByteArray wanted = lines.value(name);
    const auto tidy = reformat(formatOf(name), read(name));
    QVERIFY(tidy);
    QVERIFY2(tidy->contains(wanted), tidy->constData());
}

/// Half of a file, as while somebody types: an answer, a place inside the content, no secret in the message.
void TstTextFiles::cutAnywhere()
{
    QFETCH(QString, name);
    const Format format = formatOf(name);
    const QByteArray content = read(name);
    for (qsizetype length = 0; length < content.size(); length += 13) {
        const QByteArray part = content.left(length);
        const TextFacts facts = inspect(part);
        const QList<Problem> problems = validate(format, part);
        for (const Problem &problem : problems) {
            QVERIFY(problem.line >= 1 && problem.line <= facts.lines);
            const QByteArrayView line = problem.line <= Lines(part).count() ? Lines(part).line(problem.line) : QByteArrayView();
            QVERIFY2(problem.column >= 1 && problem.column <= line.size() + 1, qPrintable(tests::described({problem}).join(u' ')));
            QVERIFY(!problem.message.contains(u"s3cret"_s) && !problem.message.contains(u"hidden-"_s));
        }
        const auto tidy = reformat(format, part);
        if (format != Format::Html) // a page is tidied whatever is missing in it
            QCOMPARE(bool(tidy), !hasErrors(problems));
        QCOMPARE(Lines(maskSecrets(format, part)).count(), Lines(part).count());
    }
}

void TstTextFiles::editsFarApartMerge()
{
    QFETCH(QString, name);
    const QByteArray base = read(name);
    const Lines lines(base);
    if (lines.count() < 4) {
        QVERIFY(merge(base, base, base).clean());
        return;
    }
    const auto changed = [&](std::initializer_list<int> numbers) {
        QByteArray text;
        for (int number = 1; number <= lines.count(); ++number)
            text += (std::find(numbers.begin(), numbers.end(), number) != numbers.end() ? "changed " : "") +
                lines.withEnd(number).toByteArray();
        return text;
    };
    for (int first = 1; first + 2 <= lines.count(); first += 3) {
        const int second = lines.count();
        const QByteArray mine = changed({first}), theirs = changed({second});
        const MergeResult merged = merge(base, mine, theirs);
        if (second - first < 2)
            continue;
        QVERIFY2(merged.clean(), merged.text().constData());
        QCOMPARE(merged.text(), changed({first, second}));
        QCOMPARE(merge(base, theirs, mine).text(), merged.text());
        QCOMPARE(merge(base, merged.text(), mine).text(), merged.text());
        QCOMPARE(merge(mine, merged.text(), mine).text(), merged.text());
    }
}

void TstTextFiles::flattenedKeys_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    const auto row = [](const QString &name, int line, const QString &path, const QString &value) {
        QTest::newRow(qPrintable(name + u' ' + path)) << name << line << path << value;
    };
    const QString yaml = u"order-service.yaml"_s;
    row(yaml, 8, u"spring.profiles.group.prod[1]"_s, u"prod-mq"_s);
    row(yaml, 18, u"spring.datasource.hikari.maximum-pool-size"_s, u"0x20"_s);
    row(yaml, 21, u"spring.datasource.hikari.pool-name"_s, u"订单'连接池"_s);
    row(yaml, 24, u"spring.datasource-replica.url"_s, u"jdbc:mysql://10.0.0.6:3306/order?useUnicode=true"_s);
    row(yaml, 27, u"spring.jackson.date-format"_s, u"yyyy-MM-dd HH:mm:ss"_s);
    row(yaml, 40, u"rules[0].when"_s, u"# no comment, but text\nif (amount > 100) {\n  return \"大额\";   \n}\n"_s);
    row(yaml, 46, u"rules[0].then"_s, u"folded text\nsecond paragraph"_s);
    row(yaml, 64, u"big"_s, u"123456789012345678901234567890"_s);
    row(yaml, 67, u"version"_s, u"1.10"_s);
    row(yaml, 79, u"(2).spring.config.activate.on-profile"_s, u"test"_s);
    const QString properties = u"legacy.properties"_s;
    row(properties, 5, u"spring.datasource.password"_s, u"s3cret with blanks"_s);
    row(properties, 6, u"app.name"_s, u"订单服务"_s);
    row(properties, 7, u"app.title"_s, u"订单 服务 标题"_s);
    row(properties, 10, u"path.windows"_s, u"C:\\Program Files\\App"_s);
    row(properties, 11, u"key with blanks"_s, u"value"_s);
    row(properties, 12, u"key:colon=equals"_s, u"x"_s);
    row(properties, 19, u"trailing.blanks"_s, u"kept   "_s);
    row(properties, 20, u"multi"_s, u"one,two, three"_s);
    row(u"windows.properties"_s, 4, u"long"_s, u"ab"_s);
    row(u"numbers.json"_s, 2, u"exact"_s, u"0.1000000000000000055511151231257827"_s);
    row(u"numbers.json"_s, 5, u"unicode"_s, u"中😀 中😀"_s);
    row(u"numbers.json"_s, 6, u"[0][2].x"_s, u"[]"_s);
    row(u"service.toml"_s, 5, u"site.google.com.rank"_s, u"0x1F"_s);
    row(u"service.toml"_s, 20, u"servers.alpha.point.label.text"_s, u"a, b"_s);
    row(u"service.toml"_s, 27, u"products[0].sizes[0].h"_s, u"-inf"_s);
    row(u"beans.xml"_s, 8, u"beans.bean.property.value"_s, u"jdbc:mysql://h/db?a=1&b=2"_s);
    row(u"beans.xml"_s, 16, u"beans.bean[3]@class"_s, u"x.Y"_s);
    row(u"logback-spring.xml"_s, 12, u"configuration.appender.filter.evaluator.expression"_s,
        u"return level < WARN && message.contains(\""_s);
}

void TstTextFiles::flattenedKeys()
{
    QFETCH(QString, name);
    QFETCH(int, line);
    QFETCH(QString, path);
    QFETCH(QString, value);
    const auto keys = flatten(formatOf(name), read(name));
    QVERIFY(keys);
    const auto key = std::find_if(keys->begin(), keys->end(), [&](const FlatKey &flat) { return flat.path == path; });
    QVERIFY(key != keys->end());
    QCOMPARE(key->value, value);
    QCOMPARE(key->line, line);
}

/// One typical slip in a good file: the first error stands where a person would look for it.
void TstTextFiles::mistakes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("good");
    QTest::addColumn<QByteArray>("bad");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QString &name, const QByteArray &good, const QByteArray &bad, const QString &expected) {
        QTest::newRow(qPrintable(name + u' ' + expected)) << name << good << bad << expected;
    };
    const QString yaml = u"order-service.yaml"_s;
    row(yaml, "        username: order", "        username order",
        u"15:9:E “:” is missing behind this key, or the line is not indented enough to belong to the text above"_s);
    row(yaml, "    application: {name: order-service}", "    application: {name: order-service", u"5:13:E “{” is not closed"_s);
    row(yaml, "        url: jdbc:mysql://10.0.0.5", "       url: jdbc:mysql://10.0.0.5",
        u"14:8:E the indentation does not match the lines above, or text follows a complete value"_s);
    row(yaml, "        url: jdbc:mysql://10.0.0.5", "\turl: jdbc:mysql://10.0.0.5",
        u"14:1:E a tab in the indentation: YAML allows blanks only"_s);
    row(yaml, "username: order", "username:\torder",
        u"15:18:W a tab separates here: SnakeYAML, which Spring and other Java clients use, refuses it"_s);
    row(yaml, "<<: *datasource", "<<: *datasuorce", u"23:13:E there is no anchor of this name above"_s);
    row(yaml, "username: order", "driver-class-name: x", u"15:9:E duplicated key \"driver-class-name\" (first in line 13)"_s);
    row(yaml, "pool-name: '订单''连接池'", "pool-name: @订单", u"21:24:E “@” cannot begin a value: put the text in quotes"_s);
    row(u"gateway.yml"_s, "regexp: 'my.cookie+'}", "regexp: 'my.cookie+}", u"21:42:E the quoted text is not closed"_s);
    row(u"numbers.json"_s, "\"slash\": \"a\\/b\"", "\"slash\" \"a\\/b\"", u"5:47:E expected “:” after the key, found “\"”"_s);
    row(u"package.json"_s, "\"clusterMode\": false},", "\"clusterMode\": false}", u"3:5:E a comma is missing before this"_s);
    row(u"package.json"_s, "[\n", "[\n// rules\n", u"2:1:E JSON has no comments"_s);
    row(u"service.toml"_s, "title = \"TOML 例子\"", "title = \"TOML 例子", u"2:31:E the string is not closed"_s);
    row(u"service.toml"_s, "[[products]]\nname", "[[products]\nname", u"22:12:E table header: expected ']', saw '\\n'"_s);
    row(u"service.toml"_s, "day=1979-05-27", "day=1979-02-30", u"10:15:E date: expected day between 1 and 28 (inclusive), saw 30"_s);
    row(u"legacy.properties"_s, "\\u8ba2", "\\u8bz2", u"6:10:E \\u needs four hexadecimal digits; a backslash is written \\\\"_s);
    row(u"legacy.properties"_s, "C:\\\\Program", "C:\\Program",
        u"10:16:W the backslash before “P” is dropped; a backslash is written \\\\"_s);
    row(u"beans.xml"_s, "?a=1&amp;b=2", "?a=1&b=2",
        u"8:54:E “&” begins an entity, and this one is unknown or not ended by “;”; as text it is written &amp;"_s);
    row(u"beans.xml"_s, "<value>hidden-1</value>", "<value>hidden-1</valu>", u"9:46:E </valu> does not close <value> of line 9"_s);
    row(u"beans.xml"_s, "<context:property", "<contex:property", u"6:3:E Namespace prefix 'contex' not declared"_s);
    row(u"logback-spring.xml"_s, "scan=\"true\"", "scan=true", u"4:21:E the value of an attribute stands in quotes"_s);
    row(u"page.html"_s, "</body>", "</bdy>", u"16:1:W </bdy> closes nothing"_s);
}

void TstTextFiles::mistakes()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, good);
    QFETCH(QByteArray, bad);
    QFETCH(QString, expected);
    QByteArray content = read(name);
    const qsizetype at = content.indexOf(good);
    QVERIFY(at >= 0);
    content.replace(at, good.size(), bad);
    QStringList problems = tests::described(validate(formatOf(name), content));
    // What the file has without the slip.
    for (const QString &before : tests::described(validate(formatOf(name), read(name))))
        problems.removeOne(before);
    QVERIFY(!problems.isEmpty());
    QCOMPARE(problems.first(), expected);
    content.replace("\n", "\r\n");
    QVERIFY(!read(name).contains('\r'));
    QVERIFY2(tests::described(validate(formatOf(name), content)).contains(problems.first()) || problems.first().contains(u"\\n"_s),
             qPrintable(tests::described(validate(formatOf(name), content)).join(u'\n')));
}

void TstTextFiles::secretsAreMasked_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content"); // each secret has "leak" in it, nothing else has
    const auto row = [](const char *name, Format format, const QByteArray &content) { QTest::newRow(name) << format << content; };
    row("two servers in one value", Format::Yaml, "addresses: amqp://guest:leak1@mq1:5672,amqp://guest:leak2@mq2:5672\n");
    row("eureka peers", Format::Properties, "defaultZone=http://e:leak1@p1:8761/eureka/,http://e:leak2@p2:8761/eureka/\n");
    row("redis without a user", Format::Yaml, "url: redis://:leak@redis:6379/0\n");
    row("nacos address", Format::Properties, "dubbo.registry.address=nacos://nacos:leak1@h:8848?username=nacos&password=leak2\n");
    row("sql server", Format::Json, "{\"connectionString\": \"Server=tcp:db,1433;User ID=sa;Password=leak!Pw;Encrypt=true\"}");
    row("jaas", Format::Yaml, "sasl.jaas.config: org.apache.kafka.X required username=\"a\" password=\"leak\";\n");
    row("druid", Format::Properties, "connection-properties=config.decrypt=true;config.decrypt.key=leak1;password=leak2\n");
    row("wechat pay", Format::Yaml, "wechat: {mchKey: leak1, apiV3Key: leak2, mch-key: leak3}\n");
    row("cookie header", Format::Json, "{\"headers\": {\"Cookie\": \"SESSION=leak\", \"X-Api-Key\": \"leak\"}}");
    row("arguments", Format::Json, "{\"args\": [\"--api-key\", \"leak1\", \"--token=leak2\", \"-v\", \"1\"]}");
    row("arguments in yaml", Format::Yaml, "args:\n- --password\n- leak\n- --port\n- 80\n");
    row("environment of a container", Format::Yaml, "env:\n- name: DB_PASSWORD\n  value: leak\n");
    row("spring beans", Format::Xml,
        "<b><property name=\"password\"><value>leak1</value></property><property name=\"passwords\"><list><value>leak2"
        "</value></list></property><entry key=\"db.password\" value=\"leak3\"/></b>");
    row("maven settings", Format::Xml, "<server><id>x</id><username>u</username><password>leak</password></server>");
    row("jndi", Format::Xml, "<Resource name=\"jdbc/x\" username=\"u\" password=\"leak1\" url=\"jdbc:mysql://u:leak2@h/db\"/>");
    row("slack", Format::Text, "https://hooks.slack.com/services/T0leak000/B00leak00/Xleak\n");
    row("wecom", Format::Yaml, "url: https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=leak-0000-1111-2222-3333\n");
    row("feishu", Format::Yaml, "url: https://open.feishu.cn/open-apis/bot/v2/hook/leak-0000-1111-2222\n");
    row("stripe", Format::Yaml, "x: sk_live_leak4eC39HqLyjWDarjtT1zd\n");
    row("npm", Format::Properties, "//registry/:x=npm_leakabcdefghijklmnopqrstuvwxyz01\n");
    row("sendgrid", Format::Yaml, "x: SG.leakVfQFYQlKU0ufo8x5d1A.TwL2iGABf9leakTf-09kqeF8tAmbihYzrnopKc-1s5cr\n");
    row("chinese", Format::Text, "用户：admin\n密码：leak\n口令＝leak\n");
    row("toml", Format::Toml, "dsn = \"postgres://u:leak@h/db\"\npassword = \"\"\"leak\nleak\"\"\"\ntokens = [\"leak\"]\n");
    row("comment", Format::Yaml, "a: 1\n# password: leak\n");
    row("key file in a block", Format::Yaml,
        "tls:\n  key: |\n    -----BEGIN EC PRIVATE KEY-----\n    leakleak\n    -----END EC PRIVATE KEY-----\n  port: 1\n");
}

void TstTextFiles::secretsAreMasked()
{
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    for (const QByteArray &dressed : dresses(content)) {
        const QByteArray masked = maskSecrets(format, dressed);
        QVERIFY2(!masked.contains("leak"), masked.constData());
        QCOMPARE(Lines(masked).count(), Lines(dressed).count());
    }
    // As text, too, when the format is not known; what needs the structure is left out here.
    const auto keys = flatten(format, content);
    if (keys) {
        for (const FlatKey &key : *keys)
            QVERIFY2(!key.value.contains(u"leak"_s) || key.secret, qPrintable(key.path));
    }
}

void TstTextFiles::harmlessKeysAreShown()
{
    const QByteArray content =
        "password-min-length: 8\ntoken-type: Bearer\nmaxTokens: 2048\npasswordEncoder: bcrypt\nsecretName: my-secret\n"
        "keyboard: us\nprimaryKey: id\nkey: user:1\nkeys: [a, b]\ntokenizer: standard\npublicKey: MIIBIjANBgkq\n"
        "compass: north\nbypass: true\nauthorizationUri: https://x/\npartition-key: pk1\nsort.key: name\n"
        "cacheKeyPrefix: app\ncookie.name: SID\nmd5: d41d8cd98f00b204e9800998ecf8427e\npassword: ${DB_PASSWORD}\n"
        "uuid: 123e4567-e89b-12d3-a456-426614174000\nsite: https://host:8080/a@b\nargs: [--tokenizer, x, --port, 1]\n"
        "cookie:\n  secure: true\nv3: {key: 1}\n";
    QCOMPARE(QString::fromUtf8(maskSecrets(Format::Yaml, content)), QString::fromUtf8(content));
}

SIGNALBOX_TEST(TstTextFiles)
#include "tst_textfiles.moc"
