// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/sandbox/nacos/configstore.h"
#include "core/sandbox/nacos/generation.h"
#include "core/sandbox/nacos/namespacestore.h"

namespace core::sandbox::nacos {

struct SeedTarget {
    ConfigStore &configs;
    NamespaceStore &spaces;
    Generation generation;
    const Clock &clock;
};

/// Fills an empty registry with the demo company of resources/demo (compiled in): namespaces, configurations and their history, as
/// if people had worked with it for a month. Internal: a file is malformed (our own mistake; a test reads them all).
Result<Done> seedDemo(const SeedTarget &target);

/// One file of that kind, for tests and for other people's demos. Format: resources/demo/README.md.
Result<Done> seedFromYaml(const SeedTarget &target, const QByteArray &yaml);

} // namespace core::sandbox::nacos
