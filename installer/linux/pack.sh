#!/usr/bin/env bash
# Lays a bundle out as 统信UOS asks (/opt/apps/<id>/{entries,files,info}) and packs it as a .deb without maintainer scripts.
# Usage: pack.sh BUNDLE VERSION [FOLDER].  Links under /usr put the menu entry, icon and file type where Debian and 银河麒麟 look.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
VERSION=$2
source installer/linux/names.sh
stage=build/linux/stage
home=opt/apps/$id

rm -rf "$stage"
mkdir -p "$stage/DEBIAN" "$stage/$home/entries/"{applications,icons/hicolor/scalable/apps,mime/packages} \
    "$stage/usr/"{bin,share/applications,share/icons/hicolor/scalable/apps,share/mime/packages} "$stage/usr/share/doc/$id"
cp -a "$1" "$stage/$home/files"
cp installer/linux/huyouka.desktop "$stage/$home/entries/applications/$id.desktop"
cp installer/linux/huyouka.xml "$stage/$home/entries/mime/packages/$id.xml"
cp resources/icon/huyouka.svg "$stage/$home/entries/icons/hicolor/scalable/apps/$id.svg"
sed "s/@ID@/$id/g; s/@VERSION@/$VERSION/g" installer/linux/info.json >"$stage/$home/info"
sed -i "s/@ID@/$id/g" "$stage/$home/entries/applications/$id.desktop"
{
    cat LICENSE
    echo
    echo "What comes along with this program is under licences of its own, each with its text in"
    echo "/$home/files/_internal/resources/licences.json; the program shows them on its page 关于."
} >"$stage/usr/share/doc/$id/copyright"

ln -s "/$home/files/huyouka" "$stage/usr/bin/huyouka"
for entry in "applications/$id.desktop" "icons/hicolor/scalable/apps/$id.svg" "mime/packages/$id.xml"; do
    ln -s "/$home/entries/$entry" "$stage/usr/share/$entry"
done
gzip -9n >"$stage/usr/share/doc/$id/changelog.gz" <<END
$id ($VERSION) stable; urgency=medium

  * See the page 关于 of the program for what changed.

 -- $(sed -n 's/^Maintainer: //p' installer/linux/control)  $(date -R -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}")
END
chmod -R u=rwX,go=rX "$stage"
find "$stage" -name '*.so*' -type f -exec chmod 644 {} +

size=$(du -sk --exclude DEBIAN "$stage" | cut -f 1)
sed "s/@ID@/$id/g; s/@VERSION@/$VERSION/g; s/@SIZE@/$size/g" installer/linux/control >"$stage/DEBIAN/control"
(cd "$stage" && find opt usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
deb=${3:-dist}/$(basename "$deb")
mkdir -p "$(dirname "$deb")"
dpkg-deb --root-owner-group -Zxz -z9 --build "$stage" "$deb.part" >/dev/null
mv "$deb.part" "$deb"
echo "$deb: $(($(stat -c %s "$deb") / 1048576)) MB"
