// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/themeicons.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHash>
#include <QPainter>
#include <QPixmapCache>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

// A resource in a static library is only linked when it is asked for; the macro must stand outside every namespace.
static void initialiseResources()
{
    Q_INIT_RESOURCE(signalbox);
}

namespace {

QString breezeFolder; // "/usr/share/icons/breeze", empty: not installed

QString findBreeze()
{
    QStringList places = QIcon::themeSearchPaths();
    for (const QString &data : QStandardPaths::standardLocations(QStandardPaths::GenericDataLocation))
        places.append(data + "/icons"_L1);
    places.append({u"/usr/local/share/icons"_s, u"/usr/share/icons"_s});
    for (const QString &place : std::as_const(places)) {
        const QString folder = place + "/breeze"_L1;
        if (QFileInfo::exists(folder + "/actions/16"_L1))
            return folder;
    }
    return {};
}

/// The SVG with Breeze's colour classes set to ours.
QByteArray recoloured(QByteArray svg, const QColor &text, ui::Shade shade)
{
    struct Class {
        QLatin1StringView name;
        ui::Token token;
    };
    static constexpr Class Classes[] = {{"ColorScheme-NegativeText"_L1, ui::Token::Error},
                                        {"ColorScheme-PositiveText"_L1, ui::Token::Ok},
                                        {"ColorScheme-NeutralText"_L1, ui::Token::Warning},
                                        {"ColorScheme-Highlight"_L1, ui::Token::Accent},
                                        {"ColorScheme-ButtonFocus"_L1, ui::Token::Accent}};
    QString source = QString::fromUtf8(svg);
    static const QRegularExpression rule(u"\\.(ColorScheme-\\w+)\\s*\\{\\s*color\\s*:\\s*#?\\w+\\s*;?\\s*\\}"_s);
    QString result;
    qsizetype from = 0;
    for (auto it = rule.globalMatch(source); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        QColor color = text;
        for (const Class &known : Classes)
            if (match.capturedView(1) == known.name)
                color = ui::Theme::color(known.token, shade);
        result += QStringView(source).mid(from, match.capturedStart() - from);
        result += u".%1 { color:%2; }"_s.arg(match.captured(1), color.name());
        from = match.capturedEnd();
    }
    result += QStringView(source).mid(from);
    // A few files of the theme name the colour instead of the class.
    result.replace(u"#232629"_s, text.name()).replace(u"#4d4d4d"_s, text.name());
    return result.toUtf8();
}

QImage render(const QString &file, int grid, const QSize &pixels, qreal logicalSize, const QColor &text)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return {};
    QSvgRenderer renderer(recoloured(source.readAll(), text, ui::Theme::shade()));
    if (!renderer.isValid())
        return {};
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    const qreal side = qMin(pixels.width(), pixels.height());
    QRectF target((pixels.width() - side) / 2, (pixels.height() - side) / 2, side, side);
    // Lines stay on the pixel grid: between two drawn sizes the larger drawing loses its margin, the smaller one gains some.
    if (grid == 22 && logicalSize >= 17 && logicalSize < 22) {
        const qreal scale = side / logicalSize;
        const qreal whole = 22 * scale;
        target = QRectF(target.center().x() - whole / 2, target.center().y() - whole / 2, whole, whole);
    } else if (grid == 16 && logicalSize > 16 && logicalSize < 22) {
        const qreal inner = 16 * side / logicalSize;
        target = QRectF(target.center().x() - inner / 2, target.center().y() - inner / 2, inner, inner);
    }
    renderer.render(&painter, target);
    return image;
}

} // namespace

namespace ui {

void ThemeIcons::install()
{
    initialiseResources();
    breezeFolder = findBreeze();
    if (breezeFolder.isEmpty())
        return;
    const QString place = QFileInfo(breezeFolder).path();
    QStringList paths = QIcon::themeSearchPaths();
    if (!paths.contains(place)) {
        paths.append(place);
        QIcon::setThemeSearchPaths(paths);
    }
    QIcon::setFallbackThemeName(u"breeze"_s);
}

void ThemeIcons::setShade(Shade shade)
{
    if (!breezeFolder.isEmpty())
        QIcon::setThemeName(shade == Shade::Dark ? u"breeze-dark"_s : u"breeze"_s);
}

QString ThemeIcons::file(const QString &name, int size, int *grid)
{
    *grid = 16;
    if (name.startsWith(u':'))
        return name;
    if (breezeFolder.isEmpty())
        return {};
    static QHash<QString, std::pair<QString, int>> known;
    const QString key = name + u'@' + QString::number(size);
    if (const auto it = known.constFind(key); it != known.constEnd()) {
        *grid = it->second;
        return it->first;
    }
    static constexpr QLatin1StringView Kinds[] = {"actions"_L1,     "places"_L1,     "status"_L1,  "devices"_L1,  "apps"_L1,
                                                  "preferences"_L1, "categories"_L1, "emblems"_L1, "mimetypes"_L1};
    const QList<int> sizes = size < 17 ? QList<int>{16, 22, 32} : size < 32 ? QList<int>{22, 16, 32} : QList<int>{32, 22, 16};
    for (const int drawn : sizes) {
        for (const QLatin1StringView kind : Kinds) {
            const QString path = u"%1/%2/%3/%4.svg"_s.arg(breezeFolder, kind, QString::number(drawn), name);
            if (QFileInfo::exists(path)) {
                known.insert(key, {path, drawn});
                *grid = drawn;
                return path;
            }
        }
    }
    known.insert(key, {QString(), 16});
    return {};
}

QString ThemeIconEngine::key() const
{
    return u"signalbox"_s;
}

QSize ThemeIconEngine::actualSize(const QSize &size, QIcon::Mode, QIcon::State)
{
    return size;
}

QPixmap ThemeIconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1);
}

