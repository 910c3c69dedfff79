// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/completion/completionverbs.h"

#include "core/commands/allverbs.h"
#include "core/commands/common/context.h"
#include "core/commands/common/invocation.h"
#include "core/profiles/profilestore.h"

using namespace Qt::StringLiterals;

namespace core::commands {

namespace {

QString dashed(const OptionSpec &option)
{
    return (option.name.size() == 1 ? u"-"_s : u"--"_s) + option.name;
}

QStringList areasOf(const CommandTable &table)
{
    QStringList areas;
    for (const VerbSpec &verb : table.verbs()) {
        if (!areas.contains(verb.area))
            areas.append(verb.area);
    }
    return areas;
}

enum class Which { All, WithValue };

QStringList wordsOf(const QList<OptionSpec> &options, Which which)
{
    QStringList words;
    for (const OptionSpec &option : options) {
        if (which == Which::All || !option.value.isEmpty())
            words.append(dashed(option));
    }
    return words;
}

QString globalWords()
{
    return (QStringList{u"--help"_s, u"--version"_s} + wordsOf(CommandTable::globalOptions(), Which::All)).join(u' ');
}

/// `area) verbs='a b c' ;;` for each area.
QString verbCases(const CommandTable &table)
{
    QString text;
    for (const QString &area : areasOf(table)) {
        QStringList verbs;
        for (const VerbSpec &verb : table.verbs()) {
            if (verb.area == area)
                verbs.append(verb.verb.isEmpty() ? u"bash zsh"_s : verb.verb);
        }
        text += u"    %1) found='%2' ;;\n"_s.arg(area, verbs.join(u' '));
    }
    return text;
}

/// `'area verb') found='--x --y' valued='--y' ;;` for each verb.
QString optionCases(const CommandTable &table)
{
    QString text;
    for (const VerbSpec &verb : table.verbs()) {
        if (!verb.options.isEmpty())
            text += u"    '%1 %2') found='%3' valued='%4' ;;\n"_s.arg(verb.area, verb.verb, wordsOf(verb.options, Which::All).join(u' '),
                                                                      wordsOf(verb.options, Which::WithValue).join(u' '));
    }
    return text;
}

/// `--option) found='a b' ;;` for each option with known values; the same name has the same ones everywhere.
QString valueCases(const CommandTable &table)
{
    QMap<QString, QString> cases;
    for (const VerbSpec &verb : table.verbs()) {
        for (const OptionSpec &option : verb.options) {
            if (!option.choices.isEmpty())
                cases.insert(dashed(option), option.choices.join(u' '));
        }
    }
    QString text;
    for (auto it = cases.constBegin(); it != cases.constEnd(); ++it)
        text += u"    %1) found='%2' ;;\n"_s.arg(it.key(), it.value());
    return text;
}

/// The verbs whose arguments are names of saved connections.
QString namingVerbs(const CommandTable &table)
{
    QStringList verbs;
    for (const VerbSpec &verb : table.verbs()) {
        if (verb.area == "profile"_L1 && verb.arguments.contains("NAME"_L1) && verb.verb != "add"_L1)
            verbs.append(u"'profile %1'"_s.arg(verb.verb));
    }
    return verbs.join(u'|');
}

/// Fills the script in: %1 areas, %2 verbs, %3 options, %4 values, %5 global options, %6 those with a value, %7 verbs that take names.
QString filled(const QString &script, const CommandTable &table)
{
    return script.arg(areasOf(table).join(u' '), verbCases(table), optionCases(table), valueCases(table), globalWords(),
                      wordsOf(CommandTable::globalOptions(), Which::WithValue).join(u' '), namingVerbs(table));
}

/// What the scripts ask for names; one a line.
void printProfiles(Invocation &call)
{
    QByteArray names;
    for (const profiles::Profile &profile : call.context().profiles().profiles())
        names += profile.slug.toUtf8() + '\n';
    if (const auto practice = call.context().practice())
        names += practice->slug.toUtf8() + '\n';
    call.output().bytes(names);
    call.finish(ExitDone);
}

void print(Invocation &call)
{
    const QString shell = call.argument(0);
    if (shell == "profiles"_L1)
        return printProfiles(call);
    if (shell != "bash"_L1 && shell != "zsh"_L1)
        return call.finish(Error{Error::Kind::Usage, u"completion takes bash or zsh"_s, 0, false});
    CommandTable table;
    addAllVerbs(table);
    call.output().bytes((shell == "bash"_L1 ? bashCompletion(table) : zshCompletion(table)).toUtf8());
    call.finish(ExitDone);
}

} // namespace

QString bashCompletion(const CommandTable &table)
{
    return filled(uR"sh(# bash completion for signalboxctl
_signalboxctl() {
  local program=${COMP_WORDS[0]} current=${COMP_WORDS[COMP_CWORD]} found='' valued='' area='' verb='' option='' home='' i word
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [ "$word" = '=' ]; then continue; fi
    if [ -n "$option" ]; then
      if [ "$option" = --home ]; then home=$word; fi
      option=''
      continue
    fi
    case " %6 $valued " in *" $word "*) option=$word; continue ;; esac
    case $word in -*) continue ;; esac
    if [ -z "$area" ]; then area=$word
    elif [ -z "$verb" ]; then
      verb=$word
      case "$area $verb" in
%3      esac
    fi
  done
  if [ "$current" = '=' ]; then current=''; fi
  found=''
  if [ -n "$option" ]; then case $option in
    --profile) found=$("$program" ${home:+--home "$home"} completion profiles 2>/dev/null) ;;
%4  esac
  elif [ -z "$area" ]; then found='%1'
  elif [ -z "$verb" ]; then case $area in
%2  esac
  else
    case "$area $verb" in
%3    esac
    case "$area $verb" in
      %7) found="$found $("$program" ${home:+--home "$home"} completion profiles 2>/dev/null)" ;;
    esac
  fi
  if [ -z "$option" ]; then case $current in -*) found="$found %5" ;; esac; fi
  COMPREPLY=($(compgen -W "$found" -- "$current"))
}
complete -o default -F _signalboxctl signalboxctl
)sh"_s,
                  table);
}

