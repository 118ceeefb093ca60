#!/usr/bin/env bash
# Solves pyproject.toml into the lock files, in a virtual environment of its own under build/.
# No index, path or option of this machine is written into them; extra arguments go to pip-compile.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools=build/lock
[ -x "$tools/bin/pip-compile" ] || {
    "${PYTHON:-python3}" -m venv "$tools"
    "$tools/bin/python" -m pip install --quiet pip-tools==7.6.2
}

compile() {
    CUSTOM_COMPILE_COMMAND="make lock" "$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras --allow-unsafe \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@" pyproject.toml
}

compile --output-file requirements.lock "$@"
compile --output-file requirements-dev.lock --extra test --constraint requirements.lock "$@"
compile --output-file requirements-build.lock --extra build --constraint requirements.lock "$@"
