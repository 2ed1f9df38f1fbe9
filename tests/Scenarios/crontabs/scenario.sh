# cgroups: v2 none
# Crontabs become timers and services: what runs, as whom, with what for input and variables; mail; lines that are wrong or mean harm; changes.
mkdir -p "$place/sbin" "$place/sbin-work" /etc/cron.d
rm -f /etc/cron.d/* /etc/crontab /etc/anacrontab
mount -t overlay -o "lowerdir=/usr/sbin,upperdir=$place/sbin,workdir=$place/sbin-work" overlay /usr/sbin || skip "there is no overlay file system"
mount -t tmpfs -o mode=0755 tmpfs /var/spool
rm -f /usr/sbin/cron /usr/sbin/anacron
mkdir -p /var/spool/cron/crontabs
cat >/usr/sbin/sendmail <<'END'
#!/bin/sh
{ echo "$@"; cat; } >"/run/out/mail.$$"
END
chmod 0755 /usr/sbin/sendmail
printf '%s\n' 'MAILTO=' 'COLOUR = "deep blue"' \
  '@reboot root echo "$COLOUR" >/run/out/boot; echo once >>/run/out/boots' \
  '7 3 * * * nobody id -un >/run/out/user; pwd >>/run/out/user' \
  'not a line' \
  '5 4 * * * root cat >/run/out/input%first%second \%' \
  '6 4 * * * root : ; ExecStartPost=/bin/touch : /run/out/evil' >/etc/crontab
printf '%s\n' 'MAILTO=admin@example.org' '*/5 * * * * root echo to be sent; echo and this >&2' '*/5 * * * * root true' >/etc/cron.d/letters
printf '%s\n' '@reboot root touch /run/out/evil' >/etc/cron.d/writable
chmod 0666 /etc/cron.d/writable
printf '%s\n' '@hourly id -un >/run/out/own' >/var/spool/cron/crontabs/nobody
chown nobody /var/spool/cron/crontabs/nobody
chmod 0600 /var/spool/cron/crontabs/nobody
printf '[Unit]\nDescription=All\n' >/etc/systemd/system/multi-user.target
printf '[Unit]\nDescription=Timers\n' >/etc/systemd/system/timers.target
printf '[Unit]\nDescription=Paths\n' >/etc/systemd/system/paths.target
printf '[Unit]\nRequires=multi-user.target timers.target paths.target\n' >/etc/systemd/system/default.target
start_manager

eventually test -s /run/out/boot
equal "$(cat /run/out/boot)" "deep blue"
eventually grep -q '/etc/crontab:5: bad minute .not., the line is ignored' "$log"
eventually grep -q '/etc/cron.d/writable: INSECURE MODE' "$log"
eventually has cron.target ActiveState active
for timer in cron-crontab-4 cron-crontab-6 cron-crontab-7 cron-d-letters-2 cron-user-nobody-1; do has "$timer.timer" SubState waiting || failed "$timer.timer does not wait"; done
equal "$(prop cron-crontab-4.timer TimersCalendar | sed 's/;.*//')" "{ OnCalendar=*-*-* 03:07:00 "
ctl list-timers --no-legend --no-pager cron-crontab-4.timer | grep -q cron-crontab-4.service || failed "list-timers does not know the job"

ctl start cron-crontab-4.service cron-crontab-6.service cron-crontab-7.service cron-user-nobody-1.service
equal "$(head -n 1 /run/out/user)" nobody
equal "$(cat /run/out/input)" $'first\nsecond %'
equal "$(cat /run/out/own)" nobody
[[ ! -e /run/out/evil ]] || failed "a line of a crontab was taken for something else"

# Output is sent, and no output is not.
ctl start cron-d-letters-3.service
ctl start cron-d-letters-2.service
equal "$(ls /run/out/mail.* | wc -l)" 1
letter=$(cat /run/out/mail.*)
[[ $letter == "-i -FCronDaemon -B8BITMIME -oem admin@example.org"* && $letter == *$'\n\nto be sent\nand this' && $letter == *$'\nSubject: Cron <root@'*'> echo to be sent; echo and this >&2'$'\n'* ]] || failed "the letter is: $letter"
[[ ! -e /run/trasgo-cron/cron-d-letters-2 ]] || failed "the output was left behind"

# A changed table is read at once; what was for the boot is not done again.
printf '%s\n' '@reboot root echo again >>/run/out/boots' '9 9 * * * root true' >/etc/cron.d/later
rm /etc/cron.d/letters
eventually has cron-d-later-2.timer SubState waiting
eventually has cron-d-letters-2.timer LoadState not-found
has cron-crontab-4.timer SubState waiting || failed "the old timers are gone"
equal "$(cat /run/out/boots)" once
alive
