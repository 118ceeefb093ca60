#!/usr/bin/env bash
# Makes dist/<id>_<version>_amd64.deb: the program bundled inside a minimal Debian 11 (glibc 2.31), so that no library of this
# machine comes along and systems back to glibc 2.28 can run it. Needs root (debootstrap, chroot) and apt's and pip's usual sources.
# The chroot with its compiled CPython stays in build/linux for the next time; remove the folder to begin anew.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source installer/linux/names.sh

stop() {
    echo "$1" >&2
    exit 1
}

[ "$(id -u)" -eq 0 ] || stop "Building needs root for debootstrap and chroot:  sudo make deb"
[ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || stop "The .deb is built on Debian for amd64 (other processors lack wheels of PySide6)."
installer/linux/tools.sh debootstrap fontconfig

work=$PWD/build/linux
root=$work/bullseye
site=$(debian_site)

echo "经办人手册: playing the tour from source, beside what follows …"
mkdir -p "$work"
installer/manual.sh >"$work/manual.log" 2>&1 &
manual=$!
trap 'kill "$manual" 2>/dev/null || true' EXIT

if [ ! -e "$root/built" ]; then
    echo "Setting up a minimal Debian 11 in build/linux …"
    rm -rf "$root"
    debootstrap --variant=minbase bullseye "$root" "$site" >"$work/debootstrap.log" 2>&1 || stop "debootstrap failed: see build/linux/debootstrap.log"
    echo "deb-src $site bookworm main" >"$root/etc/apt/sources.list.d/source.list"
    touch "$root/built"
fi
cp /etc/resolv.conf "$root/etc/"
mkdir -p "$root/build"

inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"
}

echo "Compiler and CPython …"
cp installer/linux/compat.h installer/linux/inside_python.sh installer/linux/inside_bundle.sh "$root/build/"
inside /build/inside_python.sh /opt/python >"$work/python.log" 2>&1 || stop "CPython was not built: see build/linux/python.log"

echo "Packages …"
wanted=$(sha256sum requirements-build.lock | cut -d ' ' -f 1)
if [ ! -d "$root/build/wheels" ] || [ "$(cat "$work/wheels.stamp" 2>/dev/null || true)" != "$wanted" ]; then
    rm -rf "$root/build/wheels"
    platforms=()
    for tag in manylinux_2_28 manylinux_2_27 manylinux_2_26 manylinux_2_24 manylinux_2_17 manylinux2014 manylinux_2_12 manylinux2010 manylinux_2_5 manylinux1; do
        platforms+=(--platform "${tag}_x86_64")
    done
    "${PY:-.venv/bin/python}" -m pip download --quiet --disable-pip-version-check --require-hashes --only-binary :all: "${platforms[@]}" \
        --python-version 3.11 --implementation cp --abi cp311 --abi abi3 --abi none \
        --dest "$root/build/wheels" --requirement requirements-build.lock
    echo "$wanted" >"$work/wheels.stamp"
fi

echo "Bundling …"
rm -rf "$root/build/tree" && mkdir -p "$root/build/tree"
tar -cf - --exclude __pycache__ db desktop resources installer pyproject.toml requirements-build.lock LICENSE CHANGELOG.md | tar -xf - -C "$root/build/tree"
installer/fonts.sh "$root/build/tree/resources/fonts"
installer/update_keys.sh "$root/build/tree/resources/update"
wait "$manual" || stop "The manual was not made: see build/linux/manual.log and build/manual/tour.log"
cp build/manual/经办人手册.pdf "$root/build/tree/resources/help/"
inside /build/inside_bundle.sh /opt/python >"$work/bundle.log" 2>&1 || stop "The program was not bundled: see build/linux/bundle.log"
tail -n 1 "$work/bundle.log"

echo "Packing …"
installer/linux/pack.sh "$root/build/dist/huyouka" "$version"
