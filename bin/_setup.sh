# Sourced by bin/demo and bin/test: makes this machine ready, and installs only what it lacks.
#
# Exit codes of both: 2 wrong option · 3 unknown system · 4 packages missing and no root or sudo, or apt
# failed · 5 no suitable Python · 6 port taken · 7 the server did not start · 1 anything else.
#
# LIGHTPOST_SYSTEM=ready   believe that the system has what it needs: look at no package, install none
# LIGHTPOST_OS_RELEASE     read this file in place of /etc/os-release

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
unset DJANGO_SETTINGS_MODULE PYTHONPATH PYTHONHOME

python=.venv/bin/python
documents="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk fonts-noto-mono"

say() { printf '%s\n' "$*"; }
step() { printf '== %s\n' "$*"; }
stop() { local code=$1; shift; printf '%s\n' "$@" >&2; exit "$code"; }

# The first Python of a version that the lock is made for.
find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null &&
      "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  stop 5 "Lightpost needs Python 3.11, 3.12 or 3.13; here is $(python3 --version 2>&1 || true)." \
    "Install one of them so that it can be called as python3.13, python3.12 or python3.11, and run this again."
}

is_installed() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed* ]]; }

find_initdb() {
  { command -v initdb || true; ls -1 /usr/lib/postgresql/*/bin/initdb 2>/dev/null || true; } | sort -V | tail -n 1
}

# A Chromium that tests can drive. Debian's package is one; a snap, or the script that stands in for one, is none.
find_chromium() {
  local name path
  for name in chromium chromium-browser; do
    path=$(command -v "$name") || continue
    if ! is_snap "$path"; then say "$path"; return; fi
  done
}

is_snap() {
  local real
  real=$(readlink -f "$1")
  [[ $1 == */snap/* || $real == */snap/* || ${real##*/} == snap ]] ||
    { [ "$(head -c 2 "$real")" = "#!" ] && head -c 4096 "$real" | grep -q snap; }
}

# Tests that were not run are named: a number of skipped ones at the end of a long output is soon overlooked.
tell_what_was_not_run() {
  [ -z "$(find_chromium)" ] || return 0
  step "NOT RUN: the tests in a browser. There is no Chromium here that can be driven."
  find tests/browser -name 'test_*.py' | sort
  say "Debian 12 and 13 have one in the package chromium, and bin/test installs it there. A snap cannot be driven" \
    "from here. LIGHTPOST_BROWSER=required bin/test fails where there is none."
}

# What the system lacks, as names of Debian packages. $1: "test" if PostgreSQL is needed as well, and a browser where
# Debian has one.
missing_packages() {
  local package
  for package in $documents; do
    is_installed "$package" || say "$package"
  done
  "$base_python" -c 'import ensurepip, venv' 2>/dev/null || say python3-venv
  if [ "$1" = test ] && [ -z "$(find_initdb)" ]; then say postgresql; fi
  if [ "$1" = test ] && [[ $(system_name) == debian* ]]; then
    [ -n "$(find_chromium)" ] || say chromium
    is_installed libatomic1 || say libatomic1
  fi
}

system_name() {
  local file=${LIGHTPOST_OS_RELEASE:-/etc/os-release}
  # shellcheck disable=SC1090
  (. "$file" 2>/dev/null && printf '%s %s' "${ID:-unknown}" "${VERSION_ID:-without a version}") || printf unknown
}

refuse_unknown_system() {
  case $(system_name) in
    "debian 12" | "debian 13" | "ubuntu 24.04") command -v apt-get >/dev/null && return ;;
  esac
  local postgresql= browser=
  if [ "$1" = test ]; then
    postgresql="  - the PostgreSQL server, 15 or newer (initdb, pg_ctl)"
    browser="  - Chromium as chromium or chromium-browser, not as a snap; without it the tests in a browser are not run"
  fi
  stop 3 "This system ($(system_name)) is not one that this script can install packages on." \
    "It knows Debian 12 and 13 and Ubuntu 24.04. Please install:" \
    "  - Python 3.11, 3.12 or 3.13 with the modules venv and ensurepip" \
    "  - Pango 1.50 or newer (libpango-1.0, libpangoft2-1.0) and HarfBuzz with its subset library" \
    "  - the Noto fonts: Sans, Serif and Mono, with Arabic, Khmer and CJK" ${postgresql:+"$postgresql"} ${browser:+"$browser"} \
    "and then run: LIGHTPOST_SYSTEM=ready $0"
}

install_packages() {
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || stop 4 "This machine lacks some packages, and there is neither root nor sudo to install them." \
      "Ask somebody who may: apt-get install --no-install-recommends $*"
    as_root=(sudo)
  fi
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
  step "Installing what the system lacks: $*"
  if [[ " $* " == *" postgresql "* ]]; then keep_postgresql_quiet "${as_root[@]}"; fi
  local log
  log=$(mktemp)
  if ! { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    stop 4 "The packages could not be installed. By hand: apt-get install --no-install-recommends $*"
  fi
  rm -f "$log"
  # The package's own file, which it has put beside the one that kept it quiet.
  if [ -e "$cluster_file.ucf-dist" ]; then "${as_root[@]}" mv "$cluster_file.ucf-dist" "$cluster_file"; fi
}

# The tests start a server of their own: the package shall not make a cluster and start that one too.
cluster_file=/etc/postgresql-common/createcluster.conf
keep_postgresql_quiet() {
  [ ! -e "$cluster_file" ] || return 0
  "$@" mkdir -p "${cluster_file%/*}"
  echo "create_main_cluster = false" | "$@" tee "$cluster_file" >/dev/null
}

# $1: demo or test. Leaves in $python a Python that has everything in the lock.
set_up() {
  if [ "${LIGHTPOST_SYSTEM:-}" != ready ]; then refuse_unknown_system "$1"; fi
  base_python=$(find_python)
  if [ "${LIGHTPOST_SYSTEM:-}" != ready ]; then
    local missing
    mapfile -t missing < <(missing_packages "$1")
    [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
  fi
  make_venv
  if [ "$1" = test ]; then install_lock requirements-test.txt; else install_lock requirements.txt; fi
}

make_venv() {
  if "$python" -c 'import pip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then return; fi
  step "Making .venv with $("$base_python" --version)"
  rm -rf .venv
  "$base_python" -m venv .venv
}

# Installs a lock once, and again only when it has changed.
install_lock() {
  local stamp=.venv/installed-$1
  if [ -e "$stamp" ] && cmp -s "$1" "$stamp"; then return; fi
  step "Installing Python packages from $1"
  "$python" -m pip install -q --require-hashes --only-binary :all: -r "$1"
  cp "$1" "$stamp"
  # The lock for the tests holds everything that the other one holds.
  if [ "$1" = requirements-test.txt ]; then cp requirements.txt .venv/installed-requirements.txt; fi
}
