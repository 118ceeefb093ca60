#!/usr/bin/env bash
# Puts the open fonts that go with the program into FOLDER, cut once and kept in build/ until the cutting changes. Usage: fonts.sh FOLDER
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
kept=build/fonts
as=$(sha256sum <installer/fonts.py | cut -d ' ' -f 1)
if [ "$(cat "$kept.stamp" 2>/dev/null || true)" != "$as" ]; then
    installer/linux/tools.sh fonts-noto-cjk fonts-hanazono unicode-data
    [ -x build/cut/bin/python ] || "${PYTHON:-python3}" -m venv build/cut
    grep -A 40 '^fonttools==' requirements-build.lock | sed -n '1p;/^    --hash/p;/^    # via/q' >build/fonttools.lock
    build/cut/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r build/fonttools.lock
    rm -rf "$kept"
    build/cut/bin/python installer/fonts.py "$kept"
    echo "$as" >"$kept.stamp"
fi
mkdir -p "$1"
cp "$kept"/* "$1/"
