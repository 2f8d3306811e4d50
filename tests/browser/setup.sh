#!/bin/sh
# Installs what the browser tests need and the machine lacks: Chromium, and the packages of package-lock.json.
set -eu
cd "$(dirname "$0")"

fail() {
    echo "setup: $*" >&2
    exit 1
}

command -v node >/dev/null || fail "node 20 or newer is needed"
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || fail "node 20 or newer is needed, this is $(node --version)"

if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
    [ -z "${CHROMIUM:-}" ] || fail "CHROMIUM names $CHROMIUM, which is not there"
    command -v apt-get >/dev/null || fail "no Chromium found and no apt-get to install it: install one and name it in CHROMIUM"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "no Chromium found: run as root, or install sudo"
        as_root=sudo
    fi
    $as_root apt-get update -qq || fail "apt-get update failed"
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null ||
        fail "apt-get could not install chromium"
fi

# npm writes its own list of what is installed; a lock file newer than that list means that something is missing.
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    command -v npm >/dev/null || fail "npm is needed"
    npm ci --silent --no-audit --no-fund || fail "npm ci failed"
fi
