// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/configexecutor.h"
#include "core/nacos/config/namespaceexecutor.h"
#include "tests/core/nacos/fixture.h"

namespace tests {

/// A registry on the fakes with the executors that write to it.
struct ExecutorPlace {
    NacosFixture f;
    std::unique_ptr<core::nacos::Registries> registries;
    std::unique_ptr<core::nacos::ConfigExecutor> configs;
    std::unique_ptr<core::nacos::NamespaceExecutor> namespaces;
    core::nacos::Registry *registry = nullptr;

    bool open(core::nacos::Session::Use use)
    {
        registries = std::make_unique<core::nacos::Registries>(core::nacos::Registry::Collaborators{f.collaborators(), {}});
        configs = std::make_unique<core::nacos::ConfigExecutor>(*registries);
        namespaces = std::make_unique<core::nacos::NamespaceExecutor>(*registries);
        registry = registries->open(f.profile, use);
        const auto opened = await(registry->session().open());
        return opened && *opened;
    }
};

} // namespace tests
