#!/usr/bin/env bash
# run.sh SCENARIO CGROUPS TRASGO: runs tests/Scenarios/SCENARIO/scenario.sh with a manager of its own, in PID and mount namespaces
# of its own. CGROUPS is v2 (a unified tree of its own), hybrid (groups of its own in the host's hierarchies, which are those of
# control groups v1 beside a unified one), or none (no control group file system in sight).
# A scenario with "# network: private" in its head has a network namespace of its own, in which lo is up.
# Exit status 0: passed; 77: skipped, the last line says why; anything else: failed, the output says why.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")

# prime HIERARCHY GROUP: without processors and memory of its own a group of the cpuset controller takes no process.
prime() {
  local file
  for file in cpuset.cpus cpuset.mems; do
    [[ ! -e $1/$file ]] || cat "$1/$file" >"$1/trasgo-scenario-$2/$file"
  done
}

case ${1:-} in
  --namespaced)
    # Inside the mount and PID namespaces. For v2, first the group, then a namespace that has it as its root.
    shift
    if [[ $2 == v2 ]]; then
      [[ $(stat -f -c %T /sys/fs/cgroup) == cgroup2fs ]] || mount -t cgroup2 cgroup2 /sys/fs/cgroup
      group=/sys/fs/cgroup/trasgo-scenario-$4
      mkdir "$group"
      echo $$ >"$group/cgroup.procs"
      exec unshare --cgroup -- "$0" --prepared "$@"
    fi
    if [[ $2 == hybrid ]]; then
      for hierarchy in /sys/fs/cgroup/*/; do
        [[ ! -e $hierarchy/cgroup.procs ]] || { mkdir "$hierarchy/trasgo-scenario-$4"; prime "$hierarchy" "$4"; echo $$ >"$hierarchy/trasgo-scenario-$4/cgroup.procs"; }
      done
      exec "$0" --prepared "$@"
    fi
    mount -t tmpfs -o ro tmpfs /sys/fs/cgroup
    exec "$0" --prepared "$@"
    ;;
  --prepared)
    shift
    scenario=$1 cgroups=$2 trasgo=$3
    if [[ $cgroups == v2 ]]; then
      umount -l /sys/fs/cgroup
      mount -t cgroup2 cgroup2 /sys/fs/cgroup
    fi
    # What else the machine does is not what is measured (sched(7), "The autogroup feature").
    { echo -15 >/proc/self/autogroup || renice -n -15 -p $$; } >/dev/null 2>&1 || true
    # shellcheck source=helpers.sh
    source "$here/helpers.sh"
    prepare
    ! grep -q '^# network: private$' "$here/$scenario/scenario.sh" || ip link set lo up
    # shellcheck source=/dev/null
    source "$here/$scenario/scenario.sh"
    echo "passed"
    exit 0
    ;;
esac

scenario=$1 cgroups=$2
skip() { echo "$*"; exit 77; }
needs=$(sed -n 's/^# needs: //p' "$here/$scenario/scenario.sh")
for need in $needs; do
  case $need in
    root) [[ $(id -u) == 0 ]] || skip "needs root" ;;
    *) command -v "$need" >/dev/null || skip "$need is not installed" ;;
  esac
done
user=()
if [[ $(id -u) != 0 ]]; then
  [[ $cgroups == none ]] || skip "a control group tree of its own needs root"
  user=(--user --map-root-user)
fi
network=()
if grep -q '^# network: private$' "$here/$scenario/scenario.sh"; then
  network=(--net)
  command -v ip >/dev/null || skip "ip is not installed"
fi
[[ $cgroups != hybrid || -e /sys/fs/cgroup/unified/cgroup.procs ]] || skip "the control groups of this machine are not hybrid"
unshare "${user[@]}" "${network[@]}" --mount --pid --fork true 2>/dev/null || skip "namespaces are not permitted here"
status=0
unshare "${user[@]}" "${network[@]}" --mount --propagation private --pid --fork --kill-child=KILL --mount-proc -- setsid "$0" --namespaced "$@" "$$" || status=$?
if [[ $cgroups == v2 ]]; then
  # The processes are gone with their PID namespace; the empty groups remain.
  unshare --mount --propagation private bash -c '
    [[ $(stat -f -c %T /sys/fs/cgroup) == cgroup2fs ]] || mount -t cgroup2 cgroup2 /sys/fs/cgroup
    for _ in 1 2 3 4 5; do find "$1" -depth -type d -exec rmdir {} + 2>/dev/null && break; sleep 0.1; done' - "/sys/fs/cgroup/trasgo-scenario-$$" || true
fi
if [[ $cgroups == hybrid ]]; then
  for _ in $(seq 50); do
    find /sys/fs/cgroup/*/"trasgo-scenario-$$" -depth -type d -exec rmdir {} + 2>/dev/null || true
    compgen -G "/sys/fs/cgroup/*/trasgo-scenario-$$" >/dev/null || break
    sleep 0.1
  done
fi
exit "$status"
