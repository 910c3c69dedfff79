// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nacos/config/snippet.h"

#include "core/nacos/session/servers.h"
#include "core/profiles/profile.h"

#include <array>

using namespace Qt::StringLiterals;

namespace core::nacos {

namespace {

struct Language {
    SnippetLanguage value;
    const char *name;
    const char *others; ///< blanks between them
};
constexpr std::array Languages{
    Language{SnippetLanguage::Java, "Java", ""},          Language{SnippetLanguage::Python, "Python", "py python3"},
    Language{SnippetLanguage::Go, "Go", "golang"},        Language{SnippetLanguage::Node, "Node", "nodejs node.js js javascript"},
    Language{SnippetLanguage::CSharp, "C#", "csharp cs"}, Language{SnippetLanguage::Cpp, "C++", "cpp cxx cc"},
};

/// As a string literal of all these languages.
QString quoted(const QString &text)
{
    QString escaped;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            escaped += u'\\';
        escaped += c.unicode() < 0x20 ? u' ' : c;
    }
    return u'"' + escaped + u'"';
}

/// What is filled in.
struct Facts {
    QString dataId, group, space; ///< quoted; the namespace is empty for `public`, as every SDK has it
    QStringList urls, addresses;  ///< with scheme; without it where it is http
    QString contextPath;          ///< empty: the usual one
    int grpcPort = 0;             ///< 0: the usual one
    QList<ServerAddress> servers;
    struct Setting {
        QString key, value, variable; ///< value quoted, or the environment variable that holds it
    };
    QList<Setting> login;
};

Facts factsOf(const profiles::Profile &profile, const ConfigKey &key)
{
    using Kind = profiles::Auth::Kind;
    Facts facts;
    facts.dataId = quoted(key.dataId);
    facts.group = quoted(key.group);
    if (ConfigKey::canonicalNamespace(key.namespaceId) != "public"_L1)
        facts.space = quoted(key.namespaceId);
    if (const auto servers = serversOf(profile))
        facts.servers = *servers;
    for (const ServerAddress &server : std::as_const(facts.servers)) {
        const QString url = server.origin.toString();
        facts.urls.append(url);
        facts.addresses.append(url.startsWith("http://"_L1) ? url.mid(7) : url);
        facts.contextPath = server.contextPath;
        if (profile.grpcPort != 0 && profile.grpcPort != server.origin.port() + 1000)
            facts.grpcPort = profile.grpcPort;
    }
    if (facts.contextPath == "/nacos"_L1)
        facts.contextPath.clear();
    if (profile.auth.kind == Kind::Password)
        facts.login = {{u"user"_s, quoted(profile.auth.user), {}}, {u"password"_s, {}, u"NACOS_PASSWORD"_s}};
    else if (profile.auth.kind == Kind::AkSk)
        facts.login = {{u"accessKey"_s, quoted(profile.auth.accessKeyId), {}}, {u"secretKey"_s, {}, u"NACOS_SECRET_KEY"_s}};
    return facts;
}

/// The language's name of a login setting.
QString named(const Facts::Setting &setting, const char *user, const char *password, const char *accessKey, const char *secretKey)
{
    const QHash<QString, QLatin1StringView> names{{u"user"_s, QLatin1StringView(user)},
                                                  {u"password"_s, QLatin1StringView(password)},
                                                  {u"accessKey"_s, QLatin1StringView(accessKey)},
                                                  {u"secretKey"_s, QLatin1StringView(secretKey)}};
    return names.value(setting.key);
}

/// Its value: the literal, or what reads the variable (`%1` is its quoted name).
QString valueOf(const Facts::Setting &setting, const QString &fromEnvironment)
{
    return setting.variable.isEmpty() ? setting.value : fromEnvironment.arg(quoted(setting.variable));
}

QString java(const Facts &facts)
{
    QString set;
    const auto put = [&set](const QString &key, const QString &value) {
        set += u"        properties.put(PropertyKeyConst.%1, %2);\n"_s.arg(key, value);
    };
    put(u"SERVER_ADDR"_s, quoted(facts.addresses.join(u',')));
    if (!facts.space.isEmpty())
        put(u"NAMESPACE"_s, facts.space);
    if (!facts.contextPath.isEmpty())
        put(u"CONTEXT_PATH"_s, quoted(facts.contextPath));
    for (const auto &setting : facts.login)
        put(named(setting, "USERNAME", "PASSWORD", "ACCESS_KEY", "SECRET_KEY"), valueOf(setting, u"System.getenv(%1)"_s));
    const int offset = facts.grpcPort != 0 ? facts.grpcPort - facts.servers.first().origin.port() : 0;
    const QString start = offset != 0 ? u"\n// Start it with -Dnacos.server.grpc.port.offset=%1"_s.arg(offset) : QString();
    return uR"(// com.alibaba.nacos:nacos-client%1
import com.alibaba.nacos.api.NacosFactory;
import com.alibaba.nacos.api.PropertyKeyConst;
import com.alibaba.nacos.api.config.ConfigService;
import com.alibaba.nacos.api.config.listener.Listener;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

public class Example {
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
%2        ConfigService configs = NacosFactory.createConfigService(properties);
        String content = configs.getConfigAndSignListener(%3, %4, 5000, new Listener() {
            @Override
            public void receiveConfigInfo(String changed) {
                System.out.println(changed);
            }

            @Override
            public Executor getExecutor() {
                return null;
            }
        });
        System.out.println(content);
        new CountDownLatch(1).await();
    }
}
)"_s.arg(start, set, facts.dataId, facts.group);
}

