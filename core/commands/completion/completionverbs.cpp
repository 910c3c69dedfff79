// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/completion/completionverbs.h"

#include "core/commands/allverbs.h"
#include "core/commands/common/invocation.h"

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

QStringList globalWords()
{
    QStringList words{u"--help"_s, u"--version"_s};
    for (const OptionSpec &option : CommandTable::globalOptions())
        words.append(dashed(option));
    return words;
}

/// `area verb) words="--x --y";;` for each verb.
QString optionCases(const CommandTable &table, const QString &variable)
{
    QString text;
    for (const VerbSpec &verb : table.verbs()) {
        QStringList words;
        for (const OptionSpec &option : verb.options)
            words.append(dashed(option));
        text += u"    '%1 %2') %3='%4' ;;\n"_s.arg(verb.area, verb.verb, variable, words.join(u' '));
    }
    return text;
}

QString verbCases(const CommandTable &table, const QString &variable)
{
    QString text;
    for (const QString &area : areasOf(table)) {
        QStringList verbs;
        for (const VerbSpec &verb : table.verbs()) {
            if (verb.area == area)
                verbs.append(verb.verb.isEmpty() ? u"bash zsh"_s : verb.verb);
        }
        text += u"    %1) %2='%3' ;;\n"_s.arg(area, variable, verbs.join(u' '));
    }
    return text;
}

void print(Invocation &call)
{
    CommandTable table;
    addAllVerbs(table);
    const QString shell = call.argument(0);
    if (shell != "bash"_L1 && shell != "zsh"_L1)
        return call.finish(Error{Error::Kind::Usage, u"completion takes bash or zsh"_s, 0, false});
    call.output().bytes((shell == "bash"_L1 ? bashCompletion(table) : zshCompletion(table)).toUtf8());
    call.finish(ExitDone);
}

} // namespace

QString bashCompletion(const CommandTable &table)
{
    QStringList valued;
    for (const OptionSpec &option : CommandTable::globalOptions()) {
        if (!option.value.isEmpty())
            valued.append(dashed(option));
    }
    return uR"(# bash completion for signalboxctl
_signalboxctl() {
  local current=${COMP_WORDS[COMP_CWORD]} words='' area='' verb='' i skip=''
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [ -n "$skip" ]; then skip=''; continue; fi
    case ${COMP_WORDS[i]} in
      %1) skip=yes ;;
      -*) ;;
      *) if [ -z "$area" ]; then area=${COMP_WORDS[i]}; elif [ -z "$verb" ]; then verb=${COMP_WORDS[i]}; fi ;;
    esac
  done
  if [ -z "$area" ]; then words='%2'
  elif [ -z "$verb" ]; then case $area in
%3  esac
  else case "$area $verb" in
%4  esac
  fi
  case $current in -*) words="$words %5" ;; esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _signalboxctl signalboxctl
)"_s.arg(valued.join(u'|'), areasOf(table).join(u' '), verbCases(table, u"words"_s), optionCases(table, u"words"_s),
         globalWords().join(u' '));
}

QString zshCompletion(const CommandTable &table)
{
    return uR"(#compdef signalboxctl
# zsh completion for signalboxctl
_signalboxctl() {
  local words_before=(${words[2,CURRENT-1]:#-*}) area verb
  local candidates
  area=${words_before[1]} verb=${words_before[2]}
  if [[ -z $area ]]; then candidates='%1'
  elif [[ -z $verb ]]; then case $area in
%2  esac
  else case "$area $verb" in
%3  esac
  fi
  if [[ $PREFIX == -* ]]; then candidates="$candidates %4"; fi
  compadd -- ${=candidates}
  _files
}
compdef _signalboxctl signalboxctl
)"_s.arg(areasOf(table).join(u' '), verbCases(table, u"candidates"_s), optionCases(table, u"candidates"_s), globalWords().join(u' '));
}

void addCompletionVerbs(CommandTable &table)
{
    table.add({u"completion"_s, {}, u"bash|zsh"_s, u"prints the shell's completion script"_s, 1, 1, {}, print});
}

} // namespace core::commands
