// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/nacos/httpapi.h"

namespace core::sandbox::nacos {

// The objects of the v3 config API, with the members the real server leaves empty left empty here too.

/// A row of a list: no times, and no MD5 when the list was filtered by tags.
enum class Md5 { Shown, Hidden };
QJsonObject basicObject(const Services &with, const Config &config, Md5 md5);
QJsonObject detailObject(const Services &with, const Config &config);
QJsonObject grayObject(const Services &with, const Config &config, const Gray &gray, Plane who);
QJsonObject historyObject(const Services &with, const HistoryRow &row);       ///< without content
QJsonObject historyDetailObject(const Services &with, const HistoryRow &row); ///< with it

/// namespaceId, groupName, dataId of a v3 call: the key, or the answer that says what is missing or wrong.
tl::expected<ConfigKey, HttpResponse> configKey(const Services &with, const HttpParameters &parameters);
/// The parameter check alone, for calls whose identity may be partial (lists).
/// This server among the nodes of its cluster.
QJsonObject nodeObject(const Services &with);
/// Deletes the configurations that `ids` names and answers `done`, or why not.
void deleteById(const Services &with, const ApiCall &call, const HttpResponse &done);
/// The check of parameters that comes before every handler: 400, the sentence, no content type.
HttpResponse parameterCheckFailed(const QString &message);
std::optional<HttpResponse> refuseBadIdentity(const HttpParameters &parameters);
ConfigFilter configFilter(const Services &with, const HttpParameters &parameters);
/// The publish a form describes, v3 names. CAS and beta come in headers.
tl::expected<Publish, HttpResponse> publishOf(const Services &with, const ApiCall &call);
HttpResponse publishAnswer(ConfigStore::Outcome outcome);
Origin originOf(const ApiCall &call);

} // namespace core::sandbox::nacos
