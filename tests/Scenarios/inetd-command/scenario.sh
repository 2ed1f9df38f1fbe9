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
! "$trasgo" inetd -i /etc/nowhere 2>/dev/null || failed "a file that is not there was taken"
