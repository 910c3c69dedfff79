// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jsonschema.h"
#include "tests/core/text/texttools.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace core::text;

class TstJsonSchema : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void problems_data();
    void problems();
    void refusesWhatIsNoSchema_data();
    void refusesWhatIsNoSchema();
    void says_whatIsNotMadeUseOf();
    void describes_data();
    void describes();
    void proposes_data();
    void proposes();
    void namesOfKeys();
    void isBounded_data();
    void isBounded();
    void neverShowsValues();
};

namespace {

JsonSchema schemaOf(const QByteArray &text)
{
    const auto schema = JsonSchema::compile(text);
    if (!schema)
        qFatal("%s", qPrintable(schema.error().message));
    return *schema;
}

/// A content with the caret at `|`, and where that is.
struct Marked {
    QByteArray content;
    int line = 1, column = 1;
    explicit Marked(QByteArray text)
    {
        const qsizetype at = text.indexOf('|');
        const QByteArray before = text.left(at);
        line = int(before.count('\n')) + 1;
        column = int(QString::fromUtf8(before.mid(before.lastIndexOf('\n') + 1)).size()) + 1;
        content = text.remove(at, 1);
    }
};

const QByteArray Service = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Service",
  "type": "object",
  "required": ["port", "名称"],
  "additionalProperties": false,
  "properties": {
    "$schema": {},
    "port": {"type": "integer", "title": "Port", "description": "Where it listens", "default": 8080, "minimum": 1, "maximum": 65535},
    "名称": {"type": "string", "description": "服务的名称", "minLength": 2},
    "mode": {"enum": ["fast", "safe", "on", 3, null]},
    "debug": {"type": "boolean", "deprecated": true},
    "limits": {"$ref": "#/$defs/limits"},
    "routes": {"type": "array", "items": {"type": "object", "required": ["path"], "properties": {
      "path": {"type": "string", "title": "The path"}, "weight": {"type": "number"}, "kind": {"enum": ["a", "b"]}}}}
  },
  "$defs": {"limits": {"type": "object", "properties": {"cpu": {"type": "number"}, "memory": {"type": "string"}}}}
})";

} // namespace

