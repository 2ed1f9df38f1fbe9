# cgroups: v2 none
# network: private
# needs: root python3 ss setpriv
# trasgo inetd in the place of Debian's: the same file, the same answers, by a link named inetd that goes into the background; a file that
# changes under a connection; and somebody who is not root.
source "$here/inetd-helpers.sh"
want_peer /usr/sbin/inetd
mkdir /run/inetd
install -m 0755 "$here/inetd/"*.py /run/inetd/
ip address add 192.0.2.1/32 dev lo
ask() { python3 /run/inetd/ask.py 192.0.2.1 "$1" >"$place/$1"; }
gone() { ! kill -0 "$1" 2>/dev/null; }

cp "$here/inetd/inetd.conf" /etc/inetd.conf
hosts
cd /
their_inetd
eventually listening 7001
ask theirs
end_theirs

ln -s "$trasgo" "$place/bin/inetd"
"$place/bin/inetd" -p /run/inetd/pid
eventually test -s /run/inetd/pid
ours=$(</run/inetd/pid)
eventually listening 7001
ask ours
head -n -2 "$place/ours" >"$place/shared"
same "$place/theirs" "$place/shared" "our answers are not those of Debian's inetd"

# SIGHUP: a line that is gone, one that is another, a new one; a connection that stays.
exec 8<>/dev/tcp/127.0.0.1/7001
echo before >&8
read -r -t 5 line <&8 && equal "$line" before
cat >/etc/inetd.conf <<'C'
# A line more, and all numbers change.
7002	stream	tcp4	nowait	root	/bin/hostname	hostname
7030	stream	tcp4	nowait	root	/bin/pwd	pwd
127.0.0.1:7009	stream	tcp4	nowait	root	/bin/hostname	hostname
C
kill -HUP "$ours"
eventually listening 7030
eventually silent 7001
eventually silent 7005
equal "$(say 7030)" /
equal "$(say 7002)" "$(hostname)"
equal "$(say 7009)" "$(hostname)"
echo after >&8
read -r -t 5 line <&8 && equal "$line" after
exec 8>&-

# A file that is not there changes nothing.
mv /etc/inetd.conf /etc/inetd.away
kill -HUP "$ours"
equal "$(say 7030)" /
kill "$ours"
eventually gone "$ours"
silent 7030 || failed "something listens after the end"
[[ ! -e /run/inetd/pid ]] || failed "the PID file is still there"
[[ -z $(compgen -G '/run/trasgo-inetd.*') ]] || failed "its directory is still there"

# In the background it tells the log what is wrong with the file, and offers the rest. A port that somebody else has is tried again by SIGHUP.
cat >/run/inetd/log.py <<'P'
import socket
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind("/run/inetd/log")
s.settimeout(20)
while True: print(s.recv(2000).decode(), flush=True)
P
python3 /run/inetd/log.py >"$place/syslog" 2>/dev/null &
logger=$!
eventually test -S /run/inetd/log
mkdir "$place/dev"
mount --bind /dev "$place/dev"
mount -t tmpfs tmpfs /dev
cp -a "$place/dev/"{null,zero,full,random,urandom,tty,fd,stdin,stdout,stderr} /dev/
ln -s /run/inetd/log /dev/log
python3 -c 'import socket, time
s = socket.socket(); s.bind(("127.0.0.1", 7051)); s.listen(); time.sleep(60)' &
thief=$!
eventually listening 7051
printf '7050 stream tcp4 nowait root /bin/hostname hostname\nnosuch stream tcp nowait root /bin/cat cat\n127.0.0.1:7051 stream tcp nowait root /bin/hostname hostname\n7052 stream tcp4 nowait\n7053 stream tcp4 nowait root /bin/hostname hostname\n' >/etc/inetd.conf
"$trasgo" inetd
eventually test -s /run/inetd.pid
eventually listening 7053
equal "$(say 7050)" "$(hostname)"
eventually grep -Eq "^<27>.*inetd.*: /etc/inetd.conf:2: /etc/services has no service 'nosuch' of tcp" "$place/syslog"
eventually grep -Eq '^<27>.*inetd.*: /etc/inetd.conf:4: ' "$place/syslog"
eventually grep -q 'Failed to listen.*7051\|7051.*Address already in use' "$place/syslog"
kill "$thief"
wait "$thief" || true
silent 7051 || failed "the port is still taken"
kill -HUP "$(</run/inetd.pid)"
eventually listening 7051
equal "$(say 7051)" "$(hostname)"
kill "$(</run/inetd.pid)" "$logger"
eventually test ! -e /run/inetd.pid
umount -l /dev

# Without root's rights: high ports, and no other user.
printf '7040 stream tcp4 nowait nobody /usr/bin/id id -u\n7041 stream tcp4 nowait root /usr/bin/id id -u\n' >"$place/nobody.conf"
chmod 0755 "$place"
chmod 0644 "$place/nobody.conf"
TMPDIR=/tmp setpriv --reuid 65534 --regid 65534 --clear-groups env -u XDG_RUNTIME_DIR "$trasgo" inetd -i "$place/nobody.conf" >"$place/nobody.log" 2>&1 &
nobody=$!
eventually listening 7040
equal "$(say 7040)" 65534
silent 7041 || failed "a server of another user is offered"
grep -q "nobody.conf:2: Without root's rights servers run as nobody only, not as root." "$place/nobody.log" || failed "$(cat "$place/nobody.log")"
kill "$nobody"
wait "$nobody" || failed "the end was status $?: $(cat "$place/nobody.log")"

# What cannot be kept is not promised.
! "$trasgo" inetd -i -l /etc/inetd.away 2>"$place/refused" || failed "-l was taken"
grep -q 'TCP wrappers are not built in' "$place/refused" || failed "$(cat "$place/refused")"
status_of() { local status=0; "$@" >/dev/null 2>"$place/refused" || status=$?; echo "$status"; }
equal "$(status_of "$trasgo" inetd -i /etc/nowhere)" 1 "a file that is not there"
grep -q '/etc/nowhere: No such file or directory' "$place/refused" || failed "$(cat "$place/refused")"
equal "$(status_of "$trasgo" inetd -x)" 1 "an option that there is not"
grep -q '^usage: inetd ' "$place/refused" || failed "$(cat "$place/refused")"
equal "$(status_of "$trasgo" inetd -i one two)" 1 "two files"
equal "$(status_of "$trasgo" inetd -i -R often /etc/inetd.conf)" 1 "a rate that is none"
equal "$(status_of "$trasgo" inetd --help)" 0
