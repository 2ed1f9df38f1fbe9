# Sockets under the native manager: both ways of Accept=, and what is tried against them - ten thousand connections, a source that holds all it
# may, and no descriptors left.
# cgroups: v2 none
# needs: root python3 prlimit
ip link set lo up
peers() { python3 "$here/sockets/peers.py" "$@"; }
start_manager --system

# Accept=no: one service for all descriptors.
ctl start one.socket
equal "$(stat -c '%U %a' /run/out/one)" "daemon 600"
equal "$(readlink /run/out/link)" /run/out/one
python3 -c 'import socket; socket.socket(socket.AF_UNIX).connect("/run/out/link")'
eventually has one.service ActiveState active
eventually test -s /run/out/given
equal "$(cat /run/out/given)" "2 mine:mine"
equal "$(prop one.socket SubState)" running
ctl stop one.socket one.service
[[ ! -e /run/out/one && ! -L /run/out/link ]] || failed "something is left of one.socket"

# What somebody has open is not replaced, what is left of it is.
python3 -c 'import socket, time; s = socket.socket(socket.AF_UNIX); s.bind("/run/out/one"); s.listen(); open("/run/out/open", "w"); time.sleep(60)' &
theirs=$!
eventually test -e /run/out/open
! ctl start one.socket 2>/dev/null || failed "the socket of somebody else was replaced"
equal "$(prop one.socket Result)" resources
kill "$theirs"; wait "$theirs" || true
ctl start one.socket
equal "$(prop one.socket SubState)" listening
ctl stop one.socket

# Accept=yes: an instance for each, and nothing left of it.
ctl start each.socket
[[ $(peers talk 4711) =~ ^0-127.0.0.1:4711-127.0.0.1:([0-9]+)\ 127.0.0.1\ ([0-9]+)$ ]] || failed "the first connection was not served"
equal "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "the port of the peer"
eventually has each.socket NConnections 0
measure

# Ten thousand connections: MaxConnections= are served at a time, the others turned away, and the socket goes on.
asking
peers flood 4711 10000 &
flood=$!
most=0
while kill -0 "$flood" 2>/dev/null; do
  now=$(ctl list-units --no-legend --plain 'each@*' | wc -l)
  ((now <= most)) || most=$now
  sleep 0.1
done
wait "$flood" || failed "a connection was not taken"
eventually has each.socket NConnections 0
answered 5
((most <= 64)) || failed "$most instances at a time"
equal "$(prop each.socket SubState)" listening
equal "$(($(prop each.socket NAccepted) + $(prop each.socket NRefused)))" 10001
((most > 0 && $(prop each.socket NRefused) > 0)) || failed "there was no crowd"
ctl stop each.socket
returns

# A source that holds all it may: another one is served at once.
ctl start hold.socket
mkfifo /run/out/greedy
peers hold 4712 20 127.0.0.2 </run/out/greedy >/run/out/greedy-served &
exec 7>/run/out/greedy
eventually test -s /run/out/greedy-served
equal "$(head -n 1 /run/out/greedy-served)" 5
begin=$(now_ms)
equal "$(peers hold 4712 1 127.0.0.3 </dev/null | head -n 1)" 1
took=$(($(now_ms) - begin))
((took < 2000)) || failed "the other source waited for $took ms"
exec 7>&-
wait $! || true
equal "$(prop hold.socket SubState)" listening
ctl stop hold.socket

# No descriptors left: the peers wait, the manager neither spins nor fails the socket, and goes on when there are some again.
ctl start many.socket
used=$(find "/proc/$manager/fd" -mindepth 1 | wc -l)
prlimit --pid "$manager" --nofile="$((used + 90)):"
mkfifo /run/out/crowd
peers hold /run/out/many 50 </run/out/crowd >/run/out/crowd-served &
crowd=$!
exec 7>/run/out/crowd
eventually test -s /run/out/crowd-served
(($(head -n 1 /run/out/crowd-served) < 50)) || failed "there were descriptors enough"
equal "$(prop many.socket SubState)" listening
ticks() { awk '{ print $14 + $15 }' "/proc/$manager/stat"; }
before=$(ticks)
sleep 2   # long enough for a share of the processor to show
(($(ticks) - before <= 10)) || failed "the manager took $(($(ticks) - before)) of 200 ticks while it could accept nothing"
prlimit --pid "$manager" --nofile=4096:
exec 7>&-
wait "$crowd" || failed "the crowd was not served"
equal "$(awk '{ n += $1 } END { print n }' /run/out/crowd-served)" 50 "all that were held"
eventually has many.socket NConnections 0
ctl stop many.socket
no_zombie || failed "zombies"
alive
