#!/usr/bin/env bash
# demo.sh TRASGO SAMPLES: starts `trasgo --user` in a private directory with the units of samples/units, shows them at work,
# stops it. Exits 0 if everything happened that should. Needs no right of any kind.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
trasgo=$(realpath "$1") samples=$(realpath "$2")

place=$(mktemp -d "${TMPDIR:-/tmp}/trasgo-demo.XXXXXX")
manager=
finish() {
  local status=$?
  if [[ -n $manager ]] && kill -0 "$manager" 2>/dev/null; then
    kill -TERM "$manager"; wait "$manager" || true
  fi
  ((status == 0)) || { echo "--- the manager said:"; tail -n 40 "$place/log" || true; }
  rm -rf "$place"
  exit "$status"
}
trap finish EXIT

title() { printf '\n\e[1m%s\e[0m\n' "$*"; }
show() { printf '\e[2m$\e[0m %s\n' "$*"; "$@"; }
die() { echo "demo: $*" >&2; exit 1; }

# until_true SECONDS COMMAND...: the demonstration stands outside of the manager, so it asks until it hears what it waits for.
until_true() {
  local deadline=$((SECONDS + $1)); shift
  until "$@"; do
    ((SECONDS < deadline)) || die "waited in vain for: $*"
    kill -0 "$manager" 2>/dev/null || die "the manager is gone"
    sleep 0.05
  done
}

client() { command systemctl --user --no-pager "$@"; }
words=(systemctl --user)
if ! command -v systemctl >/dev/null; then
  client() { "$trasgo" systemctl --user --no-pager "$@"; }
  words=(trasgo systemctl --user)
fi
ctl() { printf '\e[2m$\e[0m %s\n' "${words[*]} $*"; client "$@"; }
property() { client show --property "$2" --value "$1"; }
is_up() { client show --property SystemState --value 2>/dev/null | grep -qx -e running -e degraded; }
has() { [[ $(property "$1" "$2") == "$3" ]]; }
# ask_time PORT: connects, reads a line, as nc(1) would.
ask_time() {
  local answer
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  read -r answer <&3 || true
  exec 3>&-
  [[ $answer == *UTC* ]] || return 1
  printf '%s\n' "${answer%$'\r'}"
}
port_of() { cat "$place/$1.port"; }
quietly_ask_time() { ask_time "$(port_of timeserver)" >/dev/null 2>&1; }

# A port that nobody listens on, for a socket unit that has to name one.
free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

mkdir -m 0700 "$place/bin" "$place/units"
cp "$samples/timeserver" "$place/bin/"
cp "$here"/../samples/units/* "$place/units/"
export XDG_RUNTIME_DIR=$place SYSTEMD_UNIT_PATH=$place/units SYSTEMD_PAGER='' SYSTEMD_COLORS=${SYSTEMD_COLORS:-0}
export USER=${USER:-$(id -un)}
unset DBUS_SESSION_BUS_ADDRESS

title "A manager of services, started as an ordinary process"
echo "$ XDG_RUNTIME_DIR=$place trasgo --user &"
"$trasgo" --user </dev/null >"$place/log" 2>&1 &
manager=$!
until_true 20 is_up

title "The time server as a service"
ctl start samples.target
ctl status --lines=0 timeserver.service || true

ask_time "$(port_of timeserver)" || die "no answer from the time server"
pid=$(property timeserver.service MainPID)
show kill -KILL "$pid"
restarted() { local now; now=$(property timeserver.service MainPID); [[ $now != 0 && $now != "$pid" ]]; }
until_true 20 restarted
until_true 20 has timeserver.service SubState running
until_true 20 quietly_ask_time
echo "It was killed, and it is back:"
ask_time "$(port_of timeserver)" || die "the time server did not come back"
echo "restarts: $(property timeserver.service NRestarts)"

title "The time server by socket, one instance a connection"
port=$(free_port)
ctl start "timeserver-instance@$port.socket"
ask_time "$port" || die "no answer by socket"
ask_time "$port" || die "no second answer by socket"
ctl list-sockets
until_true 20 has "timeserver-instance@$port.socket" NConnections 0
echo "A second later the clients are gone, and the instances with them:"
ctl status --lines=0 "timeserver-instance@$port.socket" || true
[[ $(property "timeserver-instance@$port.socket" NAccepted) == 2 ]] || die "the socket has not accepted two connections"

title "The time server behind a path"
ctl start timeserver-wanted.path
has timeserver-wanted.service ActiveState inactive || die "the time server is there before the file is"
show touch "$place/time-is-wanted"
until_true 20 has timeserver-wanted.service SubState running
ask_time "$(port_of wanted)" || die "no answer from behind the path"
ctl status --lines=0 timeserver-wanted.path || true
show rm "$place/time-is-wanted"

title "By the clock"
ctl start tick.timer
until_true 20 has tick.service Result success
until_true 20 test -s "$place/ticks"
echo "written down: $(<"$place/ticks")"
ctl list-timers

title "What crashes too often is given up"
until_true 20 has crashing.service ActiveState failed
ctl status --lines=0 crashing.service || true
[[ $(property crashing.service Result) == signal || $(property crashing.service Result) == core-dump ]] \
  || die "crashing.service has the result $(property crashing.service Result)"
[[ $(property crashing.service NRestarts) == 4 || $(property crashing.service NRestarts) == 5 ]] \
  || die "crashing.service was restarted $(property crashing.service NRestarts) times"

title "All of them"
ctl list-units --all '*.service' '*.socket' '*.path' '*.timer' samples.target

title "Stop"
pid=$(property timeserver.service MainPID)
ctl stop samples.target timeserver.service timeserver-wanted.path timeserver-wanted.service "timeserver-instance@$port.socket" tick.timer
! ask_time "$port" 2>/dev/null || die "the socket is still there"
! kill -0 "$pid" 2>/dev/null || die "the time server is still there"
ctl exit
wait "$manager" || die "the manager ended with status $?"
manager=
echo "Everything is down."