void TstJsonSchema::problems_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("expected");
    const auto yaml = [](const char *name, const QByteArray &schema, const QByteArray &content, const QStringList &expected) {
        QStringList whole;
        for (const QString &one : expected)
            whole << QString(one).replace(u":W "_s, u":W schema: "_s).replace(u":H "_s, u":H schema: "_s);
        QTest::newRow(name) << schema << Format::Yaml << content << whole;
    };
    const auto json = [](const char *name, const QByteArray &schema, const QByteArray &content, const QStringList &expected) {
        QStringList whole;
        for (const QString &one : expected)
            whole << QString(one).replace(u":W "_s, u":W schema: "_s).replace(u":H "_s, u":H schema: "_s);
        QTest::newRow(name) << schema << Format::Json << content << whole;
    };
    yaml("clean", Service, "port: 80\n名称: 订单\nmode: fast\nlimits: {cpu: 1}\nroutes:\n- path: /\n", {});
    yaml("type", Service, "port: eighty\n名称: 订单\n", {u"1:7:W expected a whole number, found a text"_s});
    yaml("integer", Service, "port: 80.5\n名称: 订单\n", {u"1:7:W expected a whole number, found a number"_s});
    yaml("whole double", Service, "port: 80.0\n名称: 订单\n", {});
    yaml("hexadecimal", Service, "port: 0x50\n名称: 订单\n", {});
    yaml("map where a text is due", Service, "port: 1\n名称:\n  a: 1\n", {u"2:1:W expected a text, found a map"_s});
    yaml("several types", R"({"properties": {"a": {"type": ["string", "null"]}}})", "a: 1\n",
         {u"1:4:W expected one of the types string, null, found a number"_s});
    yaml("required", Service, "port: 1\n", {u"1:1:W the key \"名称\" is missing"_s});
    yaml("required below", Service, "port: 1\n名称: 订单\nroutes:\n  - path: /\n  - weight: 1\n", {u"5:5:W the key \"path\" is missing"_s});
    yaml("additional", Service, "port: 1\n名称: 订单\n端口: 2\n", {u"3:1:W the schema knows no key \"端口\" here"_s});
    yaml("minimum", Service, "port: 0\n名称: 订单\n", {u"1:7:W must be at least 1"_s});
    yaml("maximum", Service, "port: 65536\n名称: 订单\n", {u"1:7:W must be at most 65535"_s});
    yaml("exclusive", R"({"items": {"exclusiveMinimum": 1, "exclusiveMaximum": 3}})", "- 1\n- 2\n- 3\n",
         {u"1:3:W must be greater than 1"_s, u"3:3:W must be less than 3"_s});
    yaml("exclusive of draft 4", R"({"items": {"minimum": 1, "exclusiveMinimum": true}})", "- 1\n- 2\n",
         {u"1:3:W must be greater than 1"_s});
    yaml("multiple", R"({"items": {"multipleOf": 0.1}})", "- 0.3\n- 0.35\n", {u"2:3:W must be a multiple of 0.1"_s});
    yaml("enum", Service, "port: 1\n名称: 订单\nmode: quick\n", {u"3:7:W must be one of: fast, safe, on, 3, null"_s});
    yaml("enum tells texts from numbers", Service, "port: 1\n名称: 订单\nmode: '3'\n",
         {u"3:7:W must be one of: fast, safe, on, 3, null"_s});
    yaml("const", R"({"properties": {"v": {"const": {"a": [1, "x"]}}}})", "v: {a: [1.0, x]}\n", {});
    yaml("const not", R"({"properties": {"v": {"const": "x"}}})", "\nv: y\n", {u"2:4:W must be one of: x"_s});
    yaml("length", R"({"items": {"minLength": 2, "maxLength": 3}})", "- 中\n- 中文\n- 中文中文\n",
         {u"1:3:W has fewer than 2 characters"_s, u"3:3:W has more than 3 characters"_s});
    yaml("pattern", R"({"items": {"pattern": "^[a-z]+\\u4e2d?$"}})", "- abc\n- a1\n- a中\n",
         {u"2:3:W does not match the pattern ^[a-z]+\\u4e2d?$"_s});
    yaml("deprecated", Service, "port: 1\n名称: 订单\ndebug: true\n", {u"3:8:H the key \"debug\" is deprecated"_s});
    yaml("reference", Service, "port: 1\n名称: 订单\nlimits:\n  cpu: much\n", {u"4:8:W expected a number, found a text"_s});
    yaml("reference by anchor", R"({"properties": {"a": {"$ref": "#x"}}, "$defs": {"y": {"$anchor": "x", "type": "string"}}})", "a: 1\n",
         {u"1:4:W expected a text, found a number"_s});
    yaml("reference by id",
         R"({"$id": "https://a/b", "properties": {"a": {"$ref": "https://a/b#/$defs/y"}}, "$defs": {"y": {"type": "string"}}})", "a: 1\n",
         {u"1:4:W expected a text, found a number"_s});
    yaml("tree", R"({"type": "object", "properties": {"child": {"$ref": "#"}, "n": {"type": "integer"}}})", "child:\n  child:\n    n: x\n",
         {u"3:8:W expected a whole number, found a text"_s});
    yaml("pattern properties", R"({"patternProperties": {"^x-": {"type": "integer"}}, "additionalProperties": {"type": "string"}})",
         "x-a: y\nb: 1\n", {u"1:6:W expected a whole number, found a text"_s, u"2:4:W expected a text, found a number"_s});
    yaml("property names", R"({"propertyNames": {"pattern": "^[a-z]+$"}})", "ab: 1\nA: 1\n",
         {u"2:1:W a key may not be called \"A\" here"_s});
    yaml("number of keys", R"({"minProperties": 2, "properties": {"a": {"maxProperties": 1}}})", "a: {b: 1, c: 2}\n",
         {u"1:1:W has fewer than 2 keys"_s, u"1:1:W has more than 1 keys"_s});
    yaml("number of entries", R"({"properties": {"a": {"minItems": 2}, "b": {"maxItems": 1}}})", "a: [1]\nb: [1, 2]\n",
         {u"1:1:W has fewer than 2 entries"_s, u"2:1:W has more than 1 entries"_s});
    yaml("unique", R"({"uniqueItems": true})", "- {a: 1, b: 2}\n- x\n- {b: 2, a: 1.0}\n",
         {u"3:3:W the same entry stands in the list before"_s});
    yaml("contains", R"({"properties": {"a": {"contains": {"type": "integer"}}}})", "a: [x]\n",
         {u"1:1:W lacks an entry the schema asks for"_s});
    yaml("prefix", R"({"prefixItems": [{"type": "string"}], "items": {"type": "integer"}})", "- 1\n- x\n",
         {u"1:3:W expected a text, found a number"_s, u"2:3:W expected a whole number, found a text"_s});
    yaml("tuple", R"({"items": [{"type": "string"}], "additionalItems": false})", "- a\n- b\n", {u"2:3:W nothing may stand here"_s});
    yaml("any of", R"({"items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}})", "- a\n- 1\n- true\n",
         {u"3:3:W matches none of 2 alternatives"_s});
    yaml("any of, the near one", R"({"items": {"anyOf": [{"type": "string", "minLength": 3}, {"type": "integer"}]}})", "- ab\n",
         {u"1:3:W has fewer than 3 characters"_s});
    yaml("one of", R"({"items": {"oneOf": [{"type": "number"}, {"type": "integer"}]}})", "- 1\n- 1.5\n",
         {u"1:3:W matches more than one of 2 alternatives"_s});
    yaml("all of", R"({"items": {"allOf": [{"type": "number"}, {"minimum": 2}]}})", "- 1\n", {u"1:3:W must be at least 2"_s});
    yaml("not", R"({"items": {"not": {"type": "string"}}})", "- 1\n- a\n", {u"2:3:W is what the schema rules out"_s});
    yaml("if", R"({"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}, "else": {"required": ["c"]}})", "a: 2\n",
         {u"1:1:W the key \"c\" is missing"_s});
    yaml("dependencies", R"({"dependencies": {"a": ["b"]}, "dependentSchemas": {"a": {"required": ["c"]}}})", "x: 1\na: 1\n",
         {u"1:1:W the key \"c\" is missing"_s, u"2:1:W the key \"a\" needs the key \"b\" beside it"_s});
    yaml("false", R"({"properties": {"a": false}})", "a: 1\n", {u"1:1:W the key \"a\" may not stand here"_s});
    yaml("documents", R"({"type": "object"})", "a: 1\n---\n- 1\n", {u"3:1:W expected a map, found a list"_s});
    yaml("alias and merge key", R"({"required": ["a", "b"], "additionalProperties": {"type": "integer"}})", "a: &x 1\nb: *x\n---\n<<: {}\n",
         {});
    yaml("empty", Service, "", {});
    yaml("only a comment", Service, "# nothing yet\n", {});
    yaml("what does not parse", Service, "a: [\n", {});
    json("json", Service, "{\n  \"port\": \"80\",\n  \"名称\": \"订单\",\n  \"x\": 1\n}",
         {u"2:11:W expected a whole number, found a text"_s, u"4:3:W the schema knows no key \"x\" here"_s});
    json("json required", Service, "{\"port\": 1}", {u"1:1:W the key \"名称\" is missing"_s});
    json("json with a byte order mark", R"({"type": "array"})", "\xEF\xBB\xBF{}", {u"1:1:W expected a list, found a map"_s});
    json("json, large whole numbers", R"({"items": {"enum": [9007199254740993]}})", "[9007199254740993, 9007199254740992]",
         {u"1:20:W must be one of: 9007199254740993"_s});
    // What a reference to nowhere is about is not known; the rest is.
    yaml("nowhere", R"({"properties": {"a": {"$ref": "#/$defs/x"}, "b": {"type": "string"}}})", "a: 1\nb: 1\n",
         {u"2:4:W expected a text, found a number"_s});
    yaml("nowhere, ruled out", R"({"items": {"not": {"$ref": "#/x"}}})", "- 1\n", {});
    yaml("nowhere, one of", R"({"items": {"oneOf": [{"$ref": "#/x"}, {"type": "string"}]}})", "- 1\n- a\n", {});
    yaml("nowhere, and one of others", R"({"items": {"oneOf": [{"$ref": "#/x"}, {"type": "number"}, {"type": "integer"}]}})", "- 1\n",
         {u"1:3:W matches more than one of 3 alternatives"_s});
    yaml("nowhere, any of", R"({"items": {"anyOf": [{"type": "integer", "$ref": "#/x"}, {"type": "string"}]}})", "- 1\n- true\n",
         {u"2:3:W matches none of 2 alternatives"_s});
    yaml("nowhere, if", R"({"if": {"$ref": "#/x"}, "then": {"required": ["b"]}, "else": {"required": ["c"]}})", "a: 2\n", {});
    yaml("nowhere, contains", R"({"contains": {"$ref": "#/x"}, "maxContains": 1})", "- 1\n- 2\n", {});
    yaml("nowhere, contained for certain", R"({"contains": {"type": "string", "$ref": "#/x"}})", "- 1\n",
         {u"1:1:W lacks an entry the schema asks for"_s});
    yaml("property names elsewhere",
         R"({"propertyNames": {"$ref": "#/$defs/n"}, "$defs": {"n": {"anyOf": [{"enum": ["a", "b"]}, {"const": "c"}]}}})",
         "a: 1\nc: 1\nd: 1\n", {u"3:1:W a key may not be called \"d\" here"_s});
    const auto toml = [](const char *name, const QByteArray &schema, const QByteArray &content, const QStringList &expected) {
        QStringList whole;
        for (const QString &one : expected)
            whole << QString(one).replace(u":W "_s, u":W schema: "_s).replace(u":H "_s, u":H schema: "_s);
        QTest::newRow(name) << schema << Format::Toml << content << whole;
    };
    toml("toml", Service, "port = 80\n\"名称\" = '订单'\n[limits]\ncpu = 1_000.5\n[[routes]]\npath = '/'\n", {});
    toml("toml, types", Service, "port = '80'\n\"名称\" = '订单'\nx = 1\n\n[limits]\ncpu = \"much\"\nmemory = 1\n",
         {u"1:8:W expected a whole number, found a text"_s, u"3:1:W the schema knows no key \"x\" here"_s,
          u"6:7:W expected a number, found a text"_s, u"7:10:W expected a text, found a number"_s});
    toml("toml, values of many lines", Service,
         "port = 0x50\n\"名称\" = \"\"\"\n订单\"\"\"\nroutes = [\n  { path = '/' }, # one\n  { '中' = 1, weight = 'x' },\n]\n",
         {u"6:3:W the key \"path\" is missing"_s, u"6:23:W expected a number, found a text"_s});
    toml("toml, dotted keys and lists of tables", Service,
         "port = 1\n\"名称\" = '订单'\nlimits.cpu = 'x'\n[[routes]]\npath = '/'\n[[routes]]\nkind = 'c'\n",
         {u"3:14:W expected a number, found a text"_s, u"6:1:W the key \"path\" is missing"_s, u"7:8:W must be one of: a, b"_s});
    toml("toml, dates", R"({"properties": {"at": {"type": "string"}, "n": {"maximum": 5}, "t": {"const": true}}})",
         "at = 2024-01-01T00:00:00Z\nn = inf\nt = true\n", {u"2:5:W must be at most 5"_s});
    toml("toml, nothing yet", Service, "# soon\n", {});
    toml("toml that does not parse", Service, "port = \n", {});
    QTest::newRow("properties") << Service << Format::Properties << "port=x\n"_ba << QStringList();
}

void TstJsonSchema::problems()
{
    QFETCH(QByteArray, schema);
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    QFETCH(QStringList, expected);
    QCOMPARE(tests::described(schemaOf(schema).check(format, content)), expected);
}

void TstJsonSchema::refusesWhatIsNoSchema_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("message");
    QTest::newRow("empty") << ""_ba << u"line 1, column 1: empty: JSON needs a value"_s;
    QTest::newRow("no JSON") << "type: object"_ba << u"line 1, column 5"_s;
    QTest::newRow("comment") << "{\n// c\n}"_ba << u"line 2, column 1: JSON has no comments"_s;
    QTest::newRow("list") << "[]"_ba << u"line 1, column 1: a schema is a map, or true or false"_s;
    QTest::newRow("type") << "{\n \"type\": \"strng\"}"_ba << u"line 2, column 10: “type” is one of"_s;
    QTest::newRow("properties") << R"({"properties": []})"_ba << u"line 1, column 16: “properties” is a map of schemas"_s;
    QTest::newRow("below") << R"({"properties": {"a": {"items": 1}}})"_ba << u"line 1, column 32: a schema is a map"_s;
    QTest::newRow("required") << R"({"required": "a"})"_ba << u"“required” is a list of keys"_s;
    QTest::newRow("size") << R"({"minLength": -1})"_ba << u"“minLength” is a number of things"_s;
    QTest::newRow("multiple") << R"({"multipleOf": 0})"_ba << u"“multipleOf” is a number"_s;
    QTest::newRow("too long") << QByteArray("{\"a\": \"" + QByteArray(JsonSchema::MaxBytes, 'x') + "\"}") << u"more than 1 MiB"_s;
    QTest::newRow("too deep") << QByteArray(100'000, '[') << u"nested deeper"_s;
}

void TstJsonSchema::refusesWhatIsNoSchema()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, message);
    const auto compiled = JsonSchema::compile(schema);
    QVERIFY(!compiled);
    QCOMPARE(compiled.error().kind, core::Error::Kind::Usage);
    QVERIFY2(compiled.error().message.contains(message), qPrintable(compiled.error().message));
}

void TstJsonSchema::says_whatIsNotMadeUseOf()
{
    const JsonSchema schema = schemaOf(R"({
  "title": "What it is",
  "$ref": "https://example.org/other.json#/a",
  "pattern": "(",
  "properties": {"a": {"$ref": "file:///etc/passwd"}, "b": {"$ref": "other.json"}},
  "unevaluatedProperties": false
})");
    QCOMPARE(schema.title(), u"What it is"_s);
    QCOMPARE(tests::described(schema.remarks()),
             (QStringList{u"3:11:W “https://example.org/other.json#/a” is elsewhere; it is not fetched"_s,
                          u"4:14:W the pattern “(” cannot be read; it is not checked"_s,
                          u"5:32:W “file:///etc/passwd” is elsewhere; it is not fetched"_s,
                          u"5:69:W “other.json” is elsewhere; it is not fetched"_s, u"6:28:W “unevaluatedProperties” is not checked"_s}));
    QVERIFY(schema.check(Format::Yaml, "a: 1\nb: 2\n").isEmpty());
    QCOMPARE(tests::described(schemaOf("{\n \"$ref\": \"#/$defs/x\"}").remarks()),
             QStringList{u"2:10:W there is no “#/$defs/x” in the schema; what it is about is not checked"_s});
}

void TstJsonSchema::describes_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, Format format, const QByteArray &content, const QString &expected) {
        QTest::newRow(name) << format << content << expected;
    };
    row("key", Format::Yaml, "po|rt: 1\n", u"port / Port / Where it listens / integer / 8080 / required"_s);
    row("value", Format::Yaml, "port: 12|3\n", u"port / Port / Where it listens / integer / 8080 / required"_s);
    row("Chinese", Format::Yaml, "port: 1\n名|称: x\n", u"名称 / 服务的名称 / string / required"_s);
    row("by reference", Format::Yaml, "limits:\n  c|pu: 1\n", u"cpu / number"_s);
    row("in a list", Format::Yaml, "routes:\n- weight: 1\n  p|ath: /\n", u"path / The path / string / required"_s);
    row("behind a dash", Format::Yaml, "routes:\n  - pat|h: /\n", u"path / The path / string / required"_s);
    row("values", Format::Yaml, "mo|de: fast\n", u"mode / fast, safe, on, 3, null"_s);
    row("while something is broken", Format::Yaml, "x: [\n\nlimits:\n  me|mory: 1\n", u"memory / string"_s);
    row("unknown", Format::Yaml, "x|y: 1\n", QString());
    row("comment", Format::Yaml, "# po|rt\n", QString());
    row("in a text", Format::Yaml, "名称: >\n  po|rt: 1\n", QString());
    row("json", Format::Json, "{\"routes\": [{}, {\"pa|th\": \"/\"}]}", u"path / The path / string / required"_s);
    row("json value", Format::Json, "{\"limits\": {\"cpu\": |1}}", u"cpu / number"_s);
    row("json broken", Format::Json, "{\"limits\": {\"cp|u\": ", u"cpu / number"_s);
    row("json in yaml", Format::Yaml, "{\"limits\": {\"c|pu\": 1}}", u"cpu / number"_s);
    row("toml", Format::Toml, "po|rt = 1\n", u"port / Port / Where it listens / integer / 8080 / required"_s);
    row("toml value", Format::Toml, "[limits]\n\ncpu = 1|0\n", u"cpu / number"_s);
    row("toml table", Format::Toml, "[li|mits]\ncpu = 10\n", u"limits / object"_s);
    row("toml in a list", Format::Toml, "[[routes]]\npath = ''\n[[routes]]\npa|th = '/'\n", u"path / The path / string / required"_s);
    row("toml, no key", Format::Toml, "port = 1\n# com|ment\n", QString());
    row("schema named", Format::Json, "{\"$sch|ema\": \"https://x\"}", u"$schema"_s);
}

