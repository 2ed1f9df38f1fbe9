# cgroups: v2 none
# network: private
# needs: root python3 ss
# One inetd.conf, read by Debian's inetd and by us: the same clients get the same answers. Then what inetd cannot do.
source "$here/inetd-helpers.sh"
want_peer /usr/sbin/inetd
mkdir /run/inetd
install -m 0755 "$here/inetd/"*.py /run/inetd/
ip address add 192.0.2.1/32 dev lo
ask() { python3 /run/inetd/ask.py 192.0.2.1 "$1" >"$place/$1"; }

cp "$here/inetd/inetd.conf" /etc/inetd.conf
hosts
cd /
their_inetd
eventually listening 7001
ask theirs
end_theirs

start_manager --system
ctl start inetd.target
eventually listening 7001
ask ours
alive
tail -n 2 "$place/ours" >"$place/alone"
head -n -2 "$place/ours" >"$place/shared"
same "$place/theirs" "$place/shared" "our answers are not those of Debian's inetd"
grep -q "echo/udp reserved *b'error TimeoutError'" "$place/alone" || failed "a reserved port was answered"
grep -q "7004 IPv6 *b'uid 65534 got three'" "$place/alone" || failed "$(cat "$place/alone")"

# Where a unit is from.
equal "$(prop inetd-7002-tcp4.socket SourcePath)" /etc/inetd.conf
equal "$(prop inetd-7002-tcp4.socket Description)" '7002/tcp4 (/etc/inetd.conf:3)'
ctl list-sockets --no-legend | grep -q '127.0.0.1:7013 *inetd-7013-tcp4-127.0.0.1.socket' || failed "$(ctl list-sockets)"
grep -q '/etc/inetd.conf:[0-9]*: RPC services are not offered' "$log" || failed "nobody was told of the RPC service"
grep -q "/etc/inetd.conf:[0-9]*: /etc/services has no service 'nosuchservice' of tcp" "$log" || failed "nobody was told of the unknown service"

# Standard error is the log's and not the client's.
cat >/etc/inetd.conf <<'C'
7001	stream	tcp4	nowait	root	/bin/cat	cat
7020	stream	tcp4	nowait	root	/bin/cat	cat /run/not/there
7021	stream	tcp4	nowait.3	root	/bin/hostname	hostname
C
exec 8<>/dev/tcp/127.0.0.1/7001
echo before >&8
read -r -t 5 line <&8 && equal "$line" before
ctl daemon-reload
ctl stop inetd-7002-tcp4.socket
ctl restart inetd.target
eventually listening 7020
equal "$(say 7020)" "" "what the client of a failing server sees"
eventually grep -q 'cat: /run/not/there: No such file' "$log"

# A connection outlives the reload and the end of its socket.
echo after >&8
read -r -t 5 line <&8 && equal "$line" after
exec 8>&-
! listening 7002 || failed "a socket that was stopped listens"

# Three times a minute: the fourth client and those after him are turned away, and nothing has failed.
for _ in 1 2 3; do
  equal "$(say 7021)" "$(hostname)"
done
equal "$(say 7021)" "" "the fourth client"
eventually refused 7021
grep -q 'inetd-7021-tcp4.socket: Trigger limit hit, nobody is served for ' "$log" || failed "nobody was told of the pause"
equal "$(prop inetd-7021-tcp4.socket ActiveState)" active
alive

# An inetd that is installed and enabled has its file to itself.
printf '[Service]\nExecStart=/usr/sbin/inetd -i\n[Install]\nWantedBy=multi-user.target\n' >/etc/systemd/system/inetd.service
ctl enable inetd.service 2>/dev/null
mkdir "$place/generated"
"$trasgo" generator inetd "$place/generated" 2>"$place/rival" || failed "$(cat "$place/rival")"
if [[ -e /usr/sbin/inetd ]]; then
  grep -q 'inetd.service is enabled' "$place/rival" || failed "$(cat "$place/rival")"
else
  [[ -e $place/generated/inetd-7001-tcp4.socket ]] || failed "links of a package that is gone count"
fi
