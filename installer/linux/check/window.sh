#!/bin/sh
# Inside the room: open RECORD, log in with PASSWORD as a person does, take a picture, stay until /trial/enough is there.
# Usage: window.sh RECORD PASSWORD
huyouka "$1" &
program=$!
for second in $(seq 60); do
    sleep 1
    xdotool search --onlyvisible --name 户有卡 >/dev/null && break
done
sleep 1
xdotool type --delay 30 "$2"
xdotool key Return
for second in $(seq 60); do
    sleep 1
    [ -e "$1.lock" ] && break
done
sleep 5
maim "$HOME/window.png"
kill -0 $program || exit 1
touch "$HOME/inside"
until [ -e /trial/enough ]; do sleep 0.3; done
kill -0 $program || exit 1
kill $program
