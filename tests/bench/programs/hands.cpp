// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/programs/hands.h"

#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QGenericPlugin>
#include <QJsonArray>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QKeySequence>
#include <QScrollBar>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

const QEvent::Type LookEvent = QEvent::Type(QEvent::registerEventType());

qint64 now()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void tell(const QJsonObject &document)
{
    std::printf("%s\n", QJsonDocument(document).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

double milliseconds(qint64 nanoseconds)
{
    return double(nanoseconds) / 1e6;
}

/// Where keys go and what scrolls: the widget itself, or the scroll area it is built around.
QWidget *heart(QWidget *widget)
{
    if (qobject_cast<QAbstractScrollArea *>(widget))
        return widget;
    auto *inner = widget->findChild<QAbstractScrollArea *>();
    return inner ? inner : widget;
}

int rowsOf(QWidget *widget)
{
    const auto *view = qobject_cast<QAbstractItemView *>(widget);
    return view && view->model() ? view->model()->rowCount(view->rootIndex()) : -1;
}

int linesOf(QWidget *widget)
{
    const auto *area = qobject_cast<QAbstractScrollArea *>(heart(widget));
    return area ? area->verticalScrollBar()->maximum() + area->verticalScrollBar()->pageStep() : -1;
}

void press(QWidget *widget, int key, Qt::KeyboardModifiers modifiers, const QString &text)
{
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, modifiers, text);
        QCoreApplication::sendEvent(widget, &event);
    }
}

QModelIndex rowWith(const QAbstractItemView &view, const QString &match)
{
    const QModelIndexList hits =
        view.model()->match(view.model()->index(0, 0, view.rootIndex()), Qt::DisplayRole, match, 1, Qt::MatchExactly);
    return hits.value(0);
}

} // namespace

Wanted Wanted::of(const QJsonObject &json)
{
    return {json.value("object"_L1).toString(), json.value("rows"_L1).toInt(-1), -1, json.value("lines"_L1).toInt(-1)};
}

Hands::Hands()
    : m_input(STDIN_FILENO, QSocketNotifier::Read)
{
    ::fcntl(STDIN_FILENO, F_SETFL, ::fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
    connect(&m_input, &QSocketNotifier::activated, this, &Hands::readCommands);
    m_clock.setTimerType(Qt::PreciseTimer);
    m_clock.setSingleShot(true);
    connect(&m_clock, &QTimer::timeout, this, &Hands::tick);
    qApp->installEventFilter(this);
    readCommands(); // what is to be awaited from the start is there already
}

QWidget *Hands::find(const QString &object)
{
    const QWidgetList all = QApplication::allWidgets();
    for (QWidget *widget : all) {
        if (widget->objectName() == object && widget->isVisible())
            return widget;
    }
    return nullptr;
}

bool Hands::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Paint || !watched->isWidgetType())
        return false;
    // The named widget is the painted one or close above it (viewports).
    QWidget *widget = static_cast<QWidget *>(watched);
    for (int level = 0; widget && level < 4; ++level, widget = widget->parentWidget()) {
        if (!widget->objectName().isEmpty() && !m_paintedObjects.contains(widget->objectName()))
            m_paintedObjects.append(widget->objectName());
    }
    // Painting and its way to the screen are over when this comes back.
    if (!std::exchange(m_lookPosted, true))
        QCoreApplication::postEvent(this, new QEvent(LookEvent), Qt::HighEventPriority);
    return false;
}

bool Hands::event(QEvent *event)
{
    if (event->type() != LookEvent)
        return QObject::event(event);
    m_lookPosted = false;
    painted();
    return true;
}

bool Hands::isTrue(const Wanted &wanted)
{
    QWidget *widget = find(wanted.object);
    if (!widget)
        return false;
    return (wanted.rows < 0 || rowsOf(widget) >= wanted.rows) && (wanted.rowsOtherThan < 0 || rowsOf(widget) != wanted.rowsOtherThan) &&
        (wanted.lines < 0 || linesOf(widget) >= wanted.lines);
}

