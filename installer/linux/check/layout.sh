# What lies where after installing, and whether the desktop finds it; sourced by check.sh.

# What lintian calls serious and is meant here: everything lies in /opt as 统信UOS asks, libraries come along because the oldest systems
# lack them, Qt's and the wheels' stay as they came, and there is no mail host.
meant=dir-or-file-in-opt,embedded-library,unstripped-binary-or-object,library-not-linked-against-libc,bogus-mail-host,bogus-mail-host-in-debian-changelog,description-synopsis-is-duplicated

check_layout() {
    local home=/opt/apps/$id there
    for there in "$home/files/huyouka" "$home/info" "/usr/share/applications/$id.desktop" "/usr/share/mime/packages/$id.xml" \
        "/usr/share/icons/hicolor/scalable/apps/$id.svg" "$home/files/_internal/resources/help/经办人手册.pdf" \
        "$home/files/_internal/resources/fonts/NotoSansSC.otf" "$home/files/_internal/resources/licences.json" \
        "$home/files/_internal/PySide6/Qt/plugins/printsupport/libcupsprintersupport.so"; do
        inside test -e "$there" || stop "$there is missing"
    done
    inside test -z "$(inside sh -c "ls /var/lib/dpkg/info/$id.* | grep -vE '\.(list|md5sums)$' || true")" || stop "the package has maintainer scripts"
    [ -z "$(find "$root/opt/apps" \( ! -user root -o ! -group root -o -perm /7022 \) ! -type l)" ] || stop "something in /opt is not root's alone"
    [ -z "$(find "$root/opt/apps" \( -type f ! -perm 644 ! -perm 755 -o -type d ! -perm 755 \))" ] || stop "odd permissions in /opt"
    .venv/bin/python - "$root$home/info" "$id" "$version" <<'END' || stop "info is not what 统信UOS reads"
import json, sys
told = json.load(open(sys.argv[1], encoding="utf-8"))
assert (told["appid"], told["version"], told["arch"]) == (sys.argv[2], sys.argv[3], ["amd64"]), told
assert told["name"] and all(isinstance(value, bool) for value in told["permissions"].values()), told
END
}

# Everything a library asks for comes along or with the packages this one depends on. Wayland's are recommended only: without them the
# window is one of X11.
check_libraries() {
    local inner=/opt/apps/$id/files/_internal lacking
    lacking=$(inside sh -c "find $inner -name '*.so*' -type f ! -ipath '*wayland*' -exec env LD_LIBRARY_PATH=$inner:$inner/PySide6/Qt/lib ldd {} + 2>/dev/null" \
        | awk '/not found/ && !/wayland/ { print $1 }' | sort -u)
    [ -z "$lacking" ] || stop "libraries are missing: $lacking"
}

check_desktop() {
    local entry=/usr/share/applications/$id.desktop kind=application/x-huyouka-record
    inside desktop-file-validate "$entry" || stop "the menu entry is not valid"
    inside grep -qx "Icon=$id" "$entry" || stop "the menu entry names another icon"
    head -c 4096 /dev/urandom >"$root/trial/x.huk"
    [ "$(inside env XDG_CURRENT_DESKTOP=GNOME xdg-mime query filetype /trial/x.huk)" = $kind ] || stop "a .huk file is not known"
    [ "$(inside xdg-mime query default $kind)" = "$id.desktop" ] || stop "another program would open a .huk file"
    inside lintian --allow-root --suppress-tags "$meant" --fail-on error /trial/new.deb >"$work/lintian.log" 2>&1 \
        || stop "lintian complains: see build/linux/lintian.log"
}
