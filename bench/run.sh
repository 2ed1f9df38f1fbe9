#!/usr/bin/env bash
# run.sh TRASGO: measures Trasgo against Debian's systemd, in two containers made from one Debian tree, one after the other;
# s6 and supervisord, which start processes and nothing else, are measured in the second one. Prints a table with ratios.
# bench/README.md says how to read it. Needs root. BENCH_UNITS (500) and BENCH_RUNS (3, the best one counts) may be set.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
trasgo=$(realpath "$1")
units=${BENCH_UNITS:-500} runs=${BENCH_RUNS:-3}
oracle=$here/../tests/Oracle

[[ $(id -u) == 0 ]] || { echo "the benchmarks boot containers and need root"; exit 1; }
for tool in systemd-nspawn nsenter unshare; do
  command -v "$tool" >/dev/null || { echo "$tool is missing. Type: sudo apt-get install -y systemd-container util-linux"; exit 1; }
done
tree=$("$oracle/make-tree.sh")
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# shellcheck source=container.sh
source "$here/container.sh"
binds="$here:/opt/bench $trasgo:/opt/trasgo"

for run in $(seq "$runs"); do
  echo "run $run of $runs"
  in_container systemd /lib/systemd/systemd -- manager "$units" >>"$results/systemd"
  in_container trasgo /opt/trasgo init -- manager "$units" >>"$results/trasgo"
  in_container others /lib/systemd/systemd -- others "$units" >>"$results/others"
done

# best FILE KEY: the least of the values of KEY.
best() { awk -v key="$2" '$1 == key && (!n++ || $2 < least) { least = $2 } END { print n ? least : "-" }' "$results/$1"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (a == "-" || b == "-" || b == 0) print "-"; else printf "%.2f", a / b }'; }
row() {
  local t s; t=$(best trasgo "$2") s=$(best systemd "$2")
  printf '| %s | %s | %s | %s | %s |\n' "$1" "$t" "$s" "$(ratio "$t" "$s")" "$3"
}

{
  echo "| $units services | Trasgo | systemd | ratio | goal |"
  echo "|---|---:|---:|---:|---:|"
  row "start, ms" start "0.5"
  row "stop, ms" stop "0.5"
  row "run as oneshots, ms" oneshot "0.5"
  row "daemon-reload, ms" reload "0.5"
  row "list-units, ms" list ""
  row "resident memory idle, kB" memory-idle "1.0"
  row "resident memory with all of them, kB" memory-full "1.0"
  row "the same, right after the start, kB" memory-busy ""
  echo
  echo "| start $units services | ms | Trasgo / it |"
  echo "|---|---:|---:|"
  for other in s6 supervisord; do
    printf '| %s | %s | %s |\n' "$other" "$(best others "$other")" "$(ratio "$(best trasgo start)" "$(best others "$other")")"
  done
} | tee "$here/../artifacts/bench.md"