void TstJsonSchema::describes()
{
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    QFETCH(QString, expected);
    const Marked at(content);
    const auto hint = schemaOf(Service).describe(format, at.content, at.line, at.column);
    QStringList words;
    if (hint) {
        words << hint->key << hint->title << hint->description << hint->types.join(u", "_s) << hint->values.join(u", "_s) << hint->standard
              << (hint->required ? u"required"_s : QString());
        words.removeAll(QString());
    }
    QCOMPARE(words.join(u" / "_s), expected);
}

void TstJsonSchema::proposes_data()
{
    QTest::addColumn<Format>("format");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("expected"); // the first one put in, then the others' names
    const auto row = [](const char *name, Format format, const QByteArray &content, const QString &expected) {
        QTest::newRow(name) << format << content << expected;
    };
    row("nothing yet", Format::Yaml, "|", u"port: ^|名称 $schema mode debug limits routes"_s);
    row("begun", Format::Yaml, "port: 1\nM|\n", u"port: 1\nmode: ^\n|"_s);
    row("what is there already", Format::Yaml, "port: 1\n名称: x\n|\nmode: fast\n",
        u"port: 1\n名称: x\n\"$schema\": ^\nmode: fast\n|debug limits routes"_s);
    row("nested", Format::Yaml, "limits:\n  |\n", u"limits:\n  cpu: ^\n|memory"_s);
    row("nested, after another", Format::Yaml, "limits:\n  cpu: 1\n  |", u"limits:\n  cpu: 1\n  memory: ^|"_s);
    row("behind a dash", Format::Yaml, "routes:\n- |\n", u"routes:\n- path: ^\n|weight kind"_s);
    row("in an entry", Format::Yaml, "routes:\n- path: /\n  w|\n", u"routes:\n- path: /\n  weight: ^\n|"_s);
    row("with its colon", Format::Yaml, "po|: 1\n", u"port^: 1\n|"_s);
    row("a collection", Format::Yaml, "rou|", u"routes:^|"_s);
    row("values", Format::Yaml, "mode: |\n", u"mode: fast^\n|safe on 3 null"_s);
    row("values, no blank", Format::Yaml, "mode:s|\nx: 1\n", u""_s);
    row("values, right behind the colon", Format::Yaml, "mode:|\n", u"mode: fast^\n|safe on 3 null"_s);
    row("value that looks like another", Format::Yaml, "mode: o|\n", u"mode: \"on\"^\n|"_s);
    row("truth", Format::Yaml, "debug: |", u"debug: true^|false"_s);
    row("default", Format::Yaml, "port: |", u"port: 8080^|"_s);
    row("in a comment", Format::Yaml, "port: 1 # |", QString());
    row("json", Format::Json, "{|}", u"{\"port\": ^}|名称 $schema mode debug limits routes"_s);
    row("json begun", Format::Json, "{\"port\": 1, \"mo|\"}", u"{\"port\": 1, \"mode\": ^}|"_s);
    row("json unclosed", Format::Json, "{\"port\": 1, \"mo|\n}", u"{\"port\": 1, \"mode\": ^\n}|"_s);
    row("json with its colon", Format::Json, "{\"mo|\": 1}", u"{\"mode\"^: 1}|"_s);
    row("json values", Format::Json, "{\"mode\": |}", u"{\"mode\": \"fast\"^}|safe on 3 null"_s);
    row("json value begun", Format::Json, "{\"mode\": \"s|\"}", u"{\"mode\": \"safe\"^}|"_s);
    row("json in a list", Format::Json, "{\"routes\": [{\"path\": \"/\", |}]}", u"{\"routes\": [{\"path\": \"/\", \"weight\": ^}]}|kind"_s);
    row("json, after it", Format::Json, "{|\n \"port\": 1, \"名称\": \"x\"}",
        u"{\"$schema\": ^\n \"port\": 1, \"名称\": \"x\"}|mode debug limits routes"_s);
    row("text", Format::Properties, "|", QString());
}

