# cgroups: v2 none
# network: private
# needs: root python3 ss curl git
# Servers of Debian's packages, which inetd has started for decades, by lines of inetd.conf, by xinetd.conf and by socket units, asked by real
# clients: the answers are those that they give under Debian's inetd.
source "$here/inetd-helpers.sh"
want_peer /usr/sbin/inetd
want_peer /usr/sbin/vsftpd

# The servers where their packages have them, below what the machine has itself.
for folder in usr/sbin usr/bin usr/lib; do
  mount -t overlay -o "lowerdir=/$folder:$peers/$folder" overlay "/$folder"
done
mount -t overlay -o "lowerdir=/usr/lib/x86_64-linux-gnu:$peers/lib/x86_64-linux-gnu" overlay /usr/lib/x86_64-linux-gnu
cp "$peers/etc/services" "$peers/etc/protocols" /etc/
rm -f /etc/hosts.allow /etc/hosts.deny
hosts
for account in sshd:991 ftp:992 popa3d:993; do
  grep -q "^${account%:*}:" /etc/passwd || echo "${account%:*}:x:${account#*:}:65534::/run/servers/ftp:/usr/sbin/nologin" >>/etc/passwd
done

mkdir -p /run/servers/{tftp,ftp,www,git} /run/sshd /run/vsftpd/empty /var/lib/popa3d
for folder in tftp ftp www; do echo "the $folder file" >"/run/servers/$folder/motd"; done
install -m 0755 "$here/inetd-servers/"{ask.sh,talk.py} /run/servers/
cat >/run/servers/vsftpd.conf <<'C'
listen=NO
anonymous_enable=YES
local_enable=NO
anon_root=/run/servers/ftp
secure_chroot_dir=/run/vsftpd/empty
C
ssh-keygen -q -t ed25519 -N '' -f /run/servers/key
printf 'HostKey /run/servers/key\nUsePAM no\nLogLevel QUIET\n' >/run/servers/sshd_config
printf '[files]\npath = /run/servers/ftp\nuse chroot = no\nread only = yes\n' >/run/servers/rsyncd.conf
(
  export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@localhost GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@localhost
  git -c init.defaultBranch=main init -q /run/servers/git/repository
  git -C /run/servers/git/repository commit -q --allow-empty -m first
)
chown -R nobody /run/servers/git
chmod -R a+rX /run/servers
chmod 0600 /run/servers/key
cd /
ask() { /run/servers/ask.sh >"$place/$1" 2>&1; }

cp "$here/inetd-servers/inetd.conf" /etc/inetd.conf
their_inetd
eventually listening 80
ask theirs
end_theirs
[[ $(wc -l <"$place/theirs") == 13 ]] || failed "under Debian's inetd: $(cat "$place/theirs")"
! grep -nE ': *$|error|timed out' "$place/theirs" || failed "a server does not answer under Debian's inetd: $(cat "$place/theirs")"

start_manager --system
ctl start inetd.target
eventually listening 80
ask ours
same "$place/theirs" "$place/ours" "the servers answer otherwise under us"
alive

# The same by trasgo inetd.
ctl stop inetd.target
eventually silent 80
"$trasgo" inetd -i -p "$place/inetd.pid" /etc/inetd.conf >"$place/command.log" 2>&1 &
command=$!
eventually listening 80
ask command
same "$place/theirs" "$place/command" "the servers answer otherwise under trasgo inetd"
kill "$command"
wait "$command" || failed "trasgo inetd ended with $?: $(cat "$place/command.log")"

# By socket units, without any inetd.conf.
rm /etc/inetd.conf
ctl daemon-reload
ctl start git.socket tftp.socket sshd.socket
eventually listening 9418
eventually listening 22
ask units
for server in tftp tftp/missing git git/6 ssh; do
  equal "$(grep "^$server: " "$place/units")" "$(grep "^$server: " "$place/theirs")"
done
ctl stop git.socket tftp.socket sshd.socket tftp.service

# rsync and vsftpd as xinetd's files have them.
cp "$here/inetd-servers/xinetd.conf" /etc/xinetd.conf
fetch() { rm -f "$place/got"; timeout 10 rsync rsync://127.0.0.1/files/motd "$place/got" && cat "$place/got" && curl -sS -m 10 ftp://127.0.0.1/motd; }
their_xinetd
eventually listening 873
fetch >"$place/theirs.fetched" 2>&1
end_theirs
ctl daemon-reload
ctl start inetd.target
eventually listening 873
fetch >"$place/ours.fetched" 2>&1 || true
same "$place/theirs.fetched" "$place/ours.fetched" "what xinetd.conf starts answers otherwise"
equal "$(cat "$place/ours.fetched")" $'the ftp file\nthe ftp file'
eventually grep -q 'EXIT: rsync pid=[0-9]* duration=' /run/servers/xinetd.log
alive
