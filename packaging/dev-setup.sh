# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Functions of packaging/dev and packaging/lint: packages, tools, files.

# need COMMAND PACKAGE: ends with the package's name when the command is missing.
need() {
    if ! command -v "$1" > /dev/null; then
        echo "$1 is missing; it is in the Debian package $2 (packaging/dev setup installs what is needed)" >&2
        exit 1
    fi
}

# missing_packages LIST...: the packages of the lists that are neither installed nor replaced by a command on PATH.
missing_packages() {
    local package command installed
    installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2> /dev/null | sed -n 's/^ii *//p')
    while read -r package command _; do
        case $package in '' | '#'*) continue ;; esac
        case $command in '' | '#'*) ;; *) command -v "$command" > /dev/null && continue ;; esac
        grep -qxF "$package" <<< "$installed" || echo "$package"
    done < <(cat "$@")
}

# setup_packages LIST...: installs what is missing, as root or with sudo; otherwise prints the one command to run.
setup_packages() {
    if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
        echo "This is not Debian: please install what stands for the packages in $* (nothing was installed)." >&2
        return 0
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -eq 0 ] && return 0
    local install="apt-get install -y --no-install-recommends ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo > /dev/null || { [ ! -t 0 ] && ! sudo -n true 2> /dev/null; }; then
            printf 'These packages are missing. Please run as root, then start this again:\n\n  apt-get update && %s\n\n' "$install" >&2
            exit 1
        fi
        as_root=(sudo)
    fi
    echo "Installing ${#missing[@]} packages: ${missing[*]}"
    "${as_root[@]}" apt-get update -q
    # shellcheck disable=SC2086 # the words of $install
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $install
}

# source_files: our C++ files, separated by NUL.
source_files() {
    find app core ui tests \( -name '*.h' -o -name '*.cpp' \) -not -path 'tests/data/*' -print0
}
