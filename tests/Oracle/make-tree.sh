#!/usr/bin/env bash
# make-tree.sh: prints the path of a Debian 12 tree that holds the packages of packages.txt and the unit files of unit-files.txt, and makes
# it first if there is none. Needs root and debootstrap, takes a minute or two once. The cache is $TRASGO_ORACLE_CACHE or /var/cache/trasgo; a tree
# is named by what it was made from, is never booted itself and never changed: boot.sh lays an overlay on it.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
cache=${TRASGO_ORACLE_CACHE:-/var/cache/trasgo}
packages=$(grep -v '^#' "$here/packages.txt" | paste -sd,)
unit_packages=$(grep -v '^#' "$here/unit-files.txt" | xargs)
tree=$cache/debian12-$(printf '%s' "$packages $unit_packages" | sha256sum | head -c 12)

# The unit files of packages that are not installed, as a tree below /usr/share/unit-files/.
lay_down_unit_files() {
  local root=$1
  mkdir -p "$root/var/tmp/unit-files" "$root/usr/share/unit-files"
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  chroot "$root" apt-get -qq update || return 1
  # shellcheck disable=SC2086
  chroot "$root" sh -c 'cd /var/tmp/unit-files && apt-get -qq -o APT::Sandbox::User=root download "$@"' sh $unit_packages || return 1
  for package in "$root"/var/tmp/unit-files/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root/var/tmp/unit-files" --wildcards \
      './lib/systemd/system/*' './usr/lib/systemd/system/*' './lib/systemd/user/*' './usr/lib/systemd/user/*' 2>/dev/null || true
  done
  for place in lib usr/lib; do
    [[ ! -d $root/var/tmp/unit-files/$place/systemd ]] || cp -a "$root/var/tmp/unit-files/$place/systemd/." "$root/usr/share/unit-files/"
  done
  rm -rf "$root/var/tmp/unit-files"
}

mkdir -p "$cache"
exec 9>"$tree.lock"
flock 9
if [[ ! -d $tree ]]; then
  rm -rf "$tree.new"
  mirror=$(awk '/^URIs:/ { print $2; exit } /^deb / { print $2; exit }' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true)
  if ! debootstrap --variant=minbase --include="$packages" bookworm "$tree.new" ${mirror:+"$mirror"} >"$tree.log" 2>&1; then
    echo "debootstrap failed: $(tail -n 1 "$tree.log") (see $tree.log)" >&2
    rm -rf "$tree.new"
    exit 1
  fi
  if ! lay_down_unit_files "$tree.new" >>"$tree.log" 2>&1; then
    echo "the unit files of unit-files.txt could not be had: $(tail -n 1 "$tree.log") (see $tree.log)" >&2
    rm -rf "$tree.new"
    exit 1
  fi
  rm -rf "$tree.new"/var/cache/apt/archives/*.deb "$tree.new"/var/lib/apt/lists/*
  # A fixed machine ID, so that two boots differ in nothing but their manager; links that packages made are kept.
  echo 7261736772617367726173677261736f >"$tree.new/etc/machine-id"
  echo oracle >"$tree.new/etc/hostname"
  mv "$tree.new" "$tree"
fi
echo "$tree"
