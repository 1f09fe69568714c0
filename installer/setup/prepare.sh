# Sourced by ../../onewindow: brings a bare Debian 12 to the point where a verb can run.
# prepare ROOT VERB: exit 3 with one line to run when something must be installed by an administrator.

say() { printf '%s\n' "$*" >&2; }

packages_of() { # ROOT GROUP…: the packages of these groups, one a line
    list="$1/installer/setup/system-packages.txt"; shift
    for group in "$@"; do sed -n "s/^$group //p" "$list"; done
}

missing_of() { # the packages on standard input that dpkg does not know as installed
    while read -r package; do
        case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
            *' installed') ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

prepare_system() { # ROOT GROUP…
    command -v dpkg-query >/dev/null 2>&1 || return 0 # not a Debian: the README says what is needed
    missing=$(packages_of "$@" | missing_of)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        say "缺少系统软件包，请管理员先运行这一行 / Some system packages are missing. Ask an administrator to run:"
        say "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
        exit 3
    fi
    say "安装系统软件包 / Installing system packages: $missing"
    log=$(mktemp)
    # shellcheck disable=SC2086 # a list of words on purpose
    if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        say "系统软件包安装失败，见上 / apt-get failed; its last lines stand above. Mend that and run again."
        exit 3
    fi
    rm -f "$log"
}

python_3_11() { # the interpreter the hall is built and tested with
    for name in python3.11 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            command -v "$name"; return 0
        fi
    done
    say "需要 Python 3.11 / Python 3.11 is needed (Debian 12: apt-get install python3 python3-venv)."
    exit 3
}

prepare_python() { # ROOT REQUIREMENTS…: a virtual environment with exactly the hashed requirements
    root=$1; shift
    for file in "$@"; do
        stamp="$root/.venv/.$file.installed"
        wanted=$(sha256sum <"$root/$file")
        [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && continue
        if [ ! -x "$root/.venv/bin/python" ]; then
            "$(python_3_11)" -m venv "$root/.venv" || { say "无法建立虚拟环境 / No virtual environment could be made."; exit 3; }
        fi
        say "安装 Python 依赖 / Installing $file"
        "$root/.venv/bin/python" -m pip install -q --disable-pip-version-check --no-input --no-deps --require-hashes -r "$root/$file" || {
            say "依赖安装失败：请检查网络，再运行一次 / Installing failed: check the network and run the same command again."
            exit 3
        }
        printf '%s\n' "$wanted" >"$stamp"
    done
}

prepare() { # ROOT VERB
    case $2 in
        test|check|bench|lock)
            prepare_system "$1" runtime screen test
            prepare_python "$1" requirements.txt requirements-dev.txt ;;
        demo|kiosk|window|panel)
            prepare_system "$1" runtime screen
            prepare_python "$1" requirements.txt ;;
        *)
            prepare_system "$1" runtime
            prepare_python "$1" requirements.txt ;;
    esac
}
