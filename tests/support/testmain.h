// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <QObject>

namespace tests {

/// Registers a test class with its folder's program; see signalbox_add_test() for how they are run.
class Registration {
public:
    Registration(const char *name, std::function<std::unique_ptr<QObject>()> make);
};

} // namespace tests

#define SIGNALBOX_TEST(Class)                                                                                                              \
    static const tests::Registration registration_##Class(#Class, [] { return std::unique_ptr<QObject>(new Class); });
