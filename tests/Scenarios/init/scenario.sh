# cgroups: none v2
# As PID 1 of a container: an orderly end on SIGTERM, an exit status of one's choice, orphans reaped.
scope=--system
boot() {
  SECONDS_TO_WAIT=30
  rm -rf /run/systemd /run/out/*
  unshare --pid --fork --kill-child=KILL --mount --mount-proc -- "$trasgo" init </dev/null >>"$log" 2>&1 &
  manager=$!
  eventually answers
  init=$(pgrep -P "$manager" | head -n 1)
}
boot
eventually has worker.service ActiveState active
kill -TERM "$init"
status=0; wait "$manager" || status=$?
equal "$status" 0 "status after SIGTERM"
equal "$(cat /run/out/stopped)" stopped "the service was stopped in order"
boot
ctl exit 7
status=0; wait "$manager" || status=$?
equal "$status" 7 "status after systemctl exit 7"
equal "$(cat /run/out/stopped)" stopped
