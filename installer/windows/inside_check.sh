#!/usr/bin/env bash
# Runs inside the room, as root first and then as a user whose name is Chinese. Usage: inside_check.sh FOLDER NAME=PASSWORD VERSION
# FOLDER holds setup.exe and 0002.huk, a record of an older program; what was seen stays there.
set -euo pipefail
folder=$1 version=$3
export HUYOUKA_NAME=${2%%=*} HUYOUKA_PASSWORD=${2#*=} # of the record
user=李梅𠮷
number=4400
drive=$folder/prefix/drive_c
target='C:\户有卡 程序 𠮷\Huyouka' # blanks, Chinese and a character beyond the basic plane
installed="$drive/户有卡 程序 𠮷/Huyouka"
papers="$drive/users/$user/Documents/镇扶贫办 𠮷"
entry='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Huyouka'

if [ "$(id -u)" -eq 0 ]; then
    grep -q ":$number:" /etc/passwd || echo "$user:x:$number:$number::/tmp:/bin/bash" >>/etc/passwd
    mkdir -p "$folder/home" /tmp/.X11-unix && chmod 1777 /tmp/.X11-unix
    chown -R "$number:$number" "$folder"
    mkdir -p /mnt/small && mount -t tmpfs -o "size=60m,uid=$number" tmpfs /mnt/small
    setpriv --reuid "$number" --regid "$number" --clear-groups env HOME="$folder/home" USER="$user" LOGNAME="$user" \
        WINEPREFIX="$folder/prefix" xvfb-run -a -s '-screen 0 1366x768x24' bash "$0" "$@"
    exit
fi

stop() {
    import -window root "$folder/stopped.png" 2>/dev/null || true
    echo "not passed: $1" >&2
    exit 1
}

log=$folder/wine.log
win() {
    timeout "${LIMIT:-300}" wine "$@" 2>>"$log"
}

# The exit code of a silent run of the installer; the words of a folder with blanks are handed over one by one, NSIS wants no quotes.
install() {
    local code=0
    win "$folder/setup.exe" /S "$@" || code=$?
    echo "$code"
}


# What the registry holds under KEY as NAME, @ for its own value; reg query would lose every character the code page lacks.
registry() {
    rm -f "$folder/export.reg"
    win reg export "$1" "$(winepath -w "$folder/export.reg" 2>/dev/null)" /y >/dev/null || return 0
    iconv -f UTF-16 "$folder/export.reg" | tr -d '\r' | sed -n "s/^$2=//p" | head -n 1 | sed 's/^"\(.*\)"$/\1/; s/\\\(.\)/\1/g'
}

registered() {
    registry "$entry" "\"$1\""
}

opening() {
    registry 'HKCU\Software\Classes\Huyouka.Record\shell\open\command' @
}

# Writes another version into the program's properties, so that it passes for an older or newer one.
call_it() {
    local at
    at=$(LC_ALL=C grep -obUaP '\xbd\x04\xef\xfe' "$installed/huyouka.exe" | head -n 1 | cut -d : -f 1)
    printf '%b' "$1" | dd of="$installed/huyouka.exe" bs=1 seek=$((at + 8)) conv=notrunc status=none
}

until_so() {
    local n
    for n in $(seq 120); do
        if "$@"; then return 0; fi
        sleep 0.5
    done
    return 1
}

version_is() {
    [ "$(registered DisplayVersion)" = "$1" ]
}

gone() {
    [ ! -e "$1" ]
}

begin=$(date +%s)
lap() {
    local now
    now=$(date +%s)
    echo "$1 ($((now - begin)) s)"
    begin=$now
}

wine --version 2>/dev/null >"$folder/wine.txt"
LIMIT=180 win wineboot -i >/dev/null || stop "Wine could not be set up"
[ -d "$drive/users/$user" ] || stop "the Windows user is not called $user"
lap "a fresh Windows user $user"

key='HKLM\Software\Microsoft\Windows NT\CurrentVersion'
for build in 17134 17763; do
    win reg add "$key" /v CurrentBuild /d "$build" /f >/dev/null
    win reg add "$key" /v CurrentBuildNumber /d "$build" /f >/dev/null
    wineserver -k || true
    [ "$build" = 17763 ] || [ "$(install)" -eq 3 ] || stop "it was not refused on Windows 10 1803"
    wineserver -w
done
[ ! -e "$drive/users/$user/AppData/Local/Programs/Huyouka" ] || stop "it left something on Windows 10 1803"
lap "refused on Windows 10 1803 (exit 3)"

[ "$(install '/D=Z:\mnt\small\Huyouka')" -ne 0 ] || stop "it said that it was done on a full disk"
[ ! -e /mnt/small/Huyouka/huyouka.exe ] && [ ! -e /mnt/small/Huyouka.new/huyouka.exe ] || stop "it left half a program on a full disk"
lap "given up on a full disk, nothing left behind"

code=$(install "/D=${target%% *}" ${target#* })
[ "$code" -eq 0 ] || stop "silent installing ended with $code"
for there in "$installed/huyouka.exe" "$installed/uninstall.exe" "$installed/_internal/resources/licences.json" \
    "$installed/_internal/resources/fonts/NotoSansSC.otf" "$installed/_internal/resources/help/经办人手册.pdf"; do
    [ -e "$there" ] || stop "$there is missing"
done
[ "$(opening)" = "\"$target\\huyouka.exe\" \"%1\"" ] || stop ".huk opens with: $(opening)"
version_is "$version" && [ "$(registered DisplayName)" = 户有卡 ] && [ -n "$(registered EstimatedSize)" ] && [ -n "$(registered Publisher)" ] \
    || stop "the list of programs does not name it right"
find "$drive" -name '户有卡.lnk' | grep -q 'Start Menu' || stop "the start menu has no entry"
lap "installed to $target, $(du -sm "$installed" | cut -f 1) MB; start menu, .huk and list of programs"

code=0
LIMIT=1800 win "$installed/huyouka.exe" --tour "$(winepath -w "$folder/tour" 2>/dev/null)" >"$folder/tour.log" || code=$?
pictures=$(find "$folder/tour" -name '*.png' | wc -l)
pages=$(find "$folder/tour" -name '*.pdf' | wc -l)
ledgers=$(find "$folder/tour" -name '*台账*.xlsx' | wc -l)
[ "$code" -eq 0 ] || stop "the tour ended with $code after $pictures pictures: see tour.log and wine.log"
[ "$pictures" -gt 20 ] && [ "$pages" -gt 20 ] && [ "$ledgers" -gt 0 ] || stop "the tour left too little"
lap "the tour: $pictures pictures, $pages PDFs, $ledgers ledgers"

mkdir -p "$papers"
cp "$folder/0002.huk" "$folder/0002.huk.keys" "$papers/"
win "$installed/huyouka.exe" --record upgrade "$(winepath -w "$papers/0002.huk" 2>/dev/null)" >"$folder/upgrade.log" \
    || stop "the record was not upgraded: see wine.log"
ls "$papers"/backups/* >/dev/null || stop "the upgrade left no backup"
lap "a record of an older program upgraded, with a backup"

# Wine 10 looks for file types of the whole computer only, so what the user's registry says of .huk, seen above, is done by hand.
win "$installed/huyouka.exe" "$(winepath -w "$papers/0002.huk" 2>/dev/null)" &
running=$!
until_so xdotool search --name 户有卡 >/dev/null 2>&1 || stop "no window opened for the .huk"
sleep 8
import -window root "$folder/opened.png"
[ "$(install "/D=${target%% *}" ${target#* })" -eq 4 ] || stop "it was installed over the running program"
[ -e "$installed/huyouka.exe" ] && gone "$installed.new" || stop "the refused installing left something or took something"
win taskkill /IM huyouka.exe >/dev/null # as the cross at the window's corner does
wait "$running" || stop "the program did not end in order"
lap "the program opened with a .huk, as its file type says; installing over it while it runs is refused (exit 4)"

echo 县里发来的表 >"$installed/县里的表.xlsx"
[ "$(install "/D=${target%% *}" ${target#* })" -eq 0 ] || stop "the same version could not be put over itself"
gone "$installed.previous" && gone "$installed.replaced" || stop "a repair left a second program"
call_it '\x00\x00\x00\x00\x00\x00\x09\x00'
[ "$(install)" -eq 0 ] || stop "it could not be put over an older version"
version_is "$version" && [ -e "$installed.previous/huyouka.exe" ] && [ -e "$installed/县里的表.xlsx" ] || stop "the upgrade did not keep what it should"
win "$installed/uninstall.exe" /S /previous
until_so version_is 0.0.9 || stop "it did not go back to the version before"
win "$installed/uninstall.exe" /S /previous
until_so version_is "$version" || stop "it did not go forth again"
call_it '\x09\x00\x09\x00\x00\x00\x09\x00'
[ "$(install)" -eq 6 ] || stop "an older version was put over a newer one unasked"
win "$installed/huyouka.exe" --record check "$(winepath -w "$papers/0002.huk" 2>/dev/null)" >>"$folder/upgrade.log" \
    || stop "the record cannot be read after all that"
lap "repair, upgrade, back to the version before and forth; an older one over a newer is refused (exit 6)"

settings=$drive/users/$user/AppData/Local/huyouka/settings.ini
[ -e "$settings" ] || stop "the program keeps its settings elsewhere than the uninstaller believes"
win "$installed/uninstall.exe" /S
until_so gone "$installed/uninstall.exe" || stop "the uninstaller did not end"
sleep 2
gone "$installed/_internal" && gone "$installed.previous" && [ -z "$(opening)" ] && [ -z "$(registered DisplayName)" ] \
    || stop "something of the program stayed behind: $(find "$installed" "$installed.previous" | head -n 3)"
[ -z "$(find "$drive" -name '户有卡*.lnk')" ] || stop "an entry of the start menu stayed behind"
[ -e "$papers/0002.huk" ] && [ -e "$papers/0002.huk.keys" ] && [ -e "$settings" ] && [ -e "$installed/县里的表.xlsx" ] || stop "the clerk's files went with the program"
lap "uninstalled; record, keys, backups, settings and a stranger's file in the folder are still there"
