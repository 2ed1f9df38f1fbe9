#!/usr/bin/env bash
# inside.sh manager|others COUNT: runs inside the container; prints "KEY VALUE" lines, times in ms, memory in kB.
set -euo pipefail
what=$1 count=$2
settle=2  # seconds of rest before memory is read
now() { echo $(($(date +%s%N) / 1000000)); }
timed() { local key=$1 begin; shift; begin=$(now); "$@" >/dev/null 2>&1 || echo "failed: $*" >&2; echo "$key $(($(now) - begin))"; }
running() { pgrep -fc "$1" || true; }
until_running() {
  local end=$((SECONDS + 60))
  while (($(running "$1") < $2)); do
    ((SECONDS < end)) || { echo "only $(running "$1") of $2 processes are there" >&2; return 0; }
    sleep 0.02
  done
}

# PID 1, and what else the manager consists of; an ordinary service called trasgo would be counted too, there is none.
resident() {
  local total=0 pid kb
  for pid in 1 $(pgrep -x trasgo || true); do
    ((pid == 1 && total > 0)) && continue
    kb=$(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status" 2>/dev/null || echo 0)
    total=$((total + kb))
  done
  echo "$total"
}

manager() {
  sleep "$settle"
  echo "memory-idle $(resident)"
  local i units=/run/systemd/system wants=
  mkdir -p "$units"
  for i in $(seq "$count"); do
    printf '[Unit]\nDescription=Bench %d\n[Service]\nExecStart=/bin/sleep 97531\n' "$i" >"$units/bench-$i.service"
    printf '[Service]\nType=oneshot\nExecStart=/bin/true\n' >"$units/once-$i.service"
  done
  for kind in bench once; do
    wants=$(seq -f "$kind-%g.service" -s ' ' "$count")
    printf '[Unit]\nWants=%s\nAfter=%s\n' "$wants" "$wants" >"$units/$kind.target"
  done
  systemctl daemon-reload
  timed start systemctl start bench.target
  until_running '^/bin/sleep 97531' "$count"
  echo "memory-busy $(resident)"
  sleep "$settle"
  echo "memory-full $(resident)"
  for i in 1 2 3; do timed reload systemctl daemon-reload; done
  for i in 1 2 3; do timed list systemctl list-units --all; done
  # shellcheck disable=SC2046
  timed stop systemctl stop bench.target $(seq -f 'bench-%g.service' "$count")
  (($(running '^/bin/sleep 97531') == 0)) || echo "processes are left" >&2
  timed oneshot systemctl start once.target
}

others() {
  local i begin
  mkdir -p /run/s6
  for i in $(seq "$count"); do
    mkdir "/run/s6/$i"
    printf '#!/bin/sh\nexec /bin/sleep 97532\n' >"/run/s6/$i/run"
    chmod +x "/run/s6/$i/run"
  done
  begin=$(now)
  s6-svscan -c 1000 /run/s6 >/dev/null 2>&1 &
  until_running '^/bin/sleep 97532' "$count"
  echo "s6 $(($(now) - begin))"
  s6-svscanctl -t /run/s6; wait || true

  {
    printf '[supervisord]\nnodaemon=true\nlogfile=/dev/null\nlogfile_maxbytes=0\npidfile=/run/bench-supervisord.pid\nminfds=4096\n'
    for i in $(seq "$count"); do
      printf '[program:b%d]\ncommand=/bin/sleep 97533\nstartsecs=0\nstdout_logfile=NONE\nstderr_logfile=NONE\n' "$i"
    done
  } >/run/bench-supervisord.conf
  begin=$(now)
  supervisord -c /run/bench-supervisord.conf >/dev/null 2>&1 &
  until_running '^/bin/sleep 97533' "$count"
  echo "supervisord $(($(now) - begin))"
}

"$what"
