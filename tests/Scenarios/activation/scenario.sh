# The samples' own unit files, as they come, under Trasgo: when a connection comes, when a datagram comes, when a file appears, when it is time. The
# ports are those of the protocols, in a network of the scenario's own.
# cgroups: v2 none
# needs: root unshare nsenter ip nc
samples=${TRASGO_SAMPLES:-$here/../../artifacts/samples}
[[ -x $samples/timeserver && -x $samples/echo ]] || skip "the samples are not built"
mkdir "$place/local"
install -m 0755 "$samples/timeserver" "$place/local/timeserver"
install -m 0755 "$samples/echo" "$place/local/echo-server"
mount --bind "$place/local" /usr/local/bin
for unit in "$here"/../../samples/Trasgo.Samples.{TimeServer,Echo}/units/*.{service,socket,path,timer}; do
  [[ ! -e $unit ]] || cp "$unit" /etc/systemd/system/
done

# The manager in its network, and clients in the same.
cat >"$place/bin/apart" <<END
#!/bin/sh
exec unshare --net -- /bin/sh -c 'ip link set lo up && exec "\$@"' sh "$trasgo" "\$@"
END
chmod 0755 "$place/bin/apart"
real=$trasgo trasgo=$place/bin/apart
start_manager --system
trasgo=$real
inside() { nsenter --net="/proc/$manager/ns/net" -- "$@"; }
ask() { inside nc -w 5 "$1" 13; }
teller() { tr -d '\r' | sed -n 's/.*-UTC, says process //p' | head -n 1; }
settled() { [[ -z $(ctl list-units --all --no-legend --plain "$1") ]]; }

# Accept=no: the first client starts the server, which serves all that follow, of both protocols.
ctl start timeserver-activated.socket
has timeserver-activated.service ActiveState inactive || failed "the server is there before a client is"
first=$(ask 127.0.0.1 | teller)
[[ -n $first ]] || failed "no answer by socket"
equal "$(prop timeserver-activated.service MainPID)" "$first" "who answered"
equal "$(ask ::1 | teller)" "$first" "who answered the second"

# The socket outlives the server, however that ends: a client that comes meanwhile waits for the next one.
kill -KILL "$first"
second=$(ask 127.0.0.1 | teller)
[[ -n $second && $second != "$first" ]] || failed "the client after the crash was answered by '$second'"
ctl stop timeserver-activated.service timeserver-activated.socket
ask 127.0.0.1 >/dev/null && failed "somebody still listens"

# Accept=yes: an instance a client, which is gone after use.
ctl start timeserver-instance.socket
tellers=$(for _ in 1 2 3; do ask 127.0.0.1 | teller; ask ::1 | teller; done)
equal "$(sort -u <<<"$tellers" | wc -l)" 6 "processes that answered"
equal "$(prop timeserver-instance.socket NAccepted)" 6 "NAccepted"
eventually settled 'timeserver-instance@*.service'
eventually has timeserver-instance.socket NConnections 0
ctl stop timeserver-instance.socket

# Streams and datagrams, of the network and of the machine, by one socket unit.
ctl start echo.socket
equal "$(echo streams | inside nc -N -w 5 127.0.0.1 7)" streams "by TCP"
equal "$(echo datagrams | inside nc -u -w 1 ::1 7)" datagrams "by UDP"
equal "$(echo local | nc -N -U -w 5 /run/echo.stream)" local "by a stream of the machine"
equal "$(echo packets | nc -u -U -w 1 /run/echo.datagram)" packets "by a datagram of the machine"
[[ $(prop echo.service MainPID) != 0 ]] || failed "the echo server is not there"
ctl stop echo.socket echo.service

# As a line of inetd.conf(5), and as a file of xinetd(8): units are made of them, and the server is the user who is named there.
printf 'daytime 13/tcp\n' >/etc/services
cp "$here/../../samples/Trasgo.Samples.TimeServer/units/inetd.conf" /etc/inetd.conf
ctl daemon-reload
ctl start inetd.target
[[ -n $(ask 127.0.0.1 | teller) && -n $(ask ::1 | teller) ]] || failed "no answer by the line of inetd.conf"
ctl stop inetd.target
rm /etc/inetd.conf
mkdir -p /etc/xinetd.d
printf 'includedir /etc/xinetd.d\n' >/etc/xinetd.conf
cp "$here/../../samples/Trasgo.Samples.TimeServer/units/timeserver.xinetd" /etc/xinetd.d/timeserver
ctl daemon-reload
ctl start inetd.target
[[ -n $(ask 127.0.0.1 | teller) ]] || failed "no answer by the file of xinetd"
ctl stop inetd.target
rm -r /etc/xinetd.conf /etc/xinetd.d
ctl daemon-reload

# A template, whose user is made for it and may bind the port.
ctl start timeserver@13.service
equal "$(ask 127.0.0.1 | teller)" "$(prop timeserver@13.service MainPID)" "who answered"
[[ $(ps -o uid= -p "$(prop timeserver@13.service MainPID)" | tr -d ' ') != 0 ]] || failed "the instance of the template is root"
ctl stop timeserver@13.service

# A daemon of the old kind, which gives up root.
ctl start timeserver-forking.service
equal "$(ps -o user= -p "$(prop timeserver-forking.service MainPID)")" nobody "user of the daemon"
equal "$(ask ::1 | teller)" "$(prop timeserver-forking.service MainPID)" "who answered"
ctl stop timeserver-forking.service

# When a file appears.
ctl start timeserver.path
has timeserver.service ActiveState inactive || failed "the server is there before the file is"
touch /run/time-is-wanted
eventually has timeserver.service SubState running
equal "$(ask 127.0.0.1 | teller)" "$(prop timeserver.service MainPID)" "who answered"
rm /run/time-is-wanted
ctl stop timeserver.path timeserver.service

# When it is time: in a second instead of in the morning.
mkdir -p /etc/systemd/system/timeserver.timer.d
printf '[Timer]\nOnCalendar=\nOnActiveSec=100ms\nPersistent=no\n' >/etc/systemd/system/timeserver.timer.d/soon.conf
ctl daemon-reload
ctl start timeserver.timer
eventually has timeserver.service SubState running
equal "$(ask 127.0.0.1 | teller)" "$(prop timeserver.service MainPID)" "who answered"
ctl stop timeserver.timer timeserver.service
alive
