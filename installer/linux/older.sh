#!/usr/bin/env bash
# Makes build/linux/older/<id>_0.0.9_amd64.deb: the program as it stood before revision 0003 of the record, bundled by today's
# installer. check-deb makes a record with it and upgrades that. It needs the chroot of build.sh and this tree's history; some 4 minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
VERSION=0.0.9
source installer/linux/names.sh
root=$PWD/build/linux/bullseye
target=build/linux/older
tree=$root/build/tree

stop() {
    echo "$1" >&2
    exit 1
}

[ -e "$target/$(basename "$deb")" ] && exit 0
[ -x "$root/opt/python/bin/python3.11" ] && [ -d "$root/build/wheels" ] || stop "the chroot of  make deb  is not there"
added=$(git log --diff-filter=A --format=%H -- db/migrations/versions/0003_workbooks.py 2>/dev/null | tail -n 1)
[ -n "$added" ] && git cat-file -e "$added~1^{tree}" 2>/dev/null || stop "this tree has no history that goes back to revision 0002"

rm -rf "$tree" && mkdir -p "$tree" "$target"
git archive "$added~1" db desktop resources pyproject.toml LICENSE CHANGELOG.md | tar -xf - -C "$tree"
cp -r installer requirements-build.lock "$tree/"
cp installer/linux/older_entry.py "$tree/installer/entry.py"
sed -i "s/^version = .*/version = \"$VERSION\"/" "$tree/pyproject.toml"
sed -i 's/^import sqlite3$/from sqlcipher3 import dbapi2 as sqlite3/' "$tree/db/store/faults.py"  # this Python is built without it
cp installer/linux/{compat.h,inside_python.sh,inside_bundle.sh} "$root/build/"
chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
    sh -e -c '/build/inside_python.sh /opt/python; /build/inside_bundle.sh /opt/python' >"$target/bundle.log" 2>&1 \
    || stop "the older program was not bundled: see $target/bundle.log"
installer/linux/pack.sh "$root/build/dist/huyouka" "$VERSION" "$target"
