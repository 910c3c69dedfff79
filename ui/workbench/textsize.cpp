// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench/textsize.h"

#include "ui/common/codeeditor.h"

using namespace Qt::StringLiterals;

namespace ui::workbench {

namespace {
const QString Key = u"editor/zoom"_s;
} // namespace

int textSize(const core::store::ViewState &state)
{
    return state.value(Key).toInt();
}

void setTextSize(core::store::ViewState &state, int points)
{
    const int bound = qBound(CodeEditor::LeastZoom, points, CodeEditor::MostZoom);
    if (bound != textSize(state))
        state.setValue(Key, bound);
}

bool isTextSize(const QString &key)
{
    return key == Key;
}

} // namespace ui::workbench
