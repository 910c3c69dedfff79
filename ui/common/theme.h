// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>

class QApplication;
class QPalette;
class QWidget;

namespace ui {

/// Lengths in device-independent pixels on the 4 px grid.
namespace metrics {
inline constexpr int Inside = 4;       ///< within a control
inline constexpr int Between = 8;      ///< between neighbours
inline constexpr int Around = 16;      ///< around a page's content
inline constexpr int RowHeight = 26;   ///< a row of a table or list
inline constexpr int FieldHeight = 28; ///< line edits, combo boxes, buttons
inline constexpr int HeaderHeight = 28;
inline constexpr int BarHeight = 44; ///< a page's toolbar or filter line
inline constexpr int ListIcon = 16;
inline constexpr int ToolIcon = 18;
inline constexpr int PageIcon = 48; ///< the icon of an empty or error page
inline constexpr int Radius = 6;    ///< fields and buttons
inline constexpr int SmallRadius = 4;
inline constexpr int FocusRing = 2;
inline constexpr int EnvironmentStrip = 3;
} // namespace metrics

/// Colours by meaning. Each has a value for light and for dark.
enum class Token {
    Window,    ///< side bars, tool bars, status bar
    Base,      ///< lists, editors, fields
    Text,      ///< first-rank text
    Muted,     ///< second-rank text, table headers, placeholder
    Border,    ///< the one separator weight, field borders
    Hover,     ///< what the mouse is over, pressed tool buttons, skeletons
    Accent,    ///< links, focus, primary buttons
    OnAccent,  ///< text on Accent and on the environments
    Selection, ///< Accent at 15 % over Base
    Ok,
    Warning,
    Error,
    Development,
    Staging,
    Production,
    Match,   ///< background of a found piece of text
    Flash,   ///< a row that has just changed, at its strongest
    Added,   ///< background of an added line
    Removed, ///< background of a removed line
    Changed, ///< background of a changed line
    AddedMark,
    RemovedMark, ///< the changed words inside a changed line
    Current,     ///< the line the caret is in
    SyntaxKey,
    SyntaxString,
    SyntaxNumber,
    SyntaxKeyword,
    SyntaxComment,
    SyntaxTag
};

/// The state of something. Never shown by colour alone.
enum class StateColor { Neutral, Info, Ok, Warning, Error };

/// What a connection is for; a hue of its own that is no state.
enum class Environment { None, Development, Staging, Production };

enum class Appearance { System, Light, Dark };
enum class Shade { Light, Dark };

/// Icons by meaning: Breeze by name, own drawings for the product's kinds (resources/icons).
enum class Icon {
    // the product's kinds
    Application,
    Config,
    Service,
    McpServer,
    Agent,
    Aid,
    Bucket,
    Prefab,
    Namespace,
    Connection,
    // places
    Bookmarks,
    Cluster,
    Compare,
    Dashboard,
    Drafts,
    Folder,
    Inbox,
    Ledger,
    Rights,
    Search,
    Storage,
    User,
    // commands
    Add,
    AddToPlan,
    Attach,
    Back,
    Bookmark,
    Cancel,
    Clear,
    Close,
    Columns,
    Connect,
    Copy,
    Delete,
    Details,
    Diff,
    Disconnect,
    Down,
    Edit,
    Export,
    Filter,
    Format,
    Forward,
    Help,
    Hide,
    History,
    Import,
    Keyboard,
    Link,
    Lock,
    Menu,
    Merge,
    More,
    Open,
    Paste,
    Plan,
    Publish,
    Redo,
    Refresh,
    Remove,
    Rename,
    Replace,
    Restore,
    Reveal,
    Run,
    Save,
    Settings,
    Star,
    Stop,
    Swap,
    Tab,
    Terminal,
    Undo,
    Unlock,
    Up,
    Validate,
    Window,
    // states
    Checked,
    Empty,
    Error,
    Expand,
    Collapse,
    Info,
    Offline,
    Ok,
    Push,
    Secret,
    Time,
    Warning
};

/// The only place that knows colours, fonts and icon names. Functions of the running QApplication; GUI thread only. Widgets that paint
/// with Theme::color() in paintEvent follow a change of appearance by themselves; whoever stores a colour refreshes it on
/// QEvent::ApplicationPaletteChange (or PaletteChange).
class Theme {
public:
    /// Style, palette, fonts and icons for the whole application; call once, right after the QApplication was made.
    static void install(QApplication &app, Appearance appearance = Appearance::System);
    /// Light or dark at once, in every open window. System follows the desktop, now and whenever it changes.
    static void setAppearance(Appearance appearance);
    static Appearance appearance();
    static Shade shade();
    static bool isDark() { return shade() == Shade::Dark; }

    static QColor color(Token token);
    static QColor color(Token token, Shade shade);
    static QColor color(StateColor state);
    static QColor color(Environment environment); ///< None: Muted
    /// `color` at `percent` over `ground`: the quiet backgrounds of bars, chips and badges.
    static QColor tint(const QColor &color, int percent, const QColor &ground = {});
    /// A state's colour for small text on its own tint, as badges have it.
    static QColor badgeInk(StateColor state);
    static QPalette palette(Shade shade);

    /// An icon that follows appearance, enabled state and device pixel ratio by itself.
    static QIcon icon(Icon icon);
    /// The same in one fixed colour of the theme, for states.
    static QIcon icon(Icon icon, Token color);
    static QIcon icon(Icon icon, StateColor state);
    /// The icon for a state, in its colour.
    static QIcon stateIcon(StateColor state);
    /// The name in the Breeze theme, or `:/icons/….svg` for an own drawing.
    static QString iconName(Icon icon);

    static QFont font();         ///< the desktop's
    static QFont headlineFont(); ///< 1.15 x, semibold
    static QFont smallFont();    ///< 0.9 x, for second-rank text
    static QFont strongFont();   ///< semibold
    static QFont fixedFont();    ///< code, IDs, addresses: JetBrains Mono when installed
    /// The same font with figures of one width, where the font has them.
    static QFont tabular(QFont font);

    /// Second-rank text: muted, follows the appearance.
    static void setMuted(QWidget *widget);
    static void setStateColor(QWidget *widget, StateColor state);
    static void setHeadline(QWidget *widget);

    /// The desktop asks for no animation; then rows do not fade and spinners stand still.
    static bool reducedMotion();
    enum class Motion { Desktop, Full, Reduced };
    static void setMotion(Motion motion);
};

} // namespace ui
