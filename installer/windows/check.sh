#!/usr/bin/env bash
# Proves dist/huyouka-<version>-setup.exe under Wine 10 in a Debian 13 of its own, as a user with a Chinese name on a computer without
# any Chinese font: see inside_check.sh beside this for what is tried. Pictures and papers of the tour go to dist/check-windows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source installer/windows/room.sh

[ -e "$setup" ] || not_run "there is no $setup; make it with:  make setup-exe WINDOWS_PYTHON=FOLDER"
open_room
trial=$work/check
rm -rf "$trial" && mkdir -p "$trial"
cp "$setup" "$trial/setup.exe"
cp tests/store/upgrade/0002.huk tests/store/upgrade/0002.huk.keys "$trial/"
clerk=$(sed -n 's/^CLERK = NewPerson("\([^"]*\)".*, "\(.*\)")$/\1=\2/p' tests/helpers/record.py)

inside bash /source/installer/windows/inside_check.sh /source/build/windows/check "$clerk" "$version"
rm -rf dist/check-windows && mkdir -p dist/check-windows
cp -r "$trial/tour/." "$trial/"*.png dist/check-windows/
echo "passed: $setup ($(($(stat -c %s "$setup") / 1048576)) MB) under $(cat "$trial/wine.txt")"
