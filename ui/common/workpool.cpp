// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/workpool.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui {

QThreadPool &workPool()
{
    const QString name = u"signalbox.workpool"_s;
    if (auto *pool = qApp->findChild<QThreadPool *>(name, Qt::FindDirectChildrenOnly))
        return *pool;
    auto *pool = new QThreadPool(qApp);
    pool->setObjectName(name);
    return *pool;
}

} // namespace ui
