# cgroups: none
# needs: root
# The user may watch nothing, or little: path units fail and say why, and are as good as new when there is room again.
limited() {
  "${@:2}" unshare --user --map-root-user bash -c 'echo "$2" >"/proc/sys/user/$1"; exec "$0" --system' "$trasgo" ${1%=*} ${1#*=} </dev/null >>"$log" 2>&1 &
  manager=$!
  eventually answers
}
unshare --user --map-root-user true 2>/dev/null || skip "user namespaces are not permitted here"

scope=--system
limited max_inotify_instances=0
ctl start here.path && failed "a path is watched without inotify"
equal "$(prop here.path ActiveState) $(prop here.path Result)" "failed resources"
grep -q 'Failed to allocate inotify fd: Too many open files' "$log" || failed "nothing says why"
grep -q 'here.path: Failed to enter waiting state: Too many open files' "$log" || failed "nothing says what of"
alive
mkdir -p /run/out/a/b
touch /run/out/a/b/c
ctl start here.path
equal "$(prop here.path SubState)" running
eventually has here.target ActiveState active
rm -r /run/out/a
kill "$manager"
wait "$manager" || true

: >"$log"
limited max_inotify_watches=2
ctl start here.path && failed "a path is watched without watches"
equal "$(prop here.path ActiveState) $(prop here.path Result)" "failed resources"
grep -q 'Failed to add a watch for /[a-z/]*: inotify watch limit reached' "$log" || failed "nothing says why"
grep -q 'here.path: Failed to enter waiting state: No space left on device' "$log" || failed "nothing says what of"
nsenter --user --target "$manager" bash -c 'echo 100 >/proc/sys/user/max_inotify_watches'
ctl start here.path
equal "$(prop here.path SubState) $(prop here.path Result)" "waiting success"
alive
