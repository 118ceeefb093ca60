#!/usr/bin/env bash
# Runs inside the building chroot: the packages of requirements-build.lock from /build/wheels, then PyInstaller on /build/tree.
# Usage: inside_bundle.sh PREFIX.  Leaves the program in /build/dist/huyouka.
set -euo pipefail
export LC_ALL=C.UTF-8 PYTHONUTF8=1 PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1 PIP_FIND_LINKS=/build/wheels
prefix=$1
venv=/build/venv

"$prefix/bin/python3.11" -m venv --clear "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    --requirement /build/tree/requirements-build.lock
cd /build/tree
rm -rf /build/dist /build/work
"$venv/bin/pyinstaller" --log-level WARN --noconfirm --distpath /build/dist --workpath /build/work installer/huyouka.spec
# Qt's libraries stay as they came.
find /build/dist/huyouka -path '*/PySide6/*' -prune -o -path '*/shiboken6/*' -prune -o -name '*.so*' -type f -exec strip --strip-unneeded {} +
# Nor does a library look for another where this Python was built.
find /build/dist/huyouka/_internal \( -name 'libpython*' -o -path '*lib-dynload*' \) -name '*.so*' -type f -exec chrpath --delete {} + >/dev/null
"$venv/bin/python" installer/licences.py /build/dist/huyouka
"$venv/bin/python" installer/linux/oldest.py /build/dist/huyouka
