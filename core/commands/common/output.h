// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/commands/common/commandline.h"

#include <QJsonArray>
#include <QJsonObject>

namespace core::commands {

/// Exit codes of app/cli.md §1.1.
enum ExitCode {
    ExitDone = 0,
    ExitFailed = 1,
    ExitUsage = 2,
    ExitNotFound = 3,
    ExitNoRight = 4,
    ExitConflict = 5,
    ExitNetwork = 6,
    ExitPolicy = 7,
    ExitPartly = 8,
    ExitInterrupted = 130
};
int exitCodeOf(Error::Kind kind);

/// A table for people: columns as wide as their content, numbers to the right. A cell of more than 64 columns doesn't widen the others.
struct TextTable {
    enum class Align { Left, Right };
    struct Column {
        QString title;
        Align align = Align::Left;
    };
    QList<Column> columns;
    QList<QStringList> rows;
    QString toText() const;
    /// The members of a document, one a row: those of an object inside as `tls.caFile`, a list in one cell; without those that say nothing.
    static TextTable ofFields(const QJsonObject &object);
};

/// Where a program's answer goes. Standard output carries results only: one JSON document (or one a line for watch) with --json, text for
/// people otherwise. Errors and remarks go to standard error. Control characters of foreign names are shown as escapes, so that
/// a server cannot steer the terminal; content asked for byte by byte is written as it is.
class Output {
public:
    explicit Output(const GlobalOptions &options);
    virtual ~Output() = default;

    bool isJson() const { return m_options.format == GlobalOptions::Format::Json; }
    bool isQuiet() const { return m_options.loudness == GlobalOptions::Loudness::Quiet; }

    void document(const QJsonObject &object); ///< with --json only; remarks made before are in its `notes`
    void text(const QString &text);           ///< without --json only; a missing last newline is added
    void table(const TextTable &table);       ///< without --json only
    void event(const QJsonObject &object);    ///< one line, flushed; with --json only; remarks as in document()
    void bytes(const QByteArray &content);    ///< as it is
    /// Standard error, not when quiet. With --json standard error is for errors alone, and the remark goes into the document.
    void remark(const QString &text);
    /// The same, also when quiet: what would be misunderstood without it.
    void warn(const QString &text);
    void error(const Error &error); ///< standard error: a sentence, or one JSON line; remarks made before are in its `notes`
    /// With --json: remarks that no document and no error took along, one line `{"notes":[…]}` on standard error. Called at the end.
    void end();
    /// What of the answer could not be written to standard output, for example because the disk is full. A reader that went away
    /// (`| head`) is none.
    const std::optional<Error> &lost() const { return m_lost; }

    /// The document of a list (app/cli.md §1.2), live and seen now. `total`: of what there is; less in `items` means that it is not
    /// complete.
    static QJsonObject listDocument(const QJsonArray &items, qint64 total);
    static QJsonObject errorObject(const Error &error);
    /// Control characters, bidi overrides and escapes made visible.
    static QString printable(const QString &text);

protected:
    virtual void writeOut(const QByteArray &bytes);
    virtual void writeErr(const QByteArray &bytes);

private:
    void write(QJsonObject object);
    void takeNotes(QJsonObject &object);
    GlobalOptions m_options;
    QStringList m_notes;
    std::optional<Error> m_lost;
};

} // namespace core::commands