QString python(const Facts &facts)
{
    QString set = u"        .server_address(%1)\n"_s.arg(quoted(facts.addresses.join(u',')));
    if (!facts.space.isEmpty())
        set += u"        .namespace_id(%1)\n"_s.arg(facts.space);
    for (const auto &setting : facts.login)
        set += u"        .%1(%2)\n"_s.arg(named(setting, "username", "password", "access_key", "secret_key"),
                                          valueOf(setting, u"os.environ[%1]"_s));
    if (facts.grpcPort != 0)
        set += u"        .grpc_config(GRPCConfig(port_offset=%1))\n"_s.arg(facts.grpcPort - facts.servers.first().origin.port());
    QString after;
    if (!facts.contextPath.isEmpty())
        after = u"    config.context_path = %1\n"_s.arg(quoted(facts.contextPath));
    return uR"(# pip install nacos-sdk-python
import asyncio
%5
from v2.nacos import ClientConfigBuilder, ConfigParam, %6NacosConfigService


async def changed(tenant, data_id, group, content):
    print(content)


async def main():
    config = (
        ClientConfigBuilder()
%1        .build()
    )
%2    configs = await NacosConfigService.create_config_service(config)
    print(await configs.get_config(ConfigParam(data_id=%3, group=%4)))
    await configs.add_listener(%3, %4, changed)
    await asyncio.Event().wait()


asyncio.run(main())
)"_s.arg(set, after, facts.dataId, facts.group, facts.login.isEmpty() ? QString() : u"import os\n"_s,
         facts.grpcPort == 0 ? QString() : u"GRPCConfig, "_s);
}

QString go(const Facts &facts)
{
    QString servers, set;
    for (const ServerAddress &server : facts.servers) {
        QString more;
        if (server.origin.scheme() == "https"_L1)
            more += u", constant.WithScheme(\"https\")"_s;
        if (!facts.contextPath.isEmpty())
            more += u", constant.WithContextPath(%1)"_s.arg(quoted(facts.contextPath));
        if (facts.grpcPort != 0)
            more += u", constant.WithGrpcPort(%1)"_s.arg(facts.grpcPort);
        servers += u"\t\t*constant.NewServerConfig(%1, %2%3),\n"_s.arg(quoted(server.host())).arg(server.origin.port()).arg(more);
    }
    if (!facts.space.isEmpty())
        set += u"\t\tconstant.WithNamespaceId(%1),\n"_s.arg(facts.space);
    for (const auto &setting : facts.login)
        set += u"\t\tconstant.With%1(%2),\n"_s.arg(named(setting, "Username", "Password", "AccessKey", "SecretKey"),
                                                   valueOf(setting, u"os.Getenv(%1)"_s));
    const bool usesEnvironment = !facts.login.isEmpty();
    return uR"(// go get github.com/nacos-group/nacos-sdk-go/v2
package main

import (
	"fmt"
	"log"
%1
	"github.com/nacos-group/nacos-sdk-go/v2/clients"
	"github.com/nacos-group/nacos-sdk-go/v2/common/constant"
	"github.com/nacos-group/nacos-sdk-go/v2/vo"
)

func main() {
	servers := []constant.ServerConfig{
%2	}
	client := constant.NewClientConfig(
%3	)
	configs, err := clients.NewConfigClient(vo.NacosClientParam{ClientConfig: client, ServerConfigs: servers})
	if err != nil {
		log.Fatal(err)
	}
	content, err := configs.GetConfig(vo.ConfigParam{DataId: %4, Group: %5})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(content)
	err = configs.ListenConfig(vo.ConfigParam{DataId: %4, Group: %5,
		OnChange: func(namespace, group, dataId, data string) { fmt.Println(data) }})
	if err != nil {
		log.Fatal(err)
	}
	select {}
}
)"_s.arg(usesEnvironment ? u"\t\"os\"\n"_s : QString(), servers, set, facts.dataId, facts.group);
}

QString node(const Facts &facts)
{
    QString set = u"  serverAddr: %1,\n"_s.arg(quoted(facts.addresses.join(u',')));
    if (!facts.space.isEmpty())
        set += u"  namespace: %1,\n"_s.arg(facts.space);
    if (!facts.contextPath.isEmpty())
        set += u"  contextPath: %1,\n"_s.arg(quoted(facts.contextPath.mid(1)));
    for (const auto &setting : facts.login)
        set +=
            u"  %1: %2,\n"_s.arg(named(setting, "username", "password", "accessKey", "secretKey"), valueOf(setting, u"process.env[%1]"_s));
    return uR"(// npm install nacos
const { NacosConfigClient } = require("nacos");

const configs = new NacosConfigClient({
%1});

async function main() {
  console.log(await configs.getConfig(%2, %3));
  configs.subscribe({ dataId: %2, group: %3 }, (content) => console.log(content));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
)"_s.arg(set, facts.dataId, facts.group);
}

