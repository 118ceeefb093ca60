#!/usr/bin/env bash
# Builds .venv from requirements-dev.lock, checking every hash; returns at once when that was done before.
# Which index the packages come from is pip's own configuration and no business of this tree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python=${PYTHON:-python3}
stamp=.venv/huyouka.stamp
wanted=$(sha256sum requirements-dev.lock | cut -d ' ' -f 1)

if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && .venv/bin/python -c ''; then
    exit 0
fi

stop() {
    echo "$1" >&2
    exit 1
}

command -v "$python" >/dev/null || stop "Python is missing. Install it with:  apt-get install python3 python3-venv"
"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
    || stop "Python 3.11, 3.12 or 3.13 is needed; $("$python" --version 2>&1) was found. Name another with PYTHON=…"
"$python" -c 'import ensurepip, venv' 2>/dev/null \
    || stop "Python's venv module is missing. Install it with:  apt-get install python3-venv"

# A half-built or moved environment is built anew; a whole one is only brought up to the lock.
.venv/bin/python -c 'import pip' 2>/dev/null || "$python" -m venv --clear .venv
echo "Installing the Python packages of requirements-dev.lock into .venv …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
    --requirement requirements-dev.lock
echo "$wanted" >"$stamp"