void TstJsonSchema::proposes()
{
    QFETCH(Format, format);
    QFETCH(QByteArray, content);
    QFETCH(QString, expected);
    const Marked at(content);
    const auto found = schemaOf(Service).proposals(format, at.content, at.line, at.column);
    QString shown;
    if (!found.list.isEmpty()) {
        QStringList others;
        for (const auto &one : found.list.mid(1))
            others << one.name;
        shown = QString::fromUtf8(at.content.left(found.begin) + found.list.first().insert + '^' + at.content.mid(found.end)) + u'|' +
            others.join(u' ');
    }
    QCOMPARE(shown, expected);
}

/// Where keys are called what one likes, among those that are listed.
void TstJsonSchema::namesOfKeys()
{
    const JsonSchema schema = schemaOf(R"({"propertyNames": {"$ref": "#/$defs/stage"}, "additionalProperties": {"type": "object"},
        "$defs": {"stage": {"title": "A stage", "enum": ["dev", "prod"]}}})");
    const auto hint = schema.describe(Format::Yaml, "dev: {}\n", 1, 2);
    QVERIFY(hint.has_value());
    QCOMPARE(hint->title, u"A stage"_s);
    QCOMPARE(hint->types, QStringList{u"object"_s});
    const auto offered = schema.proposals(Format::Yaml, "dev: {}\n", 2, 1);
    QCOMPARE(offered.list.size(), 1);
    QCOMPARE(offered.list.first().name, u"prod"_s);
    QCOMPARE(offered.list.first().insert, "prod:"_ba);
}

