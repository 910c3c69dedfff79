// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/diff.h"
#include "core/text/secrets.h"
#include "tests/core/text/texttools.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core::text;

class TstSecrets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keys_data();
    void keys();
    void masks_data();
    void masks();
    void namesTheKey();
    void spansAreInOrderOnRandomContent();
    void masksKeepTheLines();
};

void TstSecrets::keys_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("secret");
    for (const char *key : {"password",
                            "spring.datasource.password",
                            "DB_PASSWORD",
                            "dbPassword",
                            "db-passwd",
                            "userPwd",
                            "password1",
                            "passwords[0]",
                            "redis.pass",
                            "secret",
                            "appSecret",
                            "client_secret",
                            "clientSecretKey",
                            "accessKey",
                            "access-key-id",
                            "accessKeySecret",
                            "alibaba.cloud.ak",
                            "cloud.sk",
                            "AK",
                            "SK",
                            "token",
                            "access_token",
                            "auth.tokens[3]",
                            "apiKey",
                            "API_KEY",
                            "APIKey",
                            "x-api-key",
                            "privateKey",
                            "private_key",
                            "nacos.core.auth.plugin.nacos.token.secret.key",
                            "nacos.core.auth.server.identity.value",
                            "jwt.signing-key",
                            "encrypt.key",
                            "aesKey",
                            "secrets.db",
                            "dbpassword",
                            "Authorization",
                            "数据库密码",
                            "a.密钥",
                            "passwordHash",
                            "password.value",
                            "a@password"})
        QTest::newRow(key) << QString::fromUtf8(key) << true;
    for (const char *key : {"",
                            "user",
                            "username",
                            "passwordPolicy",
                            "password-encoder.type",
                            "tokenExpireSeconds",
                            "token.expire.seconds",
                            "secretName",
                            "maxTokens",
                            "max_tokens",
                            "prompt_tokens",
                            "key",
                            "primaryKey",
                            "publicKey",
                            "public-key",
                            "keyboard",
                            "monkey",
                            "task",
                            "risk",
                            "break",
                            "a.b[0].c",
                            "keys",
                            "bypass",
                            "proxy_pass",
                            "compass",
                            "author",
                            "authority",
                            "tokenizer",
                            "secretary",
                            "公钥",
                            "server.port",
                            "foreign_key",
                            "cacheKey",
                            "password.enabled.since"})
        QTest::newRow(*key ? key : "empty") << QString::fromUtf8(key) << false;
}

void TstSecrets::keys()
{
    QFETCH(QString, key);
    QFETCH(bool, secret);
    QCOMPARE(isSecretKey(key), secret);
}