QPixmap ThemeIconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale)
{
    if (size.isEmpty())
        return {};
    QColor color = Theme::color(m_color.value_or(Token::Text));
    if (mode == QIcon::Disabled)
        color = Theme::tint(Theme::color(Token::Muted), 60, Theme::color(Token::Window));
    const QString cacheKey = u"signalbox-icon-%1-%2x%3-%4-%5-%6"_s.arg(int(m_icon))
                                 .arg(size.width())
                                 .arg(size.height())
                                 .arg(scale)
                                 .arg(color.name())
                                 .arg(int(Theme::shade()) * 2 + (m_color || mode == QIcon::Disabled ? 1 : 0));
    QPixmap pixmap;
    if (QPixmapCache::find(cacheKey, &pixmap))
        return pixmap;
    const qreal logical = qMin(size.width(), size.height()) / scale;
    int grid = 16;
    const QString name = ThemeIcons::name(m_icon);
    const QString path = ThemeIcons::file(name, qRound(logical), &grid);
    QImage image = path.isEmpty() ? QImage() : render(path, grid, size, logical, color);
    if (image.isNull()) {
        // Breeze is not installed: whatever the desktop's theme has under that name.
        image = QIcon::fromTheme(name).pixmap(size, 1, mode).toImage().convertToFormat(QImage::Format_ARGB32_Premultiplied);
        if (image.isNull()) {
            image = QImage(size, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::transparent);
        }
    }
    // One colour for all of it: states, and what is disabled. The application's own icon keeps its colours, the signs of warning and error
    // the white mark in them.
    const bool sign = (m_icon == Icon::Warning && m_color == Token::Warning) || (m_icon == Icon::Error && m_color == Token::Error);
    if ((m_color || mode == QIcon::Disabled) && m_icon != Icon::Application && !(sign && mode != QIcon::Disabled)) {
        QPainter painter(&image);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(image.rect(), color);
    }
    pixmap = QPixmap::fromImage(image);
    pixmap.setDevicePixelRatio(scale);
    QPixmapCache::insert(cacheKey, pixmap);
    return pixmap;
}

void ThemeIconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state)
{
    const qreal scale = painter->device() ? painter->device()->devicePixelRatio() : qGuiApp->devicePixelRatio();
    const QPixmap pixmap = scaledPixmap(QSize(qRound(rect.width() * scale), qRound(rect.height() * scale)), mode, state, scale);
    painter->drawPixmap(rect, pixmap);
}

QIcon Theme::icon(Icon icon)
{
    return QIcon(new ThemeIconEngine(icon, std::nullopt));
}

QIcon Theme::icon(Icon icon, Token color)
{
    return QIcon(new ThemeIconEngine(icon, color));
}

QIcon Theme::icon(Icon icon, StateColor state)
{
    switch (state) {
    case StateColor::Neutral:
        return Theme::icon(icon, Token::Muted);
    case StateColor::Info:
        return Theme::icon(icon, Token::Accent);
    case StateColor::Ok:
        return Theme::icon(icon, Token::Ok);
    case StateColor::Warning:
        return Theme::icon(icon, Token::Warning);
    case StateColor::Error:
        return Theme::icon(icon, Token::Error);
    }
    return Theme::icon(icon);
}

QIcon Theme::stateIcon(StateColor state)
{
    switch (state) {
    case StateColor::Ok:
        return icon(Icon::Ok, Token::Ok);
    case StateColor::Warning:
        return icon(Icon::Warning, Token::Warning);
    case StateColor::Error:
        return icon(Icon::Error, Token::Error);
    case StateColor::Neutral:
    case StateColor::Info:
        break;
    }
    return icon(Icon::Info, Token::Accent);
}

QString Theme::iconName(Icon icon)
{
    return ThemeIcons::name(icon);
}

