// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/subjecttext.h"

using namespace Qt::StringLiterals;

namespace ui::workbench {

QString placeText(const Subject &subject)
{
    if (subject.profile.isEmpty() || subject.namespaceId.isEmpty())
        return subject.profile;
    return subject.profile + u'/' + subject.namespaceId;
}

QString placeText(const core::Address &address)
{
    return placeText(Subject{address.profile(), address.space() == u"-"_s ? QString() : address.space()});
}

QString nameOf(const core::Address &address)
{
    return address.path().isEmpty() ? QString() : address.path().last();
}

} // namespace ui::workbench
