# cgroups: none v2
# A thousand units are loaded, and while the manager reads them anew again and again, no job is lost, everybody is answered, and
# nothing is left over afterwards.
folder=/etc/systemd/system
for i in $(seq 850); do printf '[Unit]\nDescription=Idle %d\nAfter=idle-%d.service\n[Service]\nExecStart=/bin/sleep 86428\nEnvironment=A=%d\n' "$i" $((i - 1)) "$i" >$folder/idle-$i.service; done
for i in $(seq 100); do printf '[Service]\nType=oneshot\nExecStart=/bin/sh -c "echo %d >>/run/out/ran"\n' "$i" >$folder/load-$i.service; done
for i in $(seq 50); do printf '[Service]\nExecStart=/bin/sleep 86429\n' >$folder/cycle-$i.service; done
printf '[Unit]\nAfter=%s %s %s\n' "$(printf 'idle-%d.service ' $(seq 850))" "$(printf 'load-%d.service ' $(seq 100))" "$(printf 'cycle-%d.service ' $(seq 50))" >$folder/all.target
start_manager --system
ctl start all.target load-1.service cycle-1.service
(($(ctl list-units --all --no-legend | wc -l) >= 1000)) || failed "only $(ctl list-units --all --no-legend | wc -l) units are loaded"
ctl daemon-reload; ctl daemon-reload; ctl restart cycle-1.service; ctl stop cycle-1.service
rm /run/out/ran
: >/run/out/reloads
enough_reloads() { (($(wc -l </run/out/reloads) >= 5)); }
measure
# A client asks several questions one after the other, each of which may have to wait for a reload: without the pause the figure would be that of the machine.
( while [[ ! -e /run/out/enough ]]; do ctl daemon-reload && echo >>/run/out/reloads || touch /run/out/reload-failed; sleep 0.2; done ) &
reloader=$!
asking
( for i in 0 1; do
    units=$(printf 'cycle-%d.service ' $(seq $((5 * i + 1)) $((5 * i + 5))))
    ctl start $units && ctl restart $units && equal "$(ctl is-active $units | uniq)" active && ctl stop $units \
      && equal "$(ctl is-active $units | uniq)" inactive || touch "/run/out/lost-$i"
  done ) &
cycler=$!
batches=0
until ((batches == 20)) || { ((batches >= 4)) && enough_reloads; }; do
  units=$(printf 'load-%d.service ' $(seq $((5 * batches + 1)) $((5 * batches + 5))))
  ctl start $units || failed "one of $units failed under reload"
  batches=$((batches + 1))
done
wait "$cycler"
eventually enough_reloads
touch /run/out/enough
wait "$reloader"
answered 5
[[ ! -e /run/out/reload-failed ]] || failed "a reload failed"
equal "$(ls /run/out | grep -c lost || true)" 0 "jobs of start, restart and stop that were lost"
equal "$(sort -n /run/out/ran | uniq | wc -l)" $((5 * batches)) "oneshots that ran"
equal "$(wc -l </run/out/ran)" $((5 * batches)) "runs"
equal "$(ctl list-jobs --no-legend | grep -c service || true)" 0 "jobs left"
no_process 'sleep 8642[9]' || failed "a process survived"
alive
returns
