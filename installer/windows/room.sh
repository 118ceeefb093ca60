# The room where Wine and NSIS work: a Debian 13 of its own in build/windows/trixie, kept for the next time; sourced by the scripts beside it.
# Whoever sources it stands in the root of the tree.
work=$PWD/build/windows
room=$work/trixie
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
setup=dist/huyouka-$version-setup.exe

not_run() {
    echo "not run: $1"
    exit 0
}

stop() {
    echo "not passed: $1" >&2
    exit 1
}

# Debian 13 with Wine 10 and NSIS, where they can be had.
open_room() {
    [ "$(id -u)" -eq 0 ] || not_run "needs root for debootstrap and chroot"
    [ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || not_run "needs a Debian for amd64, for Wine in a chroot"
    installer/linux/tools.sh debootstrap || not_run "debootstrap is missing"
    unshare --mount --pid --fork true 2>/dev/null || not_run "needs the right to make mounts of its own (unshare)"
    mkdir -p "$work"
    if [ ! -e "$room/built" ]; then
        echo "Debian 13 with Wine and NSIS in build/windows …"
        source installer/linux/names.sh
        rm -rf --one-file-system "${room:?}"
        debootstrap --variant=minbase trixie "$room" "$(debian_site)" >"$work/debootstrap.log" 2>&1 || not_run "no Debian 13 to be had: see build/windows/debootstrap.log"
        cp /etc/resolv.conf "$room/etc/"
        chroot "$room" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive sh -c \
            'apt-get update -qq && apt-get install -y -qq --no-install-recommends wine wine64 nsis xvfb xauth xdotool imagemagick' >"$work/tools.log" 2>&1 \
            || not_run "no Wine to be had: see build/windows/tools.log"
        touch "$room/built"
    fi
}

# Runs a command in the room, with processes and mounts of its own that end with it; the tree is /source there.
inside() {
    mkdir -p "$room/source"
    unshare --mount --pid --fork --kill-child bash -c '
        set -e
        room=$1 tree=$2
        shift 2
        mount -t proc proc "$room/proc"
        mount -t tmpfs tmpfs "$room/dev/shm"
        mount --bind "$tree" "$room/source"
        exec chroot "$room" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 WINEDEBUG=-all XDG_RUNTIME_DIR=/tmp "$@"
    ' - "$room" "$PWD" "$@"
}
