// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui::workbench {
class PageRegistry;
class TourScript;
class Workbench;
} // namespace ui::workbench

namespace ui::config {

/// What this feature brings: pages (configs, editor, compare, namespaces, drafts, content search, listeners by address, SDK folders) and
/// their commands. Once a process, before the first window.
void registerPages(workbench::PageRegistry &pages);
/// The palette's lookup; once a window.
void registerLookups(workbench::Workbench &workbench);
/// The steps of the main job that happen on these pages.
void addTourSteps(workbench::TourScript &script);

} // namespace ui::config
