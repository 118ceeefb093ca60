#!/usr/bin/env bash
# Makes sure the Debian packages are there that Python packages cannot bring: Qt's libraries, a Chinese font.
# Usage: system.sh run|test.  Root gets them installed; anybody else gets the one line that does it.
# Names with | are the same library before and after Debian's 64-bit time change.
set -euo pipefail

needed=(
    libegl1 libgl1 'libglib2.0-0t64|libglib2.0-0' libdbus-1-3 libfontconfig1 libfreetype6 libxkbcommon0
    libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
    libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libxcb-glx0 libxkbcommon-x11-0
    libwayland-cursor0 libwayland-egl1 'libcups2t64|libcups2' fonts-noto-cjk
)
[ "$1" = test ] && needed+=(poppler-utils xvfb xauth)
"${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null || needed+=(python3 python3-venv)

installed() {
    dpkg-query --show --showformat '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# The name of a package this system's apt knows; the last one when apt cannot be asked.
known() {
    local name
    for name in ${1//|/ }; do
        apt-cache show "$name" >/dev/null 2>&1 && break
    done
    echo "$name"
}

missing() {
    local names name
    for names in "${needed[@]}"; do
        for name in ${names//|/ }; do
            installed "$name" && continue 2
        done
        echo "$names"
    done
}

if ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian system; the program needs what these packages hold: ${needed[*]//|*/}" >&2
    exit 0
fi

mapfile -t absent < <(missing)
[ ${#absent[@]} -eq 0 ] && exit 0

[ "$(id -u)" -eq 0 ] && apt-get update -qq
mapfile -t chosen < <(for names in "${absent[@]}"; do known "$names"; done)
if [ "$(id -u)" -eq 0 ]; then
    echo "Installing system packages: ${chosen[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${chosen[@]}" >/dev/null
else
    echo "System packages are missing. Install them with:  sudo apt-get install ${chosen[*]}" >&2
    exit 1
fi
