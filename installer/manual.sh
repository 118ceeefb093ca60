#!/usr/bin/env bash
# Plays the tour from source and prints the 经办人手册 with its pictures, for the builders of the packages. Both stay in build/manual
# until the program, its texts or its packages change, so that words and pictures are those of the program they go with.
# Usage: manual.sh [FOLDER]  puts the manual into FOLDER; the pictures lie in build/manual/tour.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
kept=build/manual
name=经办人手册.pdf
python=$PWD/.venv/bin/python
mkdir -p build
exec 9>build/manual.lock  # a package for Linux and one for Windows may be built side by side
flock 9
wanted=$(find db desktop resources requirements-dev.lock pyproject.toml -type f ! -path '*/__pycache__/*' -print0 \
    | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)

if [ "$(cat "$kept/stamp" 2>/dev/null || true)" != "$wanted" ]; then
    rm -rf "$kept" && mkdir -p "$kept"
    export HOME=$PWD/$kept/home PYTHONUTF8=1 QT_QPA_PLATFORM=offscreen
    "$python" -m desktop.tour "$kept/tour" >"$kept/tour.log" 2>&1 || { tail -n 5 "$kept/tour.log" >&2; exit 1; }
    "$python" -m desktop.help.manual "$kept/$name" "$kept/tour"
    echo "$wanted" >"$kept/stamp"
fi
if [ -n "${1:-}" ]; then
    mkdir -p "$1"
    cp "$kept/$name" "$1/"
fi
