# cgroups: v2 none
# needs: root
# A PID file that names a foreign process is not believed when an unprivileged user could have written it (CVE-2018-16888).
start_manager --system
ctl start victim.service
victim=$(prop victim.service MainPID)
echo "$victim" >/run/out/victim
ctl start unprivileged.service && failed "a service with a foreign PID file started"
ctl stop unprivileged.service || true
kill -0 "$victim" || failed "the victim was killed"
ctl start honest.service
equal "$(prop honest.service MainPID)" "$(cat /run/out/honest.pid)"
ctl start one.service && failed "PID 1 was accepted as a main process"
ctl start rubbish.service && failed "a PID file without a number was accepted"
kill -0 "$victim" || failed "the victim was killed"
equal "$(prop victim.service ActiveState)" active
alive
