// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/planfiles.h"

#include "core/base/savefile.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace core::guard {

namespace {

constexpr qint64 LargestFile = 256LL * 1024 * 1024;

tl::unexpected<Error> troubleWith(const QFileDevice &file)
{
    return fail(Error::Kind::Internal, u"%1: %2"_s.arg(file.fileName(), file.errorString()));
}

Result<Plan> read(const QString &name)
{
    // A pipe or device would be waited for.
    if (const QFileInfo info(name); info.exists() && !info.isFile())
        return fail(Error::Kind::Internal, u"%1: not a file"_s.arg(name));
    QFile file(name);
    if (file.size() > LargestFile)
        return fail(Error::Kind::BadReply, u"%1 is larger than 256 MiB"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return troubleWith(file);
    const QByteArray json = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return troubleWith(file);
    return Plan::fromFile(json);
}

Result<Done> write(const Plan &plan, const QString &name)
{
    const auto json = plan.toFile();
    if (!json)
        return fail(json.error());
    QSaveFile file(name);
    const bool opened = file.open(QIODevice::WriteOnly);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (!opened || file.write(*json) != json->size() || !commitWhole(file))
        return troubleWith(file);
    return Done{};
}

} // namespace

Reply<Plan> *readPlanFile(const QString &name, Workers &workers, QObject *parent)
{
    return workers.reply<Plan>([name] { return read(name); }, parent);
}

Reply<Done> *writePlanFile(const Plan &plan, const QString &name, Workers &workers, QObject *parent)
{
    return workers.reply<Done>([plan, name] { return write(plan, name); }, parent);
}

} // namespace core::guard
