# cgroups: hybrid v2
# needs: root perl
# A service that forks without end gets no more tasks than TasksMax=, and is stopped with all of them; limits are the kernel's.
if [[ $cgroups == v2 ]]; then
  grep -qw pids /sys/fs/cgroup/cgroup.controllers || skip "the unified hierarchy has no controllers"
  mkdir /sys/fs/cgroup/runner /sys/fs/cgroup/manager
  echo $$ >/sys/fs/cgroup/runner/cgroup.procs
  echo "+pids +memory +cpu" >/sys/fs/cgroup/cgroup.subtree_control
  echo $$ >/sys/fs/cgroup/manager/cgroup.procs
fi
start_manager --system
[[ $cgroups != v2 ]] || echo $$ >/sys/fs/cgroup/runner/cgroup.procs

# file CONTROLLER UNIT NAME: an attribute of the unit's group.
file() {
  local group own
  group=$(prop "$2" ControlGroup)
  if [[ $cgroups == v2 ]]; then echo "/sys/fs/cgroup$group/$3"; return; fi
  own=$(sed -n 's/^[0-9]*:'"$1"':\(.*\)/\1/p' "/proc/$manager/cgroup")
  echo "/sys/fs/cgroup/$1$own/${group#*"$(sed -n 's/^0:://p' /proc/$$/cgroup)"/}/$3"
}

exploding() { (($(cat "$(file pids "$1" pids.current)") >= 32)); }
for unit in bomb polite; do
  ctl start $unit.service
  eventually exploding $unit.service
  for _ in $(seq 30); do
    tasks=$(cat "$(file pids $unit.service pids.current)")
    ((tasks <= 64)) || failed "$unit has $tasks tasks"
    processes=$(ctl show --value -p TasksCurrent $unit.service)
    ((processes <= 64)) || failed "$unit is shown with $processes tasks"
  done
  equal "$(prop $unit.service TasksMax)" 64
  alive
done
[[ -e /run/out/refused ]] || failed "no fork was refused"
equal "$(cat "$(file pids bombs.slice pids.max)")" 100 "the slice's limit"
ctl set-property --runtime bomb.service TasksMax=48
equal "$(cat "$(file pids bomb.service pids.max)")" 48 "the limit while it runs"
for unit in bomb polite; do
  begin=$(now_ms)
  ctl stop $unit.service
  took=$(($(now_ms) - begin))
  ((took <= 3000)) || failed "$unit was stopped after $took ms"
done
no_process 'per[l] -e' || failed "a process survived"

ctl start limited.service
if [[ $cgroups == v2 ]]; then
  equal "$(cat "$(file cpu limited.service cpu.weight)")" 50
  equal "$(cat "$(file cpu limited.service cpu.max)")" "25000 100000"
  equal "$(cat "$(file memory limited.service memory.max)")" $((64 << 20))
else
  equal "$(cat "$(file cpu limited.service cpu.shares)")" 512
  equal "$(cat "$(file cpu limited.service cpu.cfs_quota_us)")" 25000
  equal "$(cat "$(file memory limited.service memory.limit_in_bytes)")" $((64 << 20))
  pid=$(prop limited.service MainPID)
  for controller in pids cpu memory; do
    grep -q "^[0-9]*:$controller:.*/limited.service\$" "/proc/$pid/cgroup" || failed "the process is not in its group of $controller"
  done
fi
ctl set-property --runtime limited.service MemoryMax=infinity CPUQuota=
if [[ $cgroups == v2 ]]; then
  equal "$(cat "$(file cpu limited.service cpu.max)")" "max 100000" "the quota that was taken back"
  equal "$(cat "$(file memory limited.service memory.max)")" max "the limit that was taken back"
else
  equal "$(cat "$(file cpu limited.service cpu.cfs_quota_us)")" -1 "the quota that was taken back"
  (($(cat "$(file memory limited.service memory.limit_in_bytes)") > 1 << 40)) || failed "the limit of memory stays"
fi
ctl stop limited.service
gone() { ! find /sys/fs/cgroup -name limited.service 2>/dev/null | grep -q "trasgo-$manager/"; }
eventually gone

kill -TERM "$manager"
wait "$manager" || failed "the manager ended with $?"
left=$(find /sys/fs/cgroup -type d -name "trasgo-$manager" 2>/dev/null || true)
equal "$left" "" "groups left behind"
