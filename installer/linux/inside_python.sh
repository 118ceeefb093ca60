#!/usr/bin/env bash
# Runs inside the building chroot: the compiler, the libraries Qt links to, and CPython from Debian's own source package.
# Usage: inside_python.sh PREFIX.  Needs deb-src of the release that has the wanted Python in the chroot's apt sources.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
prefix=$1
version=3.11

tools=(
    gcc libc6-dev make binutils chrpath xz-utils ca-certificates dpkg-dev fakeroot libssl-dev zlib1g-dev libffi-dev libbz2-dev liblzma-dev
    libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 libxkbcommon0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4
    libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0
    libxcb-xkb1 libxcb-glx0 libxkbcommon-x11-0 libcups2
)
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${tools[@]}" >/dev/null
[ -x "$prefix/bin/python$version" ] && exit 0

rm -rf /src && mkdir -p /src && cd /src
apt-get source -qq --download-only "python$version" 2>/dev/null
tar -xf "python$version"_*.orig.tar.*
cd ./*/
# No clock wait on semaphores (glibc 2.30) and no newer mathematics: the oldest system meant has 2.28.
ac_cv_func_sem_clockwait=no CFLAGS="-O2 -include /build/compat.h" LDFLAGS="-Wl,-rpath,$prefix/lib" \
    ./configure --quiet --prefix="$prefix" --enable-shared --without-static-libpython --with-ensurepip=install \
    --disable-test-modules >/dev/null
make -s -j"$(nproc)" >/dev/null 2>&1
make -s install >/dev/null 2>&1
"$prefix/bin/python$version" -c 'import ssl, zlib, lzma, bz2, ctypes, hashlib; print("CPython", __import__("sys").version.split()[0])'
