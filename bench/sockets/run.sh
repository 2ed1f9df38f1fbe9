#!/usr/bin/env bash
# run.sh TRASGO PEERS: how many connections a second an Accept=yes socket serves under Trasgo and under Debian's systemd, and the inetds of
# Debian in PEERS, one after the other in containers made from one Debian tree. bench/README.md says how to read the table. Needs root.
# BENCH_CONNECTIONS (2000) may be set.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
trasgo=$(realpath "$1") peers=$(realpath "$2")
count=${BENCH_CONNECTIONS:-2000}
oracle=$here/../../tests/Oracle

[[ $(id -u) == 0 ]] || { echo "the benchmarks boot containers and need root"; exit 1; }
tree=$("$oracle/make-tree.sh")
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
mkdir "$results/bin"
for program in client server ceiling; do cc -O2 -static -o "$results/bin/$program" "$here/$program.c"; done

# shellcheck source=../container.sh
source "$here/../container.sh"
binds="$here:/opt/bench $trasgo:/opt/trasgo $results/bin:/opt/sockets $peers:/opt/peers"
in_container systemd /lib/systemd/systemd -- manager "$count" >"$results/systemd"
in_container trasgo /opt/trasgo init -- manager "$count" >"$results/trasgo"
in_container inetds /lib/systemd/systemd -- inetds "$count" >"$results/inetds"

value() { awk -v key="$2" '$1 == key { print $2; found = 1 } END { if (!found) print "-" }' "$results/$1"; }
row() {
  local key=$2 peer
  printf '| %s | %s | %s |' "$1" "$(value trasgo "served-$key")" "$(value systemd "served-$key")"
  for peer in bare-groups openbsd-inetd xinetd trasgo-inetd bare; do printf ' %s |' "$(value inetds "$peer-$key")"; done
  echo
}
{
  echo "| $count connections | Trasgo | systemd | bare, with groups | openbsd-inetd | xinetd | trasgo inetd | bare |"
  echo "|---|---:|---:|---:|---:|---:|---:|---:|"
  row "one after another, a second" 1
  row "to the first byte, 50 %, µs" 1-p50
  row "to the first byte, 99 %, µs" 1-p99
  row "processor time of its own each, µs" 1-cpu
  row "eight at once, a second" 8
  row "to the first byte, 50 %, µs" 8-p50
  row "to the first byte, 99 %, µs" 8-p99
  row "processor time of its own each, µs" 8-cpu
} | tee "$here/../../artifacts/bench-sockets.md"
