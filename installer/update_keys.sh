#!/usr/bin/env bash
# Puts the public keys a bundle trusts for updates by file into FOLDER: UPDATE_KEY_PUB is the current one, UPDATE_KEY_NEXT the one that
# may follow it. Without them nothing is put there, and the program says that it takes no update files. Usage: update_keys.sh FOLDER
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
"${PY:-.venv/bin/python}" installer/sign.py ship "$1" --current "${UPDATE_KEY_PUB:-}" --next "${UPDATE_KEY_NEXT:-}"
