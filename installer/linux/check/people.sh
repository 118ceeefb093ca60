# Two people of one computer at once, each with a record; then both want the same one; sourced by check.sh.

make_record() {
    as "$1" env HUYOUKA_PASSWORD=qing-shan-2016 HUYOUKA_REVIEWER_PASSWORD=lv-shui-2016 huyouka --record create "$2" \
        --town 广东省/梅州市/五华县/华阳镇 --villages 甲村,乙村 --clerk "$1" --reviewer "$3" >>"$work/people.log"
}

check_people() {
    local name other refusal seconds first second
    mkdir -p "$root/srv/共用" && chmod 2777 "$root/srv/共用"
    rm -f "$root/trial/enough" "$work/people.log"
    install -m 755 installer/linux/check/window.sh "$root/trial/window.sh"
    make_record "$clerk" /srv/共用/town.huk "$reviewer"
    make_record "$reviewer" "/home/$reviewer/town.huk" "$clerk"
    on_screen "$clerk" /trial/window.sh /srv/共用/town.huk qing-shan-2016 >>"$work/people.log" 2>&1 & first=$!
    on_screen "$reviewer" /trial/window.sh "/home/$reviewer/town.huk" qing-shan-2016 >>"$work/people.log" 2>&1 & second=$!
    for seconds in $(seq 180); do
        sleep 1
        [ -e "$root/home/$clerk/inside" ] && [ -e "$root/home/$reviewer/inside" ] && break
    done
    refusal=$(held "$clerk" /srv/共用/town.huk) && stop "a record was opened twice by one person"
    grep -q "已被打开.*$clerk" <<<"$refusal" || stop "the second is told: $refusal"
    chmod a+rw "$root/srv/共用/"town.huk*
    refusal=$(held "$reviewer" /srv/共用/town.huk) && stop "a record was opened by two people"
    grep -q "已被打开.*$clerk" <<<"$refusal" || stop "the other person is told: $refusal"
    echo "the second is told: $refusal"
    refusal=$(held "$clerk" "/home/$reviewer/town.huk") && stop "somebody's record was opened from another account"
    grep -q Traceback <<<"$refusal" && stop "another account is told: $refusal"
    echo "another account is told: $refusal"
    touch "$root/trial/enough"
    wait "$first" && wait "$second" || stop "two windows of two people did not stay open: see build/linux/people.log"
    for name in "$clerk" "$reviewer"; do
        cp "$root/home/$name/window.png" "dist/check/同一台电脑-$name.png"
    done
}

held() {
    as "$1" env HUYOUKA_NAME="$clerk" HUYOUKA_PASSWORD=qing-shan-2016 huyouka --record check "$2" 2>&1
}
