# The room check.sh works in: a fresh Debian in build/linux/check-RELEASE with two people on it; sourced. Wants release, work, root.
clerk=陈经办
reviewer=李审核
began=$SECONDS

stop() {
    echo "not passed: $1" >&2
    exit 1
}

# What is being done, with the minutes since the beginning.
say() {
    printf '%2d:%02d  %s\n' $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60)) "$1"
}

inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

# as NAME COMMAND…: as one of the people, in the home folder that bears the name.
as() {
    local name=$1
    shift
    inside runuser -u "$name" -- env --chdir "/home/$name" HOME="/home/$name" "$@"
}

# on_screen NAME COMMAND…: the same on a screen of 1366 x 768 of its own. The number is drawn, for screens of this machine may be seen.
on_screen() {
    local name=$1
    shift
    as "$name" xvfb-run -n $((1000 + RANDOM)) -s '-screen 0 1366x768x24' "$@"
}

put_in() {
    inside apt-get install -y -qq --no-install-recommends "$@" >>"$work/check.log" 2>&1
}

# useradd takes no Chinese name; the system does.
settle() {
    echo "$1:x:$2:$2:$1:/home/$1:/bin/sh" >>"$root/etc/passwd"
    echo "$1:x:$2:" >>"$root/etc/group"
    mkdir "$root/home/$1"
    chown "$2:$2" "$root/home/$1"
    chmod 700 "$root/home/$1"
}

make_room() {
    rm -rf "$root" && mkdir -p "$work"
    debootstrap --variant=minbase "$release" "$root" "$(debian_site)" >"$work/check.log" 2>&1 || stop "debootstrap failed: see build/linux/check.log"
    cp /etc/resolv.conf "$root/etc/"
    mkdir -p "$root/trial" "$root/dev/shm"
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/dev/shm"
    trap 'umount "$root/dev/shm" "$root/proc" 2>/dev/null || true' EXIT
    settle "$clerk" 2001
    settle "$reviewer" 2002
    inside apt-get update -qq
}