void Hands::painted()
{
    const qint64 at = now();
    const QStringList objects = std::exchange(m_paintedObjects, {});
    while (!m_pending.empty() && objects.contains(m_pending.front().wanted.object) && isTrue(m_pending.front().wanted)) {
        const Pending done = m_pending.front();
        m_pending.pop_front();
        QWidget *widget = find(done.wanted.object);
        rusage used{};
        ::getrusage(RUSAGE_SELF, &used);
        const auto cpu = [](const timeval &time) { return double(time.tv_sec) * 1000 + double(time.tv_usec) / 1000; };
        tell({{u"answer"_s, u"painted"_s},
              {u"cpuMs"_s, cpu(used.ru_utime) + cpu(used.ru_stime)},
              {u"at"_s, at},
              {u"ms"_s, milliseconds(at - done.since)},
              {u"rows"_s, rowsOf(widget)},
              {u"lines"_s, linesOf(widget)}});
    }
    if (m_series.running && objects.contains(m_series.object)) {
        for (const qint64 due : std::exchange(m_series.waiting, {}))
            m_series.milliseconds.append(milliseconds(at - due));
        tellSeries();
    }
    for (Cell &cell : m_cells) {
        if (objects.contains(cell.object))
            tellCell(cell);
    }
}

void Hands::tellCell(Cell &cell)
{
    const auto *view = qobject_cast<QAbstractItemView *>(find(cell.object));
    if (!view)
        return;
    const QModelIndex row = rowWith(*view, cell.match);
    const QString text = row.siblingAtColumn(cell.column).data().toString();
    if (row.isValid() && text != std::exchange(cell.text, text))
        tell({{u"seen"_s, text}, {u"at"_s, now()}});
}

void Hands::readCommands()
{
    char piece[65536];
    for (ssize_t got = 0; (got = ::read(STDIN_FILENO, piece, sizeof piece)) != 0;) {
        if (got < 0)
            return;
        m_line.append(piece, got);
        for (qsizetype end = 0; (end = m_line.indexOf('\n')) >= 0;) {
            const QJsonObject command = QJsonDocument::fromJson(m_line.first(end)).object();
            m_line.remove(0, end + 1);
            run(command);
        }
    }
    // The driver is gone.
    QCoreApplication::exit(1);
}

void Hands::run(const QJsonObject &command)
{
    const QString op = command.value("op"_L1).toString();
    if (op == "await"_L1 || op == "measure"_L1) {
        Wanted wanted = Wanted::of(command);
        if (command.value("rowsChange"_L1).toBool())
            wanted.rowsOtherThan = rowsOf(find(wanted.object));
        m_pending.push_back({now(), wanted});
        const QString problem = op == "measure"_L1 ? act(command.value("do"_L1).toObject()) : QString();
        if (!problem.isEmpty()) {
            m_pending.pop_back();
            tell({{u"answer"_s, u"error"_s}, {u"error"_s, problem}});
        }
        // It may be so already: then the next paint tells.
        if (QWidget *known = op == "await"_L1 ? find(wanted.object) : nullptr)
            known->update();
        if (auto *area = qobject_cast<QAbstractScrollArea *>(op == "await"_L1 ? find(wanted.object) : nullptr))
            area->viewport()->update();
    } else if (op == "series"_L1) {
        startSeries(command);
    } else if (op == "watch"_L1) {
        m_cells.append(
            {command.value("object"_L1).toString(), command.value("match"_L1).toString(), {}, command.value("column"_L1).toInt()});
        tellCell(m_cells.last());
    } else {
        const QString problem = act(command);
        tell(problem.isEmpty() ? QJsonObject{{u"answer"_s, u"done"_s}} : QJsonObject{{u"answer"_s, u"error"_s}, {u"error"_s, problem}});
    }
}

