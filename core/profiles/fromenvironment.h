// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/profiles/profile.h"

#include <QMap>
#include <QProcessEnvironment>

namespace core::profiles {

/// What the SDKs' environment variables say (`--from-env`, Import ▸ From environment).
struct EnvironmentImport {
    Profile profile;               ///< without slug
    QMap<Secret, QString> secrets; ///< to be written to the SecretStore once the profile is saved
    QStringList used;              ///< the variables read, for showing; never their values
    QStringList notes;             ///< variables understood but not taken, with the reason
};

/// NACOS_SERVER_ADDR (and the other spellings the SDKs use), NACOS_NAMESPACE, NACOS_USERNAME, NACOS_PASSWORD, NACOS_ACCESS_KEY, … for
/// Nacos; MINIO_GRPC_*, DUCKDB_GRPC_* for storage; X_INTERNAL_TOKEN. NotFound: none of them is set. Usage: set, but not an address.
Result<EnvironmentImport> profileFromEnvironment(const QProcessEnvironment &environment, Kind kind);

} // namespace core::profiles
