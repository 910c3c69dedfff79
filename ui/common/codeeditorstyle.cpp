// SPDX-License-Identifier: GPL-3.0-or-later
// Colours, lexers and folding of the editor.
#include "ui/common/codeeditor_p.h"

#include <QFontInfo>
#include <QLabel>

using namespace Qt::StringLiterals;
using Base = QsciScintillaBase;

namespace {

struct Ink {
    int style;
    ui::Token token;
    bool strong = false;
};
using ui::Token;

// Style numbers are those of Scintilla's lexers.
constexpr Ink YamlInk[] = {{1, Token::SyntaxComment}, {2, Token::SyntaxKey}, {3, Token::SyntaxKeyword},
                           {4, Token::SyntaxNumber},  {5, Token::SyntaxTag}, {6, Token::SyntaxTag},
                           {7, Token::SyntaxString},  {8, Token::Error},     {9, Token::SyntaxComment}};
constexpr Ink JsonInk[] = {{1, Token::SyntaxNumber}, {2, Token::SyntaxString},  {3, Token::Error},          {4, Token::SyntaxKey},
                           {5, Token::SyntaxTag},    {6, Token::SyntaxComment}, {7, Token::SyntaxComment},  {8, Token::Muted},
                           {9, Token::SyntaxString}, {10, Token::SyntaxString}, {11, Token::SyntaxKeyword}, {12, Token::SyntaxKeyword},
                           {13, Token::Error}};
constexpr Ink MarkupInk[] = {{1, Token::SyntaxKey},      {2, Token::SyntaxKey},      {3, Token::SyntaxTag},      {4, Token::SyntaxTag},
                             {5, Token::SyntaxNumber},   {6, Token::SyntaxString},   {7, Token::SyntaxString},   {8, Token::Muted},
                             {9, Token::SyntaxComment},  {10, Token::SyntaxNumber},  {11, Token::SyntaxKey},     {12, Token::SyntaxKeyword},
                             {13, Token::SyntaxKeyword}, {17, Token::SyntaxString},  {21, Token::SyntaxKeyword}, {22, Token::SyntaxKeyword},
                             {42, Token::SyntaxComment}, {43, Token::SyntaxComment}, {45, Token::SyntaxNumber},  {47, Token::SyntaxKeyword},
                             {48, Token::SyntaxString},  {49, Token::SyntaxString}};
constexpr Ink PropertiesInk[] = {
    {1, Token::SyntaxComment}, {2, Token::SyntaxTag, true}, {3, Token::Muted}, {4, Token::SyntaxNumber}, {5, Token::SyntaxKey}};
enum Toml { TomlPlain, TomlComment, TomlKey, TomlString, TomlNumber, TomlKeyword, TomlSection, TomlMark };
constexpr Ink TomlInk[] = {{TomlComment, Token::SyntaxComment},
                           {TomlKey, Token::SyntaxKey},
                           {TomlString, Token::SyntaxString},
                           {TomlNumber, Token::SyntaxNumber},
                           {TomlKeyword, Token::SyntaxKeyword},
                           {TomlSection, Token::SyntaxTag, true},
                           {TomlMark, Token::Muted}};

constexpr long FoldLimit = 1024 * 1024;
constexpr long StyleLimit = 4 * 1024 * 1024;

bool isTomlBare(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

} // namespace

namespace ui {

void CodeEditor::Private::applyTheme()
{
    const auto color = [](Token token) { return Theme::color(token); };
    const QFont font = Theme::fixedFont();
    surface->send(Base::SCI_STYLERESETDEFAULT);
    surface->SendScintilla(Base::SCI_STYLESETFONT, static_cast<unsigned long>(Base::STYLE_DEFAULT),
                           QFontInfo(font).family().toUtf8().constData());
    surface->send(Base::SCI_STYLESETSIZEFRACTIONAL, Base::STYLE_DEFAULT, qRound(font.pointSizeF() * 100));
    surface->sendColor(Base::SCI_STYLESETFORE, Base::STYLE_DEFAULT, color(Token::Text));
    surface->sendColor(Base::SCI_STYLESETBACK, Base::STYLE_DEFAULT, color(Token::Base));
    surface->send(Base::SCI_STYLECLEARALL);
    surface->sendColor(Base::SCI_STYLESETFORE, Base::STYLE_LINENUMBER, color(Token::Muted));
    surface->sendColor(Base::SCI_STYLESETBACK, Base::STYLE_LINENUMBER, color(Token::Base));
    surface->sendColor(Base::SCI_STYLESETFORE, Base::STYLE_BRACELIGHT, color(Token::Accent));
    surface->sendColor(Base::SCI_STYLESETBACK, Base::STYLE_BRACELIGHT, color(Token::Selection));
    surface->send(Base::SCI_STYLESETBOLD, Base::STYLE_BRACELIGHT, 1);
    surface->sendColor(Base::SCI_STYLESETFORE, Base::STYLE_BRACEBAD, color(Token::Error));
    surface->sendColor(Base::SCI_STYLESETFORE, Base::STYLE_INDENTGUIDE, color(Token::Border));
    surface->sendColor(Base::SCI_STYLESETFORE, Base::STYLE_CONTROLCHAR, color(Token::Warning));

    surface->sendColor(Base::SCI_SETSELBACK, 1, Theme::tint(color(Token::Accent), 26));
    surface->send(Base::SCI_SETADDITIONALSELALPHA, Base::SC_ALPHA_NOALPHA);
    surface->SendScintilla(Base::SCI_SETADDITIONALSELBACK, Theme::tint(color(Token::Accent), 26));
    surface->SendScintilla(Base::SCI_SETCARETFORE, color(Token::Text));
    surface->SendScintilla(Base::SCI_SETADDITIONALCARETFORE, color(Token::Accent));
    surface->send(Base::SCI_SETCARETLINEVISIBLE, 1);
    surface->SendScintilla(Base::SCI_SETCARETLINEBACK, color(Token::Current));
    surface->sendColor(Base::SCI_SETFOLDMARGINCOLOUR, 1, color(Token::Base));
    surface->sendColor(Base::SCI_SETFOLDMARGINHICOLOUR, 1, color(Token::Base));
    surface->SendScintilla(Base::SCI_SETEDGECOLOUR, color(Token::Border));

    surface->sendColor(Base::SCI_INDICSETFORE, EditorSurface::ErrorSquiggle, color(Token::Error));
    surface->sendColor(Base::SCI_INDICSETFORE, EditorSurface::WarningSquiggle, color(Token::Warning));
    surface->sendColor(Base::SCI_INDICSETFORE, EditorSurface::HintSquiggle, color(Token::Accent));
    surface->sendColor(Base::SCI_INDICSETFORE, EditorSurface::Found, color(Token::Match));
    surface->sendColor(Base::SCI_INDICSETFORE, EditorSurface::FoundCurrent, Theme::tint(color(Token::Warning), 45));

    struct Mark {
        int number;
        int shape;
    };
    // Flat arrows for folding; the connecting lines of the default look are left out.
    for (const auto &[number, shape] :
         {Mark{Base::SC_MARKNUM_FOLDEROPEN, Base::SC_MARK_ARROWDOWN}, Mark{Base::SC_MARKNUM_FOLDER, Base::SC_MARK_ARROW},
          Mark{Base::SC_MARKNUM_FOLDEROPENMID, Base::SC_MARK_ARROWDOWN}, Mark{Base::SC_MARKNUM_FOLDEREND, Base::SC_MARK_ARROW},
          Mark{Base::SC_MARKNUM_FOLDERSUB, Base::SC_MARK_EMPTY}, Mark{Base::SC_MARKNUM_FOLDERTAIL, Base::SC_MARK_EMPTY},
          Mark{Base::SC_MARKNUM_FOLDERMIDTAIL, Base::SC_MARK_EMPTY}}) {
        surface->send(Base::SCI_MARKERDEFINE, number, shape);
        surface->sendColor(Base::SCI_MARKERSETFORE, number, Theme::tint(color(Token::Muted), 50));
        surface->sendColor(Base::SCI_MARKERSETBACK, number, Theme::tint(color(Token::Muted), 50));
    }
    surface->send(Base::SCI_MARKERDEFINE, EditorSurface::ChangedMark, Base::SC_MARK_LEFTRECT);
    surface->sendColor(Base::SCI_MARKERSETBACK, EditorSurface::ChangedMark, color(Token::Accent));
    const auto pixmap = [this](StateColor state) { return Theme::stateIcon(state).pixmap(QSize(14, 14), q->devicePixelRatio()); };
    surface->SendScintilla(Base::SCI_MARKERDEFINEPIXMAP, EditorSurface::ErrorMark, pixmap(StateColor::Error));
    surface->SendScintilla(Base::SCI_MARKERDEFINEPIXMAP, EditorSurface::WarningMark, pixmap(StateColor::Warning));
    surface->SendScintilla(Base::SCI_MARKERDEFINEPIXMAP, EditorSurface::HintMark, pixmap(StateColor::Info));
    hint->setFont(font);
    marginDigits = 0;
    updateMargins();
    applyFormat();
}

void CodeEditor::Private::applyFormat()
{
    using core::text::Format;
    const long size = surface->length();
    const bool styled = size <= StyleLimit && facts.utf8 && !facts.nul;
    const bool folds = size <= FoldLimit && styled && format != Format::Text;
    int lexer = Base::SCLEX_NULL;
    std::pair<const Ink *, std::size_t> inks{nullptr, 0};
    const char *keywords = "";
    switch (styled ? format : Format::Text) {
    case Format::Yaml:
        lexer = Base::SCLEX_YAML;
        inks = {YamlInk, std::size(YamlInk)};
        keywords = "true false yes no on off null True False Null TRUE FALSE NULL ~";
        break;
    case Format::Json:
        lexer = Base::SCLEX_JSON;
        inks = {JsonInk, std::size(JsonInk)};
        keywords = "true false null";
        break;
    case Format::Xml:
        lexer = Base::SCLEX_XML;
        inks = {MarkupInk, std::size(MarkupInk)};
        break;
    case Format::Html:
        lexer = Base::SCLEX_HTML;
        inks = {MarkupInk, std::size(MarkupInk)};
        break;
    case Format::Properties:
        lexer = Base::SCLEX_PROPERTIES;
        inks = {PropertiesInk, std::size(PropertiesInk)};
        break;
    case Format::Toml:
        lexer = Base::SCLEX_CONTAINER;
        inks = {TomlInk, std::size(TomlInk)};
        break;
    case Format::Text:
        break;
    }
    surface->send(Base::SCI_SETLEXER, lexer);
    surface->SendScintilla(Base::SCI_SETKEYWORDS, static_cast<uintptr_t>(0), keywords);
    surface->SendScintilla(Base::SCI_SETPROPERTY, "fold", folds ? "1" : "0");
    surface->SendScintilla(Base::SCI_SETPROPERTY, "fold.compact", "0");
    surface->SendScintilla(Base::SCI_SETPROPERTY, "fold.html", folds ? "1" : "0");
    surface->SendScintilla(Base::SCI_SETPROPERTY, "lexer.json.allow.comments", "1");
    surface->send(Base::SCI_SETMARGINWIDTHN, EditorSurface::FoldMargin, folds ? 14 : 4);
    for (int style = 0; style < 64; ++style) {
        if (style >= Base::STYLE_DEFAULT && style <= Base::STYLE_LASTPREDEFINED)
            continue;
        surface->sendColor(Base::SCI_STYLESETFORE, style, Theme::color(Token::Text));
    }
    for (std::size_t i = 0; i < inks.second; ++i) {
        surface->sendColor(Base::SCI_STYLESETFORE, inks.first[i].style, Theme::color(inks.first[i].token));
        surface->send(Base::SCI_STYLESETBOLD, inks.first[i].style, inks.first[i].strong ? 1 : 0);
    }
    // Lexing happens as far as is shown; a jump to the end of a large text is lexed in idle time.
    surface->send(Base::SCI_SETIDLESTYLING, size > FoldLimit ? Base::SC_IDLESTYLING_TOVISIBLE : Base::SC_IDLESTYLING_NONE);
    surface->send(Base::SCI_STARTSTYLING, 0);
    surface->send(Base::SCI_CLEARDOCUMENTSTYLE);
    surface->send(Base::SCI_COLOURISE, 0, size > 65536 ? 0 : -1);
    markProblems();
}

/// Scintilla 3 has no lexer for TOML. Line by line; a line's state says whether a multi-line string is open at its end.
void CodeEditor::Private::styleToml(long from, long to)
{
    // Setting a fold level asks for styling again.
    if (std::exchange(styling, true))
        return;
    QList<std::pair<long, bool>> sections;
    const bool folds = surface->length() <= FoldLimit;
    long line = surface->send(Base::SCI_LINEFROMPOSITION, from);
    const long lastLine = surface->send(Base::SCI_LINEFROMPOSITION, to);
    from = surface->send(Base::SCI_POSITIONFROMLINE, line);
    surface->send(Base::SCI_STARTSTYLING, from);
    for (; line <= lastLine; ++line) {
        const long start = surface->send(Base::SCI_POSITIONFROMLINE, line);
        const long end =
            line + 1 < surface->send(Base::SCI_GETLINECOUNT) ? surface->send(Base::SCI_POSITIONFROMLINE, line + 1) : surface->length();
        const QByteArray text = surface->bytes(start, end);
        char open = char(line > 0 ? surface->send(Base::SCI_GETLINESTATE, line - 1) : 0); // 0, '"' or '\''
        const bool continued = open != 0;
        qsizetype at = 0;
        const auto paint = [&](qsizetype until, int style) {
            if (until > at)
                surface->send(Base::SCI_SETSTYLING, until - at, style);
            at = qMax(at, until);
        };
        const auto closeString = [&](char quote, bool triple) {
            qsizetype i = at;
            for (; i < text.size(); ++i) {
                if (quote == '"' && text.at(i) == '\\') {
                    ++i;
                    continue;
                }
                if (text.at(i) != quote)
                    continue;
                if (!triple)
                    return qMakePair(i + 1, true);
                if (text.mid(i, 3) == QByteArray(3, quote))
                    return qMakePair(i + 3, true);
            }
            return qMakePair(text.size(), !triple);
        };
        if (open) {
            const auto [until, closed] = closeString(open, true);
            paint(until, TomlString);
            if (closed)
                open = 0;
        }
        bool value = continued;
        bool section = false;
        while (!open && at < text.size()) {
            const char c = text.at(at);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                paint(at + 1, TomlPlain);
            } else if (c == '#') {
                paint(text.size(), TomlComment);
            } else if (c == '[' && !value && text.left(at).trimmed().isEmpty()) {
                const qsizetype close = text.lastIndexOf(']');
                section = true;
                paint(close > at ? close + 1 : text.size(), TomlSection);
            } else if (c == '"' || c == '\'') {
                const bool triple = text.mid(at, 3) == QByteArray(3, c);
                const qsizetype begin = at;
                at += triple ? 3 : 1;
                const auto [until, closed] = closeString(c, triple);
                at = begin;
                paint(until, value ? TomlString : TomlKey);
                if (!closed)
                    open = c;
            } else if (c == '=') {
                value = true;
                paint(at + 1, TomlMark);
            } else if (c == ',' || c == '{') {
                paint(at + 1, TomlMark);
                value = value && c == ',' && !text.left(at).contains('{');
            } else if (isTomlBare(c) || c == '+') {
                qsizetype until = at + 1;
                while (until < text.size() && (isTomlBare(text.at(until)) || (value && (text.at(until) == ':' || text.at(until) == '+'))))
                    ++until;
                const QByteArray word = text.mid(at, until - at);
                const bool number = (c >= '0' && c <= '9') || ((c == '-' || c == '+') && word.size() > 1) || word == "inf" || word == "nan";
                paint(until, !value ? TomlKey : word == "true" || word == "false" ? TomlKeyword : number ? TomlNumber : TomlPlain);
            } else {
                paint(at + 1, TomlMark);
            }
        }
        surface->send(Base::SCI_SETLINESTATE, line, open);
        sections.append({line, section});
    }
    for (const auto &[number, section] : std::as_const(sections)) {
        if (!folds)
            break;
        const long above = number > 0 ? surface->send(Base::SCI_GETFOLDLEVEL, number - 1) : long(Base::SC_FOLDLEVELBASE);
        const bool inside = (above & Base::SC_FOLDLEVELHEADERFLAG) || (above & Base::SC_FOLDLEVELNUMBERMASK) > Base::SC_FOLDLEVELBASE;
        surface->send(Base::SCI_SETFOLDLEVEL, number,
                      section      ? Base::SC_FOLDLEVELBASE | Base::SC_FOLDLEVELHEADERFLAG
                          : inside ? Base::SC_FOLDLEVELBASE + 1
                                   : long(Base::SC_FOLDLEVELBASE));
    }
    styling = false;
}

void CodeEditor::Private::updateMargins()
{
    const int digits = qMax(3, int(QString::number(surface->send(Base::SCI_GETLINECOUNT)).size()));
    if (digits == marginDigits)
        return;
    marginDigits = digits;
    const QByteArray sample(digits + 1, '9');
    surface->send(Base::SCI_SETMARGINWIDTHN, EditorSurface::NumberMargin,
                  surface->SendScintilla(Base::SCI_TEXTWIDTH, static_cast<uintptr_t>(Base::STYLE_LINENUMBER), sample.constData()));
}

void CodeEditor::Private::updateBraces()
{
    if (surface->length() > FoldLimit || format == core::text::Format::Text) {
        if (lastBrace >= 0)
            surface->send(Base::SCI_BRACEHIGHLIGHT, -1, -1);
        lastBrace = -1;
        return;
    }
    const long caret = surface->send(Base::SCI_GETCURRENTPOS);
    const auto isBrace = [this](long position) {
        const char c = char(surface->send(Base::SCI_GETCHARAT, position));
        return c == '(' || c == ')' || c == '[' || c == ']' || c == '{' || c == '}';
    };
    const long brace = caret > 0 && isBrace(caret - 1) ? caret - 1 : isBrace(caret) ? caret : -1;
    if (brace < 0) {
        if (lastBrace >= 0)
            surface->send(Base::SCI_BRACEHIGHLIGHT, -1, -1);
        lastBrace = -1;
        return;
    }
    const long other = surface->send(Base::SCI_BRACEMATCH, brace, 0);
    if (other >= 0)
        surface->send(Base::SCI_BRACEHIGHLIGHT, brace, other);
    else
        surface->send(Base::SCI_BRACEBADLIGHT, brace);
    lastBrace = int(brace);
}

void CodeEditor::Private::markProblems()
{
    for (const int mark : {EditorSurface::ErrorMark, EditorSurface::WarningMark, EditorSurface::HintMark})
        surface->send(Base::SCI_MARKERDELETEALL, mark);
    const long length = surface->length();
    for (const int indicator : {EditorSurface::ErrorSquiggle, EditorSurface::WarningSquiggle, EditorSurface::HintSquiggle})
        surface->clear(indicator, 0, length);
    using Severity = core::text::Problem::Severity;
    for (const core::text::Problem &problem : std::as_const(problems)) {
        const bool error = problem.severity == Severity::Error, warning = problem.severity == Severity::Warning;
        long from = positionOf({problem.line, problem.column});
        const long line = surface->send(Base::SCI_LINEFROMPOSITION, from);
        const long lineEnd = surface->send(Base::SCI_GETLINEENDPOSITION, line);
        long to = qMin(surface->send(Base::SCI_WORDENDPOSITION, from, 1), lineEnd);
        if (to <= from)
            to = qMin(surface->send(Base::SCI_POSITIONAFTER, from), lineEnd);
        if (to <= from) // at the end of the line: the character before it
            from = qMax(surface->send(Base::SCI_POSITIONBEFORE, from), surface->send(Base::SCI_POSITIONFROMLINE, line));
        surface->fill(error         ? EditorSurface::ErrorSquiggle
                          : warning ? EditorSurface::WarningSquiggle
                                    : EditorSurface::HintSquiggle,
                      from, to - from);
        surface->send(Base::SCI_MARKERADD, line,
                      error         ? EditorSurface::ErrorMark
                          : warning ? EditorSurface::WarningMark
                                    : EditorSurface::HintMark);
    }
}

} // namespace ui
