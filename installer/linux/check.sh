#!/usr/bin/env bash
# Proves dist/*.deb on a fresh Debian of another release than this machine's. Everything is done by ordinary people whose names and home
# folders are Chinese: an older program makes a record, the newer is put over it and upgrades it; the installed program plays the tour in
# real windows under Xvfb (papers as PDF, ledgers, pictures), and its pictures are held against those of the tour from source; two people
# work at once; then it is removed and the data stays.
# Usage: check.sh [RELEASE]  (trixie; bookworm on trixie).  Some 15 minutes; pictures and papers are left in dist/check.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source installer/linux/names.sh
[ "$(id -u)" -eq 0 ] || { echo "needs root for debootstrap and chroot:  sudo make check-deb" >&2; exit 1; }
here=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
release=${1:-$([ "$here" = trixie ] && echo bookworm || echo trixie)}
work=$PWD/build/linux
root=$work/check-$release
source installer/linux/check/room.sh
[ -e "$deb" ] || stop "there is no $deb; make it with:  make deb"
installer/linux/tools.sh debootstrap

say "The tour from source, for its pictures"
installer/manual.sh
say "The older program"
older=build/linux/older/${id}_0.0.9_amd64.deb
installer/linux/older.sh || older=

say "A fresh $release"
make_room
source installer/linux/check/layout.sh
source installer/linux/check/upgrade.sh
source installer/linux/check/people.sh
cp "$deb" "$root/trial/new.deb"

say "Installing $deb"
put_in /trial/new.deb || stop "apt could not install it: see build/linux/check.log"
inside sh -c '! command -v python3 >/dev/null' || echo "      (this system has a Python; the program does not use it)"
check_layout
check_libraries
put_in xvfb xauth xdotool maim desktop-file-utils xdg-utils libglib2.0-bin file lintian || stop "apt failed: see build/linux/check.log"
check_desktop

if [ -n "$older" ]; then
    say "The older program makes a record"
    make_old_record
    say "The newer is put over it and upgrades the record"
    check_upgrade
else
    echo "      not run: no older program, so no upgrade of its record"
fi

say "The installed program plays the tour"
on_screen "$clerk" huyouka --tour "/home/$clerk/演示" >"$work/tour.log" 2>&1 || stop "the tour failed: see build/linux/tour.log"
left=$root/home/$clerk/演示
pictures=$(find "$left" -name '*.png' | wc -l)
papers=$(find "$left" -name '*.pdf' | wc -l)
ledgers=$(find "$left" -name '*台账*.xlsx' | wc -l)
echo "      $pictures pictures, $papers PDFs, $ledgers ledgers"
[ "$pictures" -gt 20 ] && [ "$papers" -gt 20 ] && [ "$ledgers" -gt 0 ] || stop "the tour left too little"
rm -rf dist/check && mkdir -p dist/check && cp -r "$left/." dist/check/
.venv/bin/python installer/linux/pictures.py build/manual/tour dist/check || stop "the installed program's windows are not those of the source"
as "$clerk" sh -c "! touch /opt/apps/$id/files/x 2>/dev/null" || stop "an ordinary person can write into the program's folder"
[ -z "$(inside dpkg --verify "$id")" ] || stop "files of the program changed while it ran"

say "Two people at once"
check_people

say "Removing"
inside apt-get remove -y -qq "$id" >>"$work/check.log" 2>&1
inside test ! -e "/opt/apps/$id" || stop "files stayed behind in /opt/apps/$id"
inside test -e "/home/$clerk/演示/档案/town.huk" || stop "the clerk's data went with the program"
say "passed: $deb on $release"
