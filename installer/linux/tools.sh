#!/usr/bin/env bash
# Makes sure that Debian packages the builder needs are there; root gets them installed, anybody else the line that does it.
set -euo pipefail
absent=()
for name in "$@"; do
    dpkg-query --show --showformat '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || absent+=("$name")
done
[ ${#absent[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
    echo "Packages are missing. Install them with:  sudo apt-get install ${absent[*]}" >&2
    exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${absent[@]}" >/dev/null
