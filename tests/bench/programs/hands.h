// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <QEvent>
#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QSocketNotifier>
#include <QTimer>
#include <QWidget>

namespace bench {

/// What must be true of a widget at the end of a paint.
struct Wanted {
    QString object;         ///< its objectName
    int rows = -1;          ///< an item view shows at least so many rows
    int rowsOtherThan = -1; ///< an item view shows another number of rows
    int lines = -1;         ///< a scroll area reaches down to at least that line
    static Wanted of(const QJsonObject &json);
};

/// Eyes and hands of the bench inside a window program that knows nothing of it: a generic plugin, chosen by
/// QT_QPA_GENERIC_PLUGINS. Takes one JSON command a line on standard input, answers one JSON document a line on standard output, with
/// the monotonic clock in nanoseconds. README.md names the commands. GUI thread.
class Hands final : public QObject {
    Q_OBJECT
public:
    Hands();
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool event(QEvent *event) override;

private:
    /// Something was done and its picture is awaited.
    struct Pending {
        qint64 since = 0;
        Wanted wanted;
    };
    /// Cell of a table whose text is told whenever it was painted with another one.
    struct Cell {
        QString object, match, text;
        int column = 0;
    };
    void readCommands();
    void run(const QJsonObject &command);
    QString act(const QJsonObject &action);
    QString activateRow(const QString &object, const QString &match);
    void startSeries(const QJsonObject &command);
    void tick();
    void painted();
    void tellSeries();
    void tellCell(Cell &cell);
    QWidget *find(const QString &object);
    bool isTrue(const Wanted &wanted);

    QSocketNotifier m_input;
    QByteArray m_line;
    QStringList m_paintedObjects; ///< since the last look
    bool m_lookPosted = false;
    std::deque<Pending> m_pending;
    QList<Cell> m_cells;

    struct Series {
        QJsonArray actions;
        QString object;
        qint64 began = 0, interval = 0;
        int next = 0;
        std::deque<qint64> waiting; ///< when what is not painted yet was due
        QJsonArray milliseconds;
        bool running = false;
    } m_series;
    QTimer m_clock;
};

} // namespace bench
