// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nacos/config/config.h"

#include <memory>
#include <QAbstractListModel>
#include <QDateTime>
#include <QListView>
#include <vector>

namespace ui::config {

/// One place where the text stands, with the line next to it.
struct SearchPlace {
    int line = 0;   ///< from 1
    int column = 0; ///< from 1, in the whole line
    QString text;   ///< the line or a part of it
    QString context;
    int contextLine = 0; ///< 0: there is none
};

/// Everything found in one config.
struct SearchFound {
    core::nacos::ConfigKey key;
    QList<SearchPlace> places; ///< by line
    enum class Source {
        Mirror, ///< in what this computer remembers
        Server  ///< the server named it, and it was read just now
    };
    Source source = Source::Server;
    QDateTime seen; ///< when what the mirror has was seen
};

/// What was found, one row for each config, by name, and below it one for each place. Bounded, so that no answer is too long for the
/// window: what does not fit any more is counted by nobody, isFull() says it.
class SearchModel final : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int MostConfigs = 1000, MostPlaces = 5000;

    explicit SearchModel(QObject *parent = nullptr);

    /// `text` is what every place holds; case does not matter.
    void begin(const QString &text);
    /// A config that is there already is left alone.
    void add(const QList<SearchFound> &found);

    const QString &text() const { return m_text; }
    bool isFull() const { return int(m_found.size()) >= MostConfigs || m_places >= MostPlaces; }
    int configs() const { return int(m_found.size()); }
    int configs(SearchFound::Source source) const;
    int places() const { return m_places; }
    /// Of a row; nullptr: it is a config's own.
    const SearchPlace *placeAt(int row) const;
    const SearchFound &foundAt(int row) const;
    /// `payments.yaml · PAYMENTS · public · Practice` follows the name with this.
    void setPlaceText(std::function<QString(const core::nacos::ConfigKey &)> text) { m_placeText = std::move(text); }
    QString placeText(const core::nacos::ConfigKey &key) const { return m_placeText ? m_placeText(key) : QString(); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        const SearchFound *found;
        int place; ///< -1: the config's own row
    };
    QString m_text;
    std::vector<std::unique_ptr<SearchFound>> m_found; ///< by name
    QList<Row> m_rows;
    QSet<core::nacos::ConfigKey> m_known;
    std::function<QString(const core::nacos::ConfigKey &)> m_placeText;
    int m_places = 0;
};

/// The list of it. Arrows go from place to place, over the configs' rows; Return opens, Ctrl+Return opens elsewhere, Ctrl+C copies the
/// line.
class SearchView final : public QListView {
    Q_OBJECT
public:
    explicit SearchView(SearchModel &model, QWidget *parent = nullptr);

    const SearchPlace *currentPlace() const;
    const SearchFound *currentFound() const;
    void copyLine() const;
    /// The focus comes here, to a place.
    void enter();

Q_SIGNALS:
    void opened();
    void openedElsewhere();

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void haveCurrent();
    int nextPlace(int from, int step) const;
    SearchModel &m_model;
};

} // namespace ui::config
