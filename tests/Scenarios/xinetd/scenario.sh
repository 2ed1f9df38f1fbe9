# cgroups: v2 none
# network: private
# needs: root python3 ss
# One xinetd.conf, read by Debian's xinetd and by us: the same clients get the same answers, and the log has the same lines.
source "$here/inetd-helpers.sh"
want_peer /usr/sbin/xinetd
mkdir -p /run/xinetd
install -m 0755 "$here/xinetd/ask.py" "$here/inetd/common.py" "$here/inetd/datagrams.py" /run/xinetd/
printf 'hello\n' >/run/xinetd/hello
printf 'welcome\n' >/run/xinetd/welcome
printf 'away\n' >/run/xinetd/away
printf 'exit 3\n' >/run/xinetd/three
printf 'umask; ulimit -n; ulimit -v; nice\n' >/run/xinetd/limits
ask() { python3 /run/xinetd/ask.py >"$place/$1"; }
# What differs from one time to the next, and how an IPv4 client looks on a socket of both families.
lines() { sed -E 's/^[0-9/@:]+: //; s/pid=[0-9]+/pid=N/; s/::ffff://; s/duration=[0-9]+/duration=N/' /run/xinetd/log | grep -E "^(START|FAIL|EXIT|USERID|NOID): ($1) " | sort; }

cp "$here/xinetd/xinetd.conf" /etc/xinetd.conf
hosts
cp "$peers/etc/services" /etc/services
mount -t overlay -o "lowerdir=/usr/sbin:$peers/usr/sbin" overlay /usr/sbin
printf 'member:x:990:990::/:/bin/sh\n' >>/etc/passwd
printf 'member:x:990:\nothers:x:989:member\n' >>/etc/group
rm -f /etc/hosts.deny /etc/hosts.allow
cd /
their_xinetd
eventually listening 7101
ask theirs
end_theirs
checked='plain|allowed|refused|never|noone|environment|ended|asked|known'
# xinetd has started a process already when it refuses a client, and says so; we have not.
lines "$checked" | grep -vE '^START: (refused|never|noone) ' >"$place/theirs.lines"
rm /run/xinetd/log

start_manager --system
ctl start inetd.target
eventually listening 7101
ask ours
same "$place/theirs" "$place/ours" "our answers are not those of Debian's xinetd"
same_lines() { lines "$checked" >"$place/ours.lines"; diff "$place/theirs.lines" "$place/ours.lines" >"$place/difference"; }
end=$((SECONDS + 5))
until same_lines || ((SECONDS >= end)); do sleep 0.05; done
same_lines || { cat "$place/difference"; failed "our log is not that of Debian's xinetd"; }
! listening 7112 || failed "a disabled service listens"
equal "$(prop xinetd-plain.socket MaxConnections)" 20
alive