/// Does what a person would do; answers what is in the way.
QString Hands::act(const QJsonObject &action)
{
    const QString op = action.value("op"_L1).toString();
    const QString object = action.value("object"_L1).toString();
    if (op == "trigger"_L1) {
        const QWidgetList all = QApplication::allWidgets();
        for (const QWidget *widget : all) {
            const QList<QAction *> actions = widget->actions();
            for (QAction *one : actions) {
                if (one->objectName() != object)
                    continue;
                if (!one->isEnabled())
                    return u"not available: "_s + object;
                one->trigger();
                return {};
            }
        }
        return u"no command "_s + object;
    }
    if (op == "quit"_L1) {
        QTimer::singleShot(0, qApp, [] { QApplication::closeAllWindows(); });
        return {};
    }
    QWidget *widget = find(object);
    if (!widget)
        return u"no visible widget "_s + object;
    widget = heart(widget);
    if (op == "resize"_L1) {
        widget->window()->resize(action.value("width"_L1).toInt(), action.value("height"_L1).toInt());
    } else if (op == "text"_L1) {
        const QString text = action.value("text"_L1).toString();
        for (const QChar &letter : text) {
            const bool newLine = letter == u'\n';
            press(widget, newLine ? int(Qt::Key_Return) : int(letter.toUpper().unicode()), Qt::NoModifier, newLine ? u"\r"_s : letter);
        }
    } else if (op == "keys"_L1) {
        const QKeyCombination keys = QKeySequence(action.value("keys"_L1).toString())[0];
        press(widget, keys.key(), keys.keyboardModifiers(), {});
    } else if (op == "scroll"_L1) {
        auto *area = qobject_cast<QAbstractScrollArea *>(widget);
        if (!area)
            return object + u" does not scroll"_s;
        area->verticalScrollBar()->setValue(area->verticalScrollBar()->value() + action.value("lines"_L1).toInt());
    } else if (op == "activateRow"_L1) {
        auto *view = qobject_cast<QAbstractItemView *>(widget);
        const QModelIndex row = view ? rowWith(*view, action.value("match"_L1).toString()) : QModelIndex();
        if (!row.isValid())
            return u"no such row in "_s + object;
        view->setCurrentIndex(row);
        view->setFocus();
        press(view, Qt::Key_Return, Qt::NoModifier, u"\r"_s);
    } else {
        return u"unknown command "_s + op;
    }
    return {};
}

/// Actions at a fixed pace; the time of each runs from the moment it was due to the end of the first paint after it.
void Hands::startSeries(const QJsonObject &command)
{
    m_series = Series();
    m_series.actions = command.value("actions"_L1).toArray();
    m_series.object = command.value("object"_L1).toString();
    m_series.interval = qint64(command.value("intervalMs"_L1).toDouble(50) * 1e6);
    m_series.began = now();
    m_series.running = true;
    m_clock.start(0);
}

void Hands::tick()
{
    const auto due = [this] { return m_series.began + (m_series.next + 1) * m_series.interval; };
    while (m_series.next < m_series.actions.size() && due() <= now()) {
        const qint64 at = due();
        const QString problem = act(m_series.actions.at(m_series.next++).toObject());
        if (!problem.isEmpty()) {
            m_series.running = false;
            return tell({{u"answer"_s, u"error"_s}, {u"error"_s, problem}});
        }
        m_series.waiting.push_back(at);
    }
    if (m_series.next < m_series.actions.size())
        m_clock.start(std::chrono::ceil<std::chrono::milliseconds>(std::chrono::nanoseconds(std::max<qint64>(0, due() - now()))));
}

void Hands::tellSeries()
{
    if (m_series.milliseconds.size() < m_series.actions.size())
        return;
    m_series.running = false;
    tell({{u"answer"_s, u"series"_s}, {u"ms"_s, m_series.milliseconds}});
}

class HandsPlugin final : public QGenericPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "hands.json")
public:
    QObject *create(const QString &, const QString &) override { return new Hands; }
};

} // namespace bench

#include "hands.moc"
