# Sourced by the launchers: sets PYTHON to an interpreter that Odoo 19 supports
# (3.10 to 3.13) and that can make virtual environments; installs one if need be.

usable_python() {
    "$1" -c 'import sys, venv, ensurepip
sys.exit(not (3, 10) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}

find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11 python3.10 /usr/bin/python3; do
        if PYTHON="$(command -v "$name")" && usable_python "$PYTHON"; then
            return 0
        fi
    done
    return 1
}

install_python() {
    local as_root=() said
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || return 1
        as_root=(sudo)
    fi
    command -v apt-get >/dev/null || return 1
    echo "▸ Installing python3 and python3-venv …"
    "${as_root[@]}" apt-get update -qq || true
    said="$("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install \
        -y -qq --no-install-recommends python3 python3-venv 2>&1)" || {
        echo "$said" | tail -n 5
        return 1
    }
} >&2

if ! find_python && ! { install_python && find_python; }; then
    echo "Python 3.10 to 3.13 with its venv module is needed:" \
        "install python3 and python3-venv." >&2
    exit 1
fi
