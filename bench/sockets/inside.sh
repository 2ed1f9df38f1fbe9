#!/usr/bin/env bash
# inside.sh manager|inetds CONNECTIONS: runs inside the container; prints "KEY VALUE" lines: connections a second, one after another and eight at
# once, the 50th and 99th percentile of the microseconds from connect to the first byte, and the processor time of the manager or inetd itself for
# each connection in microseconds. /opt/sockets has the client and the server,
# /opt/peers what Debian's packages of the inetds hold.
set -euo pipefail
what=$1 count=$2
port=7001

# The processor time that a process has taken so far, its threads together, in microseconds.
spent() { cat /proc/"$1"/task/*/schedstat | awk '{ sum += $1 } END { printf "%.0f\n", sum / 1000 }'; }

# measure PREFIX PID: the process, which listens on the port, has been started.
measure() {
  local parallel rate median last before
  until /opt/sockets/client "$port" 1 1 >/dev/null 2>&1; do sleep 0.1; done
  for parallel in 1 8; do
    before=$(spent "$2")
    read -r rate median last < <(/opt/sockets/client "$port" "$count" "$parallel") || { echo "$1 does not serve $parallel at once" >&2; continue; }
    printf '%s-%s %s\n%s-%s-p50 %s\n%s-%s-p99 %s\n' "$1" "$parallel" "$rate" "$1" "$parallel" "$median" "$1" "$parallel" "$last"
    # The last of the servers are still being cleaned up after.
    sleep 0.5
    printf '%s-%s-cpu %s\n' "$1" "$parallel" $((($(spent "$2") - before) / count))
  done
}

manager() {
  local units=/run/systemd/system
  mkdir -p "$units"
  printf '[Socket]\nListenStream=127.0.0.1:%s\nAccept=yes\nMaxConnections=1000\nTriggerLimitIntervalSec=0\n' "$port" >"$units/line.socket"
  printf '[Service]\nExecStart=/opt/sockets/server\nStandardInput=socket\nStandardOutput=socket\nStandardError=null\n' >"$units/line@.service"
  systemctl daemon-reload
  systemctl start line.socket
  measure served 1
  systemctl stop line.socket
}

# measure_process PREFIX COMMAND...: a process that listens for as long as it is measured.
measure_process() {
  local prefix=$1 pid; shift
  "$@" >/dev/null 2>&1 &
  pid=$!
  measure "$prefix" "$pid"
  kill "$pid"; wait "$pid" || true
}

# All are told not to mind how often they are called. They are measured one after the other, each with the port to itself.
inetds() {
  local libraries
  libraries=$(find /opt/peers -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
  echo "127.0.0.1:$port stream tcp nowait.1000000 root /opt/sockets/server server" >/run/inetd.conf
  cat >/run/xinetd.conf <<END
service line
{
  type = UNLISTED
  socket_type = stream
  protocol = tcp
  port = $port
  bind = 127.0.0.1
  wait = no
  user = root
  server = /opt/sockets/server
  instances = UNLIMITED
  per_source = UNLIMITED
  cps = 1000000 1
}
END
  measure_process openbsd-inetd env LD_LIBRARY_PATH="$libraries" /opt/peers/usr/sbin/inetd -i /run/inetd.conf
  measure_process xinetd env LD_LIBRARY_PATH="$libraries" /opt/peers/usr/sbin/xinetd -dontfork -f /run/xinetd.conf
  # Like them, without control groups: it is in one of the host here, where it may make none.
  measure_process trasgo-inetd unshare --mount sh -c 'mount -o remount,bind,ro /sys/fs/cgroup && exec /opt/trasgo inetd -i /run/inetd.conf'
  measure_process bare /opt/sockets/ceiling "$port"
  mkdir -p /sys/fs/cgroup/ceiling
  measure_process bare-groups /opt/sockets/ceiling "$port" /sys/fs/cgroup/ceiling
}

"$what"
