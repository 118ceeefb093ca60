#!/usr/bin/env bash
# Succeeds when a window opened now would be seen by somebody.
case "${QT_QPA_PLATFORM:-}" in
    offscreen | minimal) exit 1 ;;
esac
[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
