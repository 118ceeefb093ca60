# An older program makes a record, the newer is put over it and upgrades the record, the older refuses it then; sourced by check.sh.
old_record=/home/$clerk/旧版/档案/town.huk

# told RECORD COMMAND…: what the installed program's command line says of the old record's tour.
record() {
    as "$clerk" env HUYOUKA_PASSWORD="$old_password" huyouka --record "$@" 2>&1
}

# The households on the ledger of July 2016, as "443 户 1206 人".
on_ledger() {
    record ledger "$old_record" --month 2016-07 --out "/home/$clerk/$1" | sed -n 's/.*（\(.* 人\)）$/\1/p'
}

make_old_record() {
    local attempt
    cp "$older" "$root/trial/old.deb"
    put_in --allow-downgrades /trial/old.deb || stop "the older package could not be installed"
    # That program let two threads make Qt's types at once, which now and then ended it; so it may try again.
    for attempt in 1 2 3; do
        rm -rf "$root/home/$clerk/旧版"
        on_screen "$clerk" huyouka --tour "/home/$clerk/旧版" >"$work/older-tour.log" 2>&1 && break
        [ "$attempt" -lt 3 ] || stop "the older tour failed: see build/linux/older-tour.log"
    done
    old_password=$(sed -n 's/.*密码 \(.*\)）$/\1/p' "$work/older-tour.log" | tail -n 1)
    before=$(on_ledger 台账-升级前)
    [ -n "$before" ] || stop "the older program wrote no ledger of its record"
}

check_upgrade() {
    local after kept restored refusal
    put_in /trial/new.deb || stop "the newer package could not be put over the older"
    record check "$old_record" && stop "the newer program opened an older record without upgrading it"
    kept=$(record upgrade "$old_record" | sed -n 's/.*备份：//p')
    inside test -s "$kept" || stop "the upgrade left no backup"
    record check "$old_record" || stop "the upgraded record does not pass its check"
    after=$(on_ledger 台账-升级后)
    [ "$after" = "$before" ] || stop "$before before the upgrade, $after after it"
    restored=$(record restore "$kept" "/home/$clerk/恢复的档案.huk") || stop "the backup cannot be restored: $restored"
    echo "on the ledger before and after: $after; backup: ${restored##*：}"

    put_in --allow-downgrades /trial/old.deb || stop "the older package could not be put back"
    refusal=$(record check "$old_record") && stop "the older program opened the upgraded record"
    echo "the older program says: $refusal"
    grep -q '新' <<<"$refusal" || stop "that does not say that the record is newer"
    put_in /trial/new.deb || stop "the newer package could not be put over the older"
}
