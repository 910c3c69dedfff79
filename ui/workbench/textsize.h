// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/viewstate.h"

#include <QObject>

namespace ui::workbench {

/// The size of the texts in editors, differences and merges: one setting of all windows, in points above or below the theme's.
int textSize(const core::store::ViewState &state);
void setTextSize(core::store::ViewState &state, int points);
bool isTextSize(const QString &key); ///< of ViewState::changed()

/// A view that can be zoomed (CodeEditor, DiffView, MergeView) has this size, and sets it when the wheel changes it.
template <class View>
void followTextSize(core::store::ViewState &state, View *view)
{
    view->setZoom(textSize(state));
    QObject::connect(&state, &core::store::ViewState::changed, view, [&state, view](const QString &key) {
        if (isTextSize(key))
            view->setZoom(textSize(state));
    });
    QObject::connect(view, &View::zoomChanged, &state, [&state](int points) { setTextSize(state, points); });
}

} // namespace ui::workbench
