# cgroups: none
# No job is lost while the manager reloads again and again; nothing is left over afterwards.
for i in $(seq 100); do printf '[Service]\nType=oneshot\nExecStart=/bin/sh -c "echo %d >>/run/out/ran"\n' "$i" >/etc/systemd/system/load-$i.service; done
start_manager --system
ctl start load-1.service; rm /run/out/ran
fds=$(ls /proc/$manager/fd | wc -l)
( while [[ ! -e /run/out/enough ]]; do ctl daemon-reload || touch /run/out/reload-failed; done ) &
reloader=$!
for i in $(seq 100); do ctl start "load-$i.service" || failed "load-$i.service failed under reload"; done
touch /run/out/enough
wait "$reloader"
[[ ! -e /run/out/reload-failed ]] || failed "a reload failed"
equal "$(sort -n /run/out/ran | uniq | wc -l)" 100 "oneshots that ran"
equal "$(wc -l </run/out/ran)" 100 "runs"
equal "$(ctl list-jobs --no-legend | grep -c load || true)" 0 "jobs left"
after=$(ls /proc/$manager/fd | wc -l)
((after <= fds + 3)) || failed "the manager had $fds descriptors and has $after"
alive
