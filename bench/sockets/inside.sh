#!/usr/bin/env bash
# inside.sh manager|inetds CONNECTIONS: runs inside the container; prints "KEY VALUE" lines: connections a second, one after another and eight at
# once, and the 50th and 99th percentile of the microseconds from connect to the first byte. /opt/sockets has the client and the server,
# /opt/peers what Debian's packages of the inetds hold.
set -euo pipefail
what=$1 count=$2
port=7001

# measure PREFIX: what listens on the port has been started.
measure() {
  local parallel rate median last
  until /opt/sockets/client "$port" 1 1 >/dev/null 2>&1; do sleep 0.1; done
  for parallel in 1 8; do
    read -r rate median last < <(/opt/sockets/client "$port" "$count" "$parallel") || { echo "$1 does not serve $parallel at once" >&2; continue; }
    printf '%s-%s %s\n%s-%s-p50 %s\n%s-%s-p99 %s\n' "$1" "$parallel" "$rate" "$1" "$parallel" "$median" "$1" "$parallel" "$last"
  done
}

manager() {
  local units=/run/systemd/system
  mkdir -p "$units"
  printf '[Socket]\nListenStream=127.0.0.1:%s\nAccept=yes\nMaxConnections=1000\nTriggerLimitIntervalSec=0\n' "$port" >"$units/line.socket"
  printf '[Service]\nExecStart=/opt/sockets/server\nStandardInput=socket\nStandardOutput=socket\nStandardError=null\n' >"$units/line@.service"
  systemctl daemon-reload
  systemctl start line.socket
  measure served
  systemctl stop line.socket
}

# Both are told not to mind how often they are called. They are measured one after the other, each with the port to itself.
inetds() {
  local libraries pid
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
  LD_LIBRARY_PATH=$libraries /opt/peers/usr/sbin/inetd -i /run/inetd.conf >/dev/null 2>&1 &
  pid=$!
  measure openbsd-inetd
  kill "$pid"; wait "$pid" || true
  LD_LIBRARY_PATH=$libraries /opt/peers/usr/sbin/xinetd -dontfork -f /run/xinetd.conf >/dev/null 2>&1 &
  pid=$!
  measure xinetd
  kill "$pid"; wait "$pid" || true
}

"$what"