QString ThemeIcons::name(Icon icon)
{
    switch (icon) {
    case Icon::Application:
        return u":/icons/signalbox.svg"_s;
    case Icon::Config:
        return u":/icons/config.svg"_s;
    case Icon::Service:
        return u":/icons/service.svg"_s;
    case Icon::McpServer:
        return u":/icons/mcp.svg"_s;
    case Icon::Agent:
        return u":/icons/agent.svg"_s;
    case Icon::Aid:
        return u":/icons/aid.svg"_s;
    case Icon::Bucket:
        return u":/icons/bucket.svg"_s;
    case Icon::Prefab:
        return u":/icons/prefab.svg"_s;
    case Icon::Namespace:
        return u":/icons/namespace.svg"_s;
    case Icon::Connection:
        return u":/icons/connection.svg"_s;
    case Icon::Bookmarks:
        return u"bookmarks"_s;
    case Icon::Cluster:
        return u"network-server"_s;
    case Icon::Compare:
        return u"view-split-left-right"_s;
    case Icon::Dashboard:
        return u"view-statistics"_s;
    case Icon::Drafts:
        return u"document-edit"_s;
    case Icon::Folder:
        return u":/icons/folder.svg"_s;
    case Icon::Inbox:
        return u"mail-message"_s;
    case Icon::Ledger:
        return u"view-history"_s;
    case Icon::Rights:
        return u"user-group-properties"_s;
    case Icon::Search:
        return u"edit-find"_s;
    case Icon::Storage:
        return u"cloudstatus"_s;
    case Icon::User:
        return u"user"_s;
    case Icon::Add:
        return u"list-add"_s;
    case Icon::AddToPlan:
        return u"view-task-add"_s;
    case Icon::Attach:
        return u"mail-attachment"_s;
    case Icon::Back:
        return u"go-previous"_s;
    case Icon::Bookmark:
        return u"bookmark-new"_s;
    case Icon::Cancel:
        return u"dialog-cancel"_s;
    case Icon::Clear:
        return u":/icons/close.svg"_s;
    case Icon::Close:
        return u":/icons/close.svg"_s;
    case Icon::Columns:
        return u"view-file-columns"_s;
    case Icon::Connect:
        return u"network-connect"_s;
    case Icon::Copy:
        return u"edit-copy"_s;
    case Icon::Delete:
        return u"edit-delete"_s;
    case Icon::Details:
        return u"documentinfo"_s;
    case Icon::Diff:
        return u"vcs-diff"_s;
    case Icon::Disconnect:
        return u"network-disconnect"_s;
    case Icon::Down:
        return u"go-down"_s;
    case Icon::Edit:
        return u"document-edit"_s;
    case Icon::Export:
        return u"document-export"_s;
    case Icon::Filter:
        return u"view-filter"_s;
    case Icon::Format:
        return u"format-indent-more"_s;
    case Icon::Forward:
        return u"go-next"_s;
    case Icon::Help:
        return u"help-contents"_s;
    case Icon::Hide:
        return u"view-hidden"_s;
    case Icon::History:
        return u"view-history"_s;
    case Icon::Import:
        return u"document-import"_s;
    case Icon::Keyboard:
        return u"input-keyboard"_s;
    case Icon::Link:
        return u"link"_s;
    case Icon::Lock:
        return u"lock"_s;
    case Icon::Menu:
        return u"application-menu"_s;
    case Icon::Merge:
        return u"vcs-merge"_s;
    case Icon::More:
        return u"overflow-menu"_s;
    case Icon::Open:
        return u"document-open"_s;
    case Icon::Paste:
        return u"edit-paste"_s;
    case Icon::Plan:
        return u"view-task"_s;
    case Icon::Publish:
        return u"cloud-upload"_s;
    case Icon::Redo:
        return u"edit-redo"_s;
    case Icon::Refresh:
        return u"view-refresh"_s;
    case Icon::Remove:
        return u"list-remove"_s;
    case Icon::Rename:
        return u"edit-rename"_s;
    case Icon::Replace:
        return u"edit-find-replace"_s;
    case Icon::Restore:
        return u"document-revert"_s;
    case Icon::Reveal:
        return u"view-visible"_s;
    case Icon::Run:
        return u"media-playback-start"_s;
    case Icon::Save:
        return u"document-save"_s;
    case Icon::Settings:
        return u"configure"_s;
    case Icon::Star:
        return u"rating-unrated"_s;
    case Icon::Swap:
        return u"swap-panels"_s;
    case Icon::Stop:
        return u"media-playback-stop"_s;
    case Icon::Tab:
        return u"tab-new"_s;
    case Icon::Terminal:
        return u"dialog-scripts"_s;
    case Icon::Undo:
        return u"edit-undo"_s;
    case Icon::Unlock:
        return u"unlock"_s;
    case Icon::Up:
        return u"go-up"_s;
    case Icon::Validate:
        return u"checkmark"_s;
    case Icon::Window:
        return u"window-new"_s;
    case Icon::Checked:
        return u"checkmark"_s;
    case Icon::Empty:
        return u"mail-folder-inbox"_s;
    case Icon::Error:
        return u"data-error"_s;
    case Icon::Expand:
        return u"arrow-right"_s;
    case Icon::Collapse:
        return u"arrow-down"_s;
    case Icon::Info:
        return u"documentinfo"_s;
    case Icon::Offline:
        return u"network-disconnect"_s;
    case Icon::Ok:
        return u"dialog-ok"_s;
    case Icon::Push:
        return u"network-connect"_s;
    case Icon::Secret:
        return u"password-show-off"_s;
    case Icon::Time:
        return u"clock"_s;
    case Icon::Warning:
        return u"data-warning"_s;
    }
    return {};
}

} // namespace ui