void TstSecrets::masks_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("expected"); // § stands for the mask
    const auto row = [](const char *name, Format format, const QByteArray &content, const QByteArray &expected) {
        QTest::newRow(name) << format << content << expected;
    };
    row("json", Format::Json, "{\"password\": \"a\\\"b\", \"user\": \"u\", \"token\": 123456}",
        "{\"password\": \"§\", \"user\": \"u\", \"token\": §}");
    row("json nested in a string", Format::Json, "{\"conf\": \"{\\\"password\\\":\\\"x\\\"}\"}",
        "{\"conf\": \"{\\\"password\\\":\\\"§\\\"}\"}");
    row("json broken", Format::Json, "{\"password\": \"x y\", \"user\": \"u\",", "{\"password\": \"§\", \"user\": \"u\",");
    row("json not values", Format::Json, "{\"password\": \"\", \"token\": null, \"secret\": true, \"pwd\": {}, \"sk\": \"${SK}\"}",
        "{\"password\": \"\", \"token\": null, \"secret\": true, \"pwd\": {}, \"sk\": \"${SK}\"}");
    row("yaml", Format::Yaml, "db:\n  password: x y # c\n  user: u\nsecrets:\n  - 'a'\n  - b\n",
        "db:\n  password: § # c\n  user: u\nsecrets:\n  - '§'\n  - §\n");
    row("yaml block", Format::Yaml, "privateKey: |\n  abc\n  def\na: 1\n", "privateKey: |\n  §\n  §\na: 1\n");
    row("yaml flow", Format::Yaml, "a: {password: x, user: u}\n", "a: {password: §, user: u}\n");
    row("yaml plain over lines", Format::Yaml, "token: abc\n  def\na: 1\n", "token: §\n  §\na: 1\n");
    row("yaml alias", Format::Yaml, "a: &x v\npassword: *x\n", "a: &x v\npassword: *x\n");
    row("yaml comment", Format::Yaml, "# password: old\na: 1 # token=abc\n", "# password: §\na: 1 # token=§\n");
    row("yaml reference", Format::Yaml, "password: ${DB_PASSWORD}\ntoken: ${TOKEN:}\nsecret: ${S:default}\n",
        "password: ${DB_PASSWORD}\ntoken: ${TOKEN:}\nsecret: §\n");
    row("yaml broken", Format::Yaml, "a: b: c\npassword: x y\nprivateKey: |\n  abc\n  def\nb: 1\n",
        "a: b: c\npassword: §\nprivateKey: |\n  §\n  §\nb: 1\n");
    row("yaml bom crlf", Format::Yaml,
        "\xEF\xBB\xBF"
        "password: x\r\na: 1\r\n",
        "\xEF\xBB\xBF"
        "password: §\r\na: 1\r\n");
    row("toml", Format::Toml, "[db]\npassword = \"x\"\nuser = 'u'\n[[s]]\ntoken = '''a\nb'''\n",
        "[db]\npassword = \"§\"\nuser = 'u'\n[[s]]\ntoken = '''§\n§'''\n");
    row("properties", Format::Properties, "db.password=x y\\\n  z\ndb.user=u\n#password=old\n",
        "db.password=§\n  §\ndb.user=u\n#password=§\n");
    row("properties encrypted", Format::Properties, "password=ENC(abc)\n", "password=§\n");
    row("properties chinese", Format::Properties, "数据库密码=abc\n", "数据库密码=§\n");
    row("xml", Format::Xml, "<a><password>x</password><b token='t' c='d'/><property name=\"secretKey\" value=\"v\"/><!-- pwd=z --></a>",
        "<a><password>§</password><b token='§' c='d'/><property name=\"secretKey\" value=\"§\"/><!-- pwd=§ --></a>");
    row("xml broken", Format::Xml, "<a><password>x</password>", "<a><password>§</password>");
    row("url", Format::Yaml, "url: mysql://root:pa:ss@host:3306/db\nsite: https://host/x@y\nssh: ssh://git@host/r\n",
        "url: mysql://root:§@host:3306/db\nsite: https://host/x@y\nssh: ssh://git@host/r\n");
    row("url with parameters", Format::Properties, "url=jdbc:mysql://h/db?user=root&password=abc&useSSL=false\n",
        "url=jdbc:mysql://h/db?user=root&password=§&useSSL=false\n");
    row("oracle", Format::Properties, "url=jdbc:oracle:thin:scott/tiger@//h:1521/x\n", "url=jdbc:oracle:thin:scott/§@//h:1521/x\n");
    row("jwt", Format::Text, "see eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_-d here", "see § here");
    row("pem", Format::Text, "-----BEGIN RSA PRIVATE KEY-----\nabc\ndef\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\n§\n§\n-----END RSA PRIVATE KEY-----\n");
    row("pem public", Format::Text, "-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----\n");
    row("pem in json", Format::Json, "{\"cert\": \"-----BEGIN PRIVATE KEY-----\\nabc\\n-----END PRIVATE KEY-----\"}",
        "{\"cert\": \"-----BEGIN PRIVATE KEY-----§-----END PRIVATE KEY-----\"}");
    row("header", Format::Text, "Authorization: Bearer abcdefghijk\ncurl -H 'X: Bearer abcdefghijk'\n",
        "Authorization: §\ncurl -H 'X: Bearer §'\n");
    row("text", Format::Text, "export DB_PASSWORD=abc def\nrun --token xyz --user u --secret=s1\n\"apiKey\": \"k\"\n",
        "export DB_PASSWORD=§\nrun --token § --user u --secret=§\n\"apiKey\": \"§\"\n");
    row("prose", Format::Text, "The password is asked for. A token, too: none.\n", "The password is asked for. A token, too: none.\n");
    row("html", Format::Html, "<input name=\"x\" data-token=\"abc\"><p>hello</p>", "<input name=\"x\" data-token=\"§\"><p>hello</p>");
    row("known prefix", Format::Yaml, "id: AKIAABCDEFGHIJKLMNOP\nx: ghp_abcdefghijklmnopqrstuvwxyz0123456789\n", "id: §\nx: §\n");
    row("not utf-8", Format::Yaml,
        "password: a\xFF"
        "b\nc: \xFE\n",
        "password: §\nc: \xFE\n");
    row("nul", Format::Json, QByteArray("{\"token\": \"a\0b\"}", 16), "{\"token\": \"§\"}");
    row("empty", Format::Json, "", "");
}

