// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <optional>
#include <QIconEngine>

namespace ui {

/// Finds the Breeze theme and draws its icons, and ours, in the colours of the theme. Internal to Theme.
class ThemeIcons {
public:
    /// Makes the installed Breeze theme known to QIcon, on platforms without a desktop too.
    static void install();
    static void setShade(Shade shade);
    static QString name(Icon icon);
    /// The file for a name at a size, empty when there is none. `grid` becomes the size the file was drawn for.
    static QString file(const QString &name, int size, int *grid);
};

/// Draws at painting time, so that a change of light and dark needs no new icon.
class ThemeIconEngine final : public QIconEngine {
public:
    ThemeIconEngine(Icon icon, std::optional<Token> color)
        : m_icon(icon)
        , m_color(color)
    {
    }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QSize actualSize(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QIconEngine *clone() const override { return new ThemeIconEngine(*this); }
    QString key() const override;
    QString iconName() override { return ThemeIcons::name(m_icon); }
    bool isNull() override { return false; }

private:
    Icon m_icon;
    std::optional<Token> m_color;
};

} // namespace ui
