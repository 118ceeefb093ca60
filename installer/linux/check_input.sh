#!/usr/bin/env bash
# Types Chinese into the installed program with real input methods: fcitx 5 and ibus, each in a fresh Debian under Xvfb, in a field
# and in a cell of a table that is not open yet; reads back what stands there. Then without any: letters must come as before.
# fcitx 4 is tried too and said how it went, but does not decide. Needs root (debootstrap, chroot) and apt's usual sources.
# Usage: check_input.sh [RELEASE]  (bookworm, the last Debian with fcitx 4).  Pictures: dist/check-input.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source installer/linux/names.sh
release=${1:-bookworm}
work=$PWD/build/linux
root=$work/input-$release
out=$PWD/dist/check-input
said=${SAID:-QT_IM_MODULE=fcitx XMODIFIERS=@im=fcitx GTK_IM_MODULE=fcitx}

stop() {
    echo "not passed: $1" >&2
    exit 1
}

[ "$(id -u)" -eq 0 ] || stop "needs root for debootstrap and chroot:  sudo installer/linux/check_input.sh"
[ -e "$deb" ] || stop "there is no $deb; make it with:  make deb"
installer/linux/tools.sh debootstrap

inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive HOME=/root "$@"
}

install() {
    inside apt-get install -y -qq --no-install-recommends "$@" >>"$work/input.log" 2>&1 || stop "apt: see build/linux/input.log"
}

if [ ! -e "$root/ready" ]; then
    echo "A fresh $release …"
    rm -rf "$root" && mkdir -p "$work"
    debootstrap --variant=minbase "$release" "$root" "$(apt-get indextargets --format '$(SITE)' | head -n 1)" >"$work/input.log" 2>&1 \
        || stop "debootstrap failed: see build/linux/input.log"
    touch "$root/ready"
fi
cp /etc/resolv.conf "$root/etc/"
mkdir -p "$root/trial" "$root/dev/shm" "$out"
cp "$deb" "$root/trial/new.deb"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev/shm"
trap 'umount "$root/dev/shm" "$root/proc" 2>/dev/null || true' EXIT
inside apt-get update -qq
install xvfb xauth dbus openbox xdotool xclip imagemagick fonts-wqy-microhei
inside apt-get remove -y -qq "$id" >>"$work/input.log" 2>&1 || true
install /trial/new.deb
[ -s "$root/etc/machine-id" ] || inside sh -c 'dbus-uuidgen >/etc/machine-id'

cat >"$root/trial/session.sh" <<'SESSION'
# Runs inside, under xvfb-run and dbus-run-session: FRAMEWORK, then the variables the desktop sets. Prints what stands in field and cell.
framework=$1
shift
export HOME=/trial/home XDG_RUNTIME_DIR=/trial/run
rm -rf $HOME $XDG_RUNTIME_DIR && mkdir -p $HOME/.config/fcitx $HOME/.config/fcitx5 $XDG_RUNTIME_DIR
printf '[Profile]\nEnabledIMList=fcitx-keyboard-us:True,pinyin:True\n' >$HOME/.config/fcitx/profile
printf '[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n[Groups/0/Items/0]\nName=keyboard-us\n[Groups/0/Items/1]\nName=pinyin\n[GroupOrder]\n0=Default\n' >$HOME/.config/fcitx5/profile
printf '[Behavior]\nActiveByDefault=True\n' >$HOME/.config/fcitx5/config
openbox & children=$!
case $framework in
fcitx5) fcitx5 --disable=notifications & children="$children $!" ;;
fcitx4) fcitx -D & children="$children $!" ;;
ibus) ibus-daemon -drx && sleep 3 && ibus engine libpinyin ;;
esac
sleep 4
env "$@" huyouka &
program=$!
sleep 8
picture() { import -window root "/trial/$framework-$1.png"; }
typed() { xdotool type --delay 100 "$1" && sleep 1; }
read_back() { xdotool key ctrl+a ctrl+c && sleep 0.5 && timeout 5 xclip -selection clipboard -o; }
xdotool mousemove 350 200 click 1
sleep 1
[ $framework != fcitx4 ] || xdotool key ctrl+space
typed guangdong
picture field-composing
xdotool key space
sleep 0.5
picture field
field=$(read_back)
for word in mei hua hua; do
    xdotool key Tab
    typed $word
    xdotool key space
done
xdotool mousemove 1287 728 click 1
sleep 2
xdotool mousemove 264 641 click 1
sleep 1
typed huanan
picture cell-composing
xdotool key space
sleep 0.5
picture cell
cell=$(read_back)
kill $program 2>/dev/null
[ $framework != ibus ] || ibus exit
kill $children 2>/dev/null
echo "$framework: field “$field”, cell “$cell”"
SESSION

trial() {
    local framework=$1
    shift
    inside xvfb-run -a -s '-screen 0 1366x768x24' dbus-run-session -- sh /trial/session.sh "$framework" "$@" \
        2>>"$work/input.log" | grep "^$framework: " || stop "$framework: the trial broke off, see build/linux/input.log"
    cp "$root/trial/$framework-"*.png "$out/"
}

hold() {
    echo "$1"
    [ "$1" = "$2" ] || stop "$2 was expected; see the pictures in dist/check-input"
}

inside apt-get purge -y -qq fcitx 'fcitx5*' ibus >>"$work/input.log" 2>&1 || true
hold "$(trial none $said)" 'none: field “guangdong ”, cell “huanan ”'
install fcitx5 fcitx5-chinese-addons
hold "$(trial fcitx5 $said)" 'fcitx5: field “广东”, cell “华南”'
inside apt-get purge -y -qq 'fcitx5*' >>"$work/input.log" 2>&1
install ibus ibus-libpinyin
hold "$(trial ibus QT_IM_MODULE=ibus XMODIFIERS=@im=ibus)" 'ibus: field “广东”, cell “华南”'
inside apt-get purge -y -qq ibus >>"$work/input.log" 2>&1
if inside apt-cache show fcitx-pinyin >/dev/null 2>&1; then
    install fcitx fcitx-bin fcitx-pinyin fcitx-ui-classic fcitx-module-dbus
    echo "$(trial fcitx4 $said)   (does not decide: fcitx 4 has no ibus front-end)"
fi
echo "passed: $deb on $release"