void TstSecrets::masks()
{
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, expected);
    expected.replace("§", secretMask().toUtf8());
    const QByteArray masked = maskSecrets(format, content);
    QCOMPARE(QString::fromUtf8(masked), QString::fromUtf8(expected));
    QCOMPARE(masked, expected);
    QCOMPARE(maskSecrets(format, masked), masked);
}

void TstSecrets::namesTheKey()
{
    const QByteArray content = "\xEF\xBB\xBF"
                               "a: 1\ndb:\n  - password: 'x'\n    url: http://u:p@h/\n";
    const QList<SecretSpan> spans = findSecrets(Format::Yaml, content);
    QCOMPARE(spans.size(), 2);
    QCOMPARE(spans[0].key, u"db[0].password"_s);
    QCOMPARE(spans[0].line, 3);
    QCOMPARE(content.mid(spans[0].offset, spans[0].length), "x"_ba);
    QCOMPARE(spans[1].key, u"db[0].url"_s);
    QCOMPARE(content.mid(spans[1].offset, spans[1].length), "p"_ba);
    const QList<SecretSpan> loose = findSecrets(Format::Text, "a\npassword = x\n");
    QCOMPARE(loose.size(), 1);
    QCOMPARE(loose[0].key, u"password"_s);
    QCOMPARE(loose[0].line, 2);
}

void TstSecrets::spansAreInOrderOnRandomContent()
{
    static constexpr const char *pieces[] = {"password",
                                             ": ",
                                             "=",
                                             "\"",
                                             "'",
                                             "\n",
                                             "  ",
                                             "- ",
                                             "x",
                                             "|",
                                             "{",
                                             "}",
                                             "[",
                                             "]",
                                             ",",
                                             "#",
                                             "token",
                                             "://u:p@h",
                                             "<",
                                             ">",
                                             "/",
                                             "\\",
                                             "eyJhbGciOiJI.",
                                             "a.b",
                                             "-----BEGIN PRIVATE KEY-----",
                                             "-----END",
                                             "\r\n",
                                             "中",
                                             "&a ",
                                             "*a",
                                             "${X}",
                                             "\xFF"};
    QRandomGenerator random(29);
    for (int round = 0; round < 20000; ++round) {
        QByteArray content;
        const int length = int(random.bounded(20));
        for (int i = 0; i < length; ++i)
            content += pieces[random.bounded(int(std::size(pieces)))];
        for (const Format format : {Format::Json, Format::Yaml, Format::Toml, Format::Properties, Format::Xml, Format::Text}) {
            qsizetype behind = 0;
            const QList<SecretSpan> spans = findSecrets(format, content);
            for (const SecretSpan &span : spans) {
                QVERIFY2(span.offset >= behind && span.length > 0, content.constData());
                behind = span.offset + span.length;
                QVERIFY2(behind <= content.size(), content.constData());
            }
            QCOMPARE(Lines(maskSecrets(format, content)).count(), Lines(content).count());
        }
    }
}

void TstSecrets::masksKeepTheLines()
{
    const QByteArray masked =
        maskSecrets(Format::Yaml, "key: |\n  -----BEGIN PRIVATE KEY-----\n  a\n\n  b\n  -----END PRIVATE KEY-----\nx: 1\n");
    QCOMPARE(Lines(masked).count(), 7);
    QCOMPARE(Lines(masked).line(7).toByteArray(), "x: 1"_ba);
    QVERIFY(!masked.contains("\n  a\n"));
}

SIGNALBOX_TEST(TstSecrets)
#include "tst_secrets.moc"
