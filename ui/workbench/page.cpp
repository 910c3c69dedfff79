// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/page.h"

namespace ui::workbench {

Page::Page(Workbench &workbench)
    : m_workbench(workbench)
{
}

Page::~Page() = default;

void Page::setSubject(const Subject &subject)
{
    if (m_subject == subject)
        return;
    m_subject = subject;
    Q_EMIT faceChanged();
}

void Page::requestClose(std::function<void(Close)> answer)
{
    answer(Close::Now);
}

void Page::keep(std::function<void()> kept)
{
    kept();
}

void Page::restoreState(const QJsonObject &) {}

} // namespace ui::workbench
