# Sourced by build.sh: what the machine needs. Each function returns at once when nothing is missing; otherwise it installs
# with apt as root, or names the command that somebody with the right to do so must type.

say() { printf '\e[1m==\e[0m %s\n' "$*"; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# install_packages PACKAGE...: false where it may not or cannot.
install_packages() {
  [[ $(id -u) == 0 ]] && have apt-get || return 1
  say "installing $*"
  local log; log=$(mktemp)
  if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2; rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

need_sdk() {
  have dotnet && dotnet --list-sdks | grep -q '^10\.' && return
  fail "the .NET 10 SDK is missing; see https://learn.microsoft.com/dotnet/core/install/linux-debian, then type this command again"
}

# The native compiler of .NET links with clang or gcc; native/spawn.c is compiled with the same.
need_toolchain() {
  local packages=()
  have clang || have gcc || packages+=(gcc)
  have objcopy || packages+=(binutils)
  [[ -e /usr/include/stdlib.h ]] || packages+=(libc6-dev)
  [[ -e /usr/include/zlib.h ]] || packages+=(zlib1g-dev)
  ((${#packages[@]})) || return 0
  install_packages "${packages[@]}" || fail "a compiler is missing. Type: sudo apt-get install -y ${packages[*]}"
}

# What the oracle tests and the benchmarks need; without it they are skipped and say so.
want_containers() {
  local packages=()
  have systemd-nspawn || packages+=(systemd-container)
  have debootstrap || packages+=(debootstrap)
  have unshare || packages+=(util-linux)
  have curl || packages+=(curl)
  ((${#packages[@]})) || return 0
  install_packages "${packages[@]}" || say "without ${packages[*]} some tests are skipped. Type: sudo apt-get install -y ${packages[*]}"
}