void TstJsonSchema::isBounded_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("content");
    QByteArray deep, branches = R"({"$defs": {"x0": {"type": "integer"})";
    for (int i = 0; i < 300; ++i)
        deep += "{\"a\":";
    deep += "1" + QByteArray(300, '}');
    for (int i = 1; i < 40; ++i)
        branches += ", \"x" + QByteArray::number(i) + "\": {\"allOf\": [{\"$ref\": \"#/$defs/x" + QByteArray::number(i - 1) +
            "\"}, {\"$ref\": \"#/$defs/x" + QByteArray::number(i - 1) + "\"}]}";
    branches += "}, \"$ref\": \"#/$defs/x39\"}";
    QTest::newRow("itself") << R"({"$ref": "#"})"_ba
                            << "{}"_ba;
    QTest::newRow("in a ring")
        << R"({"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"$ref": "#/$defs/a"}}})"_ba
        << "{}"_ba;
    QTest::newRow("doubling") << branches << "1"_ba;
    QTest::newRow("ring with branches") << R"({"anyOf": [{"$ref": "#"}, {"$ref": "#"}, {"type": "string"}]})"_ba
                                        << "1"_ba;
    QTest::newRow("deep") << R"({"additionalProperties": {"$ref": "#"}, "propertyNames": {"maxLength": 3}})"_ba << deep;
    QTest::newRow("deep, by many ways") << R"({"additionalProperties": {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}, "minProperties": 2})"_ba
                                        << deep;
    QTest::newRow("pattern") << R"({"items": {"pattern": "^(a+)+$"}})"_ba << QByteArray("[\"" + QByteArray(5000, 'a') + "!\"]");
    QTest::newRow("pattern that recurses") << R"({"items": {"pattern": "^(?:a|b|(?R))*c$"}})"_ba
                                           << QByteArray("[\"" + QByteArray(10'000, 'a') + "\"]");
    QByteArray list = "[", twice = "[";
    for (int i = 0; i < 90'000; ++i)
        list += "\"" + QByteArray(30, 'a') + QByteArray::number(i) + "!\",";
    list.back() = ']';
    for (int i = 0; i < 100; ++i)
        twice += "\"(" + QByteArray(i % 10 + 1, 'a') + "+)+$\",";
    QByteArray patterns = "{\"items\": {\"allOf\": [";
    for (int i = 0; i < 200; ++i)
        patterns += "{\"pattern\": \"^(a|aa)+" + QByteArray::number(i) + "$\"},";
    patterns.back() = ']';
    patterns += "}}";
    QTest::newRow("many patterns, many texts") << patterns << list;
    QTest::newRow("unique") << R"({"uniqueItems": true})"_ba << list;
    QTest::newRow("a large list of values") << QByteArray("{\"items\": {\"enum\": " +
                                                          list.left(500'000).left(list.left(500'000).lastIndexOf(',')) + "]}}")
                                            << list;
    QTest::newRow("too many values") << "{}"_ba << QByteArray("[" + QByteArray("1,").repeated(400'000) + "1]");
    QTest::newRow("many alternatives") << QByteArray("{\"items\": {\"oneOf\": [" + QByteArray("{\"type\": \"null\"},").repeated(5000) +
                                                     "false]}}")
                                       << list;
}

void TstJsonSchema::isBounded()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, content);
    const std::clock_t before = std::clock();
    const JsonSchema compiled = schemaOf(schema);
    for (const Format format : {Format::Json, Format::Yaml, Format::Toml}) {
        QVERIFY(compiled.check(format, content).size() <= MaxProblems);
        compiled.describe(format, content, 1, 4);
        compiled.proposals(format, content, 1, 4);
    }
    // Generous, for sanitizers and busy machines; what this would catch takes for ever.
    QVERIFY((std::clock() - before) / CLOCKS_PER_SEC < 120);
}

void TstJsonSchema::neverShowsValues()
{
    const auto problems = schemaOf(R"({"properties": {"a": {"pattern": "^x$", "maxLength": 2, "enum": ["x"], "not": {"type": "string"}},
        "b": {"type": "integer"}, "c": {"uniqueItems": true, "contains": {"type": "null"}}}})")
                              .check(Format::Yaml, "a: s3cret\nb: s3cret\nc: [s3cret, s3cret]\n");
    QVERIFY(problems.size() > 5);
    for (const Problem &problem : problems)
        QVERIFY2(!problem.message.contains("s3cret"_L1), qPrintable(problem.message));
}

SIGNALBOX_TEST(TstJsonSchema)
#include "tst_jsonschema.moc"
