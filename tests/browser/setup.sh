#!/bin/sh
# Installs what the browser tests need and the machine lacks: Node.js, Chromium, and the packages of package-lock.json.
set -eu
cd "$(dirname "$0")"

fail() {
    echo "setup: $*" >&2
    exit 1
}

updated=
# Installs Debian packages, as root or by sudo; the package lists are brought up to date once.
install() {
    command -v apt-get >/dev/null || fail "$* missing, and no apt-get to install them"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "$* missing: run as root, or install sudo"
        as_root=sudo
    fi
    [ -n "$updated" ] || $as_root apt-get update -qq || fail "apt-get update failed"
    updated=yes
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        fail "apt-get could not install $*"
}

command -v node >/dev/null && command -v npm >/dev/null || install nodejs npm
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || fail "node 20 or newer is needed, this is $(node --version)"

if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
    [ -z "${CHROMIUM:-}" ] || fail "CHROMIUM names $CHROMIUM, which is not there"
    install chromium
fi

# npm writes its own list of what is installed; a lock file newer than that list means that something is missing.
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --silent --no-audit --no-fund || fail "npm ci failed"
fi
