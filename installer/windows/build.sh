#!/usr/bin/env bash
# Makes dist/huyouka-<version>-setup.exe on Debian: PyInstaller with a Windows Python under Wine 10, then NSIS, both in a Debian 13 of
# their own. Needs root, and WINDOWS_PYTHON=FOLDER with CPython 3.11 for Windows (the embeddable package; see installer/README.md).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source installer/windows/room.sh

given=${WINDOWS_PYTHON:-}
[ -n "$given" ] || not_run "WINDOWS_PYTHON names no folder with a Windows CPython 3.11; installer/README.md tells where to get one"
[ -e "$given/python.exe" ] && [ -e "$given/python311.dll" ] || stop "$given has no python.exe and python311.dll of CPython 3.11"
open_room
python=$work/python

echo "Packages …"
wanted=$(cat requirements-build.lock "$given/python311.dll" | sha256sum | cut -d ' ' -f 1)
if [ "$(cat "$work/python.stamp" 2>/dev/null || true)" != "$wanted" ]; then
    rm -rf "$work/wheels" "$python"
    platform=(--only-binary :all: --platform win_amd64 --python-version 3.11 --implementation cp --abi cp311 --abi abi3 --abi none)
    "${PY:-.venv/bin/python}" -m pip download --quiet --disable-pip-version-check --require-hashes "${platform[@]}" \
        --dest "$work/wheels" --requirement requirements-build.lock
    cp -r "$given" "$python"
    # The embeddable package reads nothing but its own zip unless this file says otherwise.
    [ ! -e "$python/python311._pth" ] || printf '%s\n' python311.zip . 'Lib\site-packages' 'import site' >"$python/python311._pth"
    PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1 PIP_FIND_LINKS=$work/wheels "${PY:-.venv/bin/python}" -m pip install --quiet \
        --disable-pip-version-check --require-hashes --no-compile "${platform[@]}" --target "$python/Lib/site-packages" \
        --requirement requirements-build.lock
    echo "$wanted" >"$work/python.stamp"
fi

echo "Fonts, keys for updates, 经办人手册 …"
extras=$work/extras
rm -rf "$extras"
installer/fonts.sh "$extras/fonts"
installer/update_keys.sh "$extras/update"
installer/manual.sh "$extras/help" >"$work/manual.log" 2>&1 || stop "the manual was not made: see build/windows/manual.log and build/manual/tour.log"

echo "Bundling under Wine …"
begin=$(date +%s)
inside env HOME=/root WINEPREFIX=/source/build/windows/prefix \
    wine /source/build/windows/python/python.exe /source/installer/windows/build.py --bundle-only \
    --extras /source/build/windows/extras >"$work/bundle.log" 2>&1 \
    || stop "the program was not bundled: see build/windows/bundle.log"
echo "$(du -sm "$work/dist/huyouka" | cut -f 1) MB in $(($(date +%s) - begin)) s"

echo "Packing …"
mkdir -p dist
inside env HOME=/root sh -c 'cd /source && makensis -V2 -NOCD -INPUTCHARSET UTF8 installer/windows/huyouka.nsi' >"$work/nsis.log" 2>&1 \
    || stop "the installer was not packed: see build/windows/nsis.log"
echo "$setup: $(($(stat -c %s "$setup") / 1048576)) MB"
