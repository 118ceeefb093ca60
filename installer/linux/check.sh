#!/usr/bin/env bash
# Proves dist/*.deb on a fresh Debian: installs it with apt, plays the tour with the installed program in real windows under Xvfb
# (record, notice as PDF, ledger, pictures), keeps the data over removal, and upgrades a record an older program made.
# Usage: check.sh [RELEASE]  (trixie).  OLDER=path names an older .deb; without one the record of the revision before is taken.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source installer/linux/names.sh
release=${1:-trixie}
work=$PWD/build/linux
root=$work/check-$release

stop() {
    echo "not passed: $1" >&2
    exit 1
}

[ "$(id -u)" -eq 0 ] || stop "needs root for debootstrap and chroot:  sudo make check-deb"
[ -e "$deb" ] || stop "there is no $deb; make it with:  make deb"
installer/linux/tools.sh debootstrap

inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

echo "A fresh $release …"
rm -rf "$root" && mkdir -p "$work"
debootstrap --variant=minbase "$release" "$root" "$(apt-get indextargets --format '$(SITE)' | head -n 1)" >"$work/check.log" 2>&1 \
    || stop "debootstrap failed: see build/linux/check.log"
cp /etc/resolv.conf "$root/etc/"
mkdir -p "$root/trial"
cp "$deb" "$root/trial/new.deb"
cp tests/store/upgrade/0002.huk tests/store/upgrade/0002.huk.keys "$root/trial/"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev/shm" 2>/dev/null || { mkdir -p "$root/dev/shm" && mount -t tmpfs tmpfs "$root/dev/shm"; }
trap 'umount "$root/dev/shm" "$root/proc" 2>/dev/null || true' EXIT

echo "Installing …"
inside apt-get update -qq
inside apt-get install -y -qq --no-install-recommends /trial/new.deb >>"$work/check.log" 2>&1 || stop "apt could not install it: see build/linux/check.log"
inside apt-get install -y -qq --no-install-recommends xvfb xauth >>"$work/check.log" 2>&1
for there in "/opt/apps/$id/files/huyouka" "/opt/apps/$id/info" "/usr/share/applications/$id.desktop" "/usr/share/mime/packages/$id.xml"; do
    inside test -e "$there" || stop "$there is missing"
done
inside sh -c '! command -v python3' || echo "(this system has a Python of its own; the program does not use it)"

echo "Playing the tour with the installed program …"
begin=$(date +%s)
inside xvfb-run -a -s '-screen 0 1366x768x24' huyouka --tour /trial/tour >"$work/tour.log" 2>&1 || stop "the tour failed: see build/linux/tour.log"
pictures=$(find "$root/trial/tour" -name '*.png' | wc -l)
papers=$(find "$root/trial/tour" -name '*.pdf' | wc -l)
ledgers=$(find "$root/trial/tour" -name '*台账*.xlsx' | wc -l)
echo "$pictures pictures, $papers PDFs, $ledgers ledgers in $(($(date +%s) - begin)) s"
[ "$pictures" -gt 20 ] && [ "$papers" -gt 20 ] && [ "$ledgers" -gt 0 ] || stop "the tour left too little"
rm -rf dist/check && mkdir -p dist/check && cp -r "$root/trial/tour/." dist/check/

echo "Upgrading a record of an older program …"
record=/trial/0002.huk
if [ -n "${OLDER:-}" ]; then
    cp "$OLDER" "$root/trial/old.deb"
    inside apt-get install -y -qq --allow-downgrades /trial/old.deb >>"$work/check.log" 2>&1 || stop "the older package could not be installed"
    inside xvfb-run -a -s '-screen 0 1366x768x24' huyouka --tour /trial/older >"$work/older.log" 2>&1 || stop "the older tour failed"
    inside apt-get install -y -qq /trial/new.deb >>"$work/check.log" 2>&1 || stop "the newer package could not be put over the older"
fi
password=$(sed -n 's/^CLERK = .*, "\(.*\)")$/\1/p' tests/helpers/record.py)
inside env HUYOUKA_PASSWORD="$password" huyouka --record upgrade "$record" >"$work/upgrade.log" 2>&1 || stop "the record was not upgraded: see build/linux/upgrade.log"
inside sh -c 'ls /trial/backups/* | grep -q .' || stop "the upgrade left no backup"

echo "Removing …"
inside apt-get remove -y -qq "$id" >>"$work/check.log" 2>&1
inside test ! -e "/opt/apps/$id" || stop "files stayed behind in /opt/apps/$id"
inside test -e /trial/tour/档案 || stop "the clerk's data went with the program"
echo "passed: $deb on $release"