QString zshCompletion(const CommandTable &table)
{
    return filled(uR"sh(#compdef signalboxctl
# zsh completion for signalboxctl
_signalboxctl() {
  local program=$words[1] current=$words[CURRENT] valued='' area='' verb='' option='' home='' word
  local -a before=("${(@)words[2,CURRENT-1]}")
  local found=''
  for word in "${before[@]}"; do
    if [[ -n $option ]]; then
      if [[ $option == --home ]]; then home=$word; fi
      option=''
      continue
    fi
    case " %6 $valued " in *" $word "*) option=$word; continue ;; esac
    case $word in -*) continue ;; esac
    if [[ -z $area ]]; then area=$word
    elif [[ -z $verb ]]; then
      verb=$word
      case "$area $verb" in
%3      esac
    fi
  done
  found=''
  case $current in --*=*) option=${current%%=*}; compset -P '*=' ;; esac
  if [[ -n $option ]]; then case $option in
    --profile) found=$("$program" ${home:+--home} ${home:+"$home"} completion profiles 2>/dev/null) ;;
%4  esac
  elif [[ -z $area ]]; then found='%1'
  elif [[ -z $verb ]]; then case $area in
%2  esac
  else
    case "$area $verb" in
%3    esac
    case "$area $verb" in
      %7) found="$found $("$program" ${home:+--home} ${home:+"$home"} completion profiles 2>/dev/null)" ;;
    esac
  fi
  if [[ -z $option && $current == -* ]]; then found="$found %5"; fi
  local -a candidates=(${=found})
  if (( $#candidates )); then compadd -- $candidates; fi
  if [[ -n $verb || -n $option ]]; then _files; fi
}
if [[ $funcstack[1] == _signalboxctl ]]; then _signalboxctl "$@"; else compdef _signalboxctl signalboxctl; fi
)sh"_s,
                  table);
}

void addCompletionVerbs(CommandTable &table)
{
    table.add({u"completion"_s, {}, u"bash|zsh"_s, u"prints the shell's completion script"_s, 1, 1, {}, print});
}

} // namespace core::commands
