// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/options.h"

using namespace Qt::StringLiterals;

namespace app {

namespace {

core::Result<core::Done> take(Options &options, const QString &name, const QString &value)
{
    using core::Error;
    if (name == "--profile"_L1) {
        options.start.profile = value;
    } else if (name == "--open"_L1) {
        const auto address = core::Address::parse(value);
        if (!address)
            return core::fail(Error::Kind::Usage, u"--open: %1"_s.arg(address.error().message));
        options.start.address = *address;
    } else if (name == "--home"_L1) {
        options.home = value;
    } else if (name == "--tour"_L1) {
        options.action = Options::Action::Tour;
        options.tourFolder = value;
    } else if (name == "--language"_L1) {
        if (value != "en"_L1 && value != "zh_CN"_L1)
            return core::fail(Error::Kind::Usage, u"--language: en or zh_CN, not %1"_s.arg(value));
        options.language = value;
    } else if (name == "--theme"_L1) {
        if (value != "system"_L1 && value != "light"_L1 && value != "dark"_L1)
            return core::fail(Error::Kind::Usage, u"--theme: system, light or dark, not %1"_s.arg(value));
        options.theme = value;
    } else if (name == "--scale"_L1) {
        bool number = false;
        options.scale = value.toDouble(&number);
        if (!number || options.scale < 0.5 || options.scale > 4)
            return core::fail(Error::Kind::Usage, u"--scale: a number from 0.5 to 4, not %1"_s.arg(value));
    }
    return core::Done{};
}

} // namespace

core::Result<Options> parseOptions(const QStringList &words)
{
    using core::Error;
    static const QStringList valued{u"--profile"_s, u"--open"_s, u"--home"_s, u"--tour"_s, u"--language"_s, u"--theme"_s, u"--scale"_s};
    Options options;
    for (qsizetype i = 0; i < words.size(); ++i) {
        QString name = words.at(i);
        QString value;
        const qsizetype equals = name.startsWith("--"_L1) ? name.indexOf(u'=') : -1;
        if (equals > 0) {
            value = name.mid(equals + 1);
            name.truncate(equals);
        }
        if (valued.contains(name)) {
            if (equals < 0) {
                if (++i >= words.size())
                    return core::fail(Error::Kind::Usage, u"%1 needs a value"_s.arg(name));
                value = words.at(i);
            }
            if (value.isEmpty())
                return core::fail(Error::Kind::Usage, u"%1 needs a value"_s.arg(name));
            if (const auto taken = take(options, name, value); !taken)
                return core::fail(taken.error());
        } else if (equals >= 0) {
            return core::fail(Error::Kind::Usage, u"%1 takes no value"_s.arg(name));
        } else if (name == "--sandbox"_L1) {
            options.start.practice = ui::shell::StartRequest::Practice::Start;
        } else if (name == "--smoke"_L1) {
            options.action = Options::Action::Smoke;
        } else if (name == "--version"_L1 || name == "-v"_L1) {
            options.action = Options::Action::ShowVersion;
        } else if (name == "--help"_L1 || name == "-h"_L1) {
            options.action = Options::Action::ShowHelp;
        } else if (name.startsWith("signalbox://"_L1)) {
            // The desktop hands links over as plain arguments.
            if (const auto taken = take(options, u"--open"_s, name); !taken)
                return core::fail(taken.error());
        } else {
            return core::fail(Error::Kind::Usage, u"unknown option %1 (see --help)"_s.arg(name));
        }
    }
    if (!options.start.profile.isEmpty())
        options.handover << u"--profile"_s << options.start.profile;
    if (!options.start.address.isEmpty())
        options.handover << u"--open"_s << options.start.address.toString();
    if (options.start.practice == ui::shell::StartRequest::Practice::Start)
        options.handover << u"--sandbox"_s;
    return options;
}

QString helpText()
{
    return u"Usage: signalbox [options] [signalbox://…]\n"
           "\n"
           "A desktop console for agent registries.\n"
           "\n"
           "  --profile NAME         opens on this saved connection\n"
           "  --open URI             opens this object (signalbox://PROFILE/NAMESPACE/KIND/…)\n"
           "  --home DIR             another settings, mirror and ledger folder (also SIGNALBOX_HOME)\n"
           "  --sandbox              starts or finds the practice registry and opens on it\n"
           "  --tour DIR             does the main job on the practice registry, with a picture of every page in DIR\n"
           "  --language en|zh_CN    language of this run\n"
           "  --theme system|light|dark\n"
           "  --scale X              size of everything, 1 is the desktop's\n"
           "  --smoke                builds the window, opens every page once, ends\n"
           "  --version, --help\n"_s;
}

} // namespace app