QString csharp(const Facts &facts)
{
    QStringList urls;
    for (const QString &url : facts.urls)
        urls.append(quoted(url));
    QString set = u"    options.ServerAddresses = new List<string> { %1 };\n"_s.arg(urls.join(u", "_s));
    set += u"    options.Namespace = %1;\n"_s.arg(facts.space.isEmpty() ? u"\"\""_s : facts.space);
    set += u"    options.ConfigUseRpc = true;\n"_s;
    if (!facts.contextPath.isEmpty())
        set += u"    options.ContextPath = %1;\n"_s.arg(quoted(facts.contextPath.mid(1)));
    for (const auto &setting : facts.login)
        set += u"    options.%1 = %2;\n"_s.arg(named(setting, "UserName", "Password", "AccessKey", "SecretKey"),
                                               valueOf(setting, u"Environment.GetEnvironmentVariable(%1)"_s));
    return uR"(// dotnet add package nacos-sdk-csharp
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Nacos.V2;
using Nacos.V2.DependencyInjection;

var services = new ServiceCollection();
services.AddNacosV2Config(options =>
{
%1});
var configs = services.BuildServiceProvider().GetRequiredService<INacosConfigService>();
Console.WriteLine(await configs.GetConfig(%2, %3, 5000));
await configs.AddListener(%2, %3, new Changed());
await Task.Delay(Timeout.Infinite);

class Changed : IListener
{
    public void ReceiveConfigInfo(string content) => Console.WriteLine(content);
}
)"_s.arg(set, facts.dataId, facts.group);
}

QString cpp(const Facts &facts)
{
    QString set;
    const auto put = [&set](const QString &key, const QString &value) {
        set += u"    settings[PropertyKeyConst::%1] = %2;\n"_s.arg(key, value);
    };
    put(u"SERVER_ADDR"_s, quoted(facts.addresses.join(u',')));
    if (!facts.space.isEmpty())
        put(u"NAMESPACE"_s, facts.space);
    if (!facts.contextPath.isEmpty())
        put(u"CONTEXT_PATH"_s, quoted(facts.contextPath.mid(1)));
    for (const auto &setting : facts.login)
        put(named(setting, "AUTH_USERNAME", "AUTH_PASSWORD", "ACCESS_KEY", "SECRET_KEY"), valueOf(setting, u"std::getenv(%1)"_s));
    return uR"(// https://github.com/nacos-group/nacos-sdk-cpp
#include <Nacos.h>

#include <cstdlib>
#include <iostream>

using namespace nacos;

class Changed : public Listener {
public:
    void receiveConfigInfo(const NacosString &content) override { std::cout << content << std::endl; }
};

int main()
{
    Properties settings;
%1    INacosServiceFactory *factory = NacosFactoryFactory::getNacosFactory(settings);
    ResourceGuard<INacosServiceFactory> factoryGuard(factory);
    ConfigService *configs = factory->CreateConfigService();
    ResourceGuard<ConfigService> configsGuard(configs);
    std::cout << configs->getConfig(%2, %3, 5000) << std::endl;
    configs->addListener(%2, %3, new Changed);
    std::cin.get();
}
)"_s.arg(set, facts.dataId, facts.group);
}

} // namespace

QList<SnippetLanguage> snippetLanguages()
{
    QList<SnippetLanguage> all;
    for (const Language &language : Languages)
        all.append(language.value);
    return all;
}

QString snippetLanguageName(SnippetLanguage language)
{
    for (const Language &known : Languages) {
        if (known.value == language)
            return QString::fromLatin1(known.name);
    }
    return {};
}

std::optional<SnippetLanguage> snippetLanguageFrom(QStringView text)
{
    for (const Language &known : Languages) {
        QStringList names = QString::fromLatin1(known.others).split(u' ', Qt::SkipEmptyParts);
        names.prepend(QString::fromLatin1(known.name));
        if (names.contains(text, Qt::CaseInsensitive))
            return known.value;
    }
    return std::nullopt;
}

QString configSnippet(SnippetLanguage language, const profiles::Profile &profile, const ConfigKey &key)
{
    const Facts facts = factsOf(profile, key);
    switch (language) {
    case SnippetLanguage::Java:
        return java(facts);
    case SnippetLanguage::Python:
        return python(facts);
    case SnippetLanguage::Go:
        return go(facts);
    case SnippetLanguage::Node:
        return node(facts);
    case SnippetLanguage::CSharp:
        return csharp(facts);
    case SnippetLanguage::Cpp:
        break;
    }
    return cpp(facts);
}

} // namespace core::nacos
