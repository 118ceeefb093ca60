#!/usr/bin/env bash
# Puts the open font that goes with the program into FOLDER, cut once and kept in build/ for the next time. Usage: fonts.sh FOLDER
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
kept=build/fonts
if [ ! -e "$kept/NotoSansSC.otf" ]; then
    installer/linux/tools.sh fonts-noto-cjk
    [ -x build/cut/bin/python ] || "${PYTHON:-python3}" -m venv build/cut
    grep -A 40 '^fonttools==' requirements-build.lock | sed -n '1p;/^    --hash/p;/^    # via/q' >build/fonttools.lock
    build/cut/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r build/fonttools.lock
    build/cut/bin/python installer/fonts.py "$kept"
fi
mkdir -p "$1"
cp "$kept"/* "$1/"
