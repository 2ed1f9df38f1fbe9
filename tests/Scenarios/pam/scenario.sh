# cgroups: v2 none
# needs: root
# PAMName=: each session that is opened is closed when its command has ended, however that ended, and no keeper of one stays.
library=$(ldconfig -p | awk '$1 == "libpam.so.0" && /64/ { print $NF; exit }')
[[ $library && -e $(dirname "$library")/security/pam_exec.so ]] || skip "there is no PAM here"
install -m 0755 "$here/pam/probe" /run/probe
mkdir -p /etc/pam.d
printf 'account required pam_permit.so\nsession required pam_exec.so /run/probe\n' >/etc/pam.d/trasgo-probe
printf 'account required pam_permit.so\nsession required pam_exec.so /bin/sleep 1000\n' >/etc/pam.d/trasgo-slow
: >/run/out/sessions; chmod 0666 /run/out/sessions
sessions() { [[ $(grep -c "^$1" /run/out/sessions) == "$2" ]]; }
keepers() { [[ $(pgrep -cx '\(sd-pam\)') == "$1" ]]; }
start_manager

# A hundred that end by themselves.
for i in $(seq 10); do for j in $(seq 10); do units+=" once@$i-$j.service"; done; done
# shellcheck disable=SC2086
ctl start $units
sessions open_session 100 || failed "$(sort /run/out/sessions | uniq -c)"
eventually sessions close_session 100
eventually keepers 0

# Killed, stopped, and without room for anything else than the command.
ctl start stays.service
equal "$(cat /proc/"$(pgrep -P "$(prop stays.service MainPID)")"/cmdline | tr -d '\0')" "(sd-pam)"
kill -KILL "$(prop stays.service MainPID)"
eventually sessions close_session 101
eventually has stays.service ActiveState failed
ctl start stays.service
ctl stop stays.service
eventually sessions close_session 102
ctl start small.service
equal "$(prop small.service Result)" success

# A module that does not come back is in the way of its own service only, and ends with it.
ctl start slow.service
has slow.service ActiveState active || failed "Type=simple waits for PAM"
ctl start once@beside.service
ctl start --no-block exec.service
eventually has exec.service SubState start
eventually has exec.service Result timeout
ctl stop slow.service
eventually keepers 0
pgrep -x sleep && failed "something of PAM's is left"

# Without the library the service says so, and is not run without its session.
: >"$place/nothing"
mount --bind "$place/nothing" "$(realpath "$library")"
ctl start once@without.service && failed "started without PAM"
umount "$(realpath "$library")"
equal "$(prop once@without.service ExecMainStatus)" 224
grep -q "once@without.service: Failed at step PAM spawning /bin/true (PAM failed: .*libpam.so.0" "$log" || failed "the log does not say why"
ctl reset-failed
ctl start once@again.service
alive
kill -TERM "$manager"
wait "$manager" || failed "the manager ended with $?"
