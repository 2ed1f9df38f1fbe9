#!/usr/bin/env bash
# boot.sh TREE NAME CONSOLE INIT [ARG...]: boots a throw-away copy of TREE in systemd-nspawn with INIT as its PID 1.
#
# Standard output gets "leader PID" once the container's PID 1 exists, and "exit STATUS" when the container has ended. The
# container is killed when standard input reaches its end, that is at the latest when whoever started this script dies.
# CONSOLE receives what the container prints.
#
# ORACLE_BIND="HOST:INSIDE ..."  read-only binds
# ORACLE_FILES=DIRECTORY         files that are in the container before it boots; the directory is removed
# ORACLE_QUIET=1                 units of the tree's packages are not enabled at boot
# ORACLE_CGROUPS=v2|host         a unified control group tree of its own (default), or the layout of this machine
#
# Everything lives in a mount namespace of its own: nothing is left mounted, whatever happens.
set -euo pipefail
if [[ ${1:-} != --inside ]]; then
  exec unshare --mount --propagation private -- "$(realpath "${BASH_SOURCE[0]}")" --inside "$@"
fi
shift
tree=$(realpath "$1") name=$2 console=$3; shift 3

# Two containers must not share a control group: each takes its own to be the root and empties it when it stops.
if [[ ${ORACLE_CGROUPS:-v2} == v2 ]]; then
  [[ $(stat -f -c %T /sys/fs/cgroup) == cgroup2fs ]] || mount -t cgroup2 cgroup2 /sys/fs/cgroup
  group=/sys/fs/cgroup/$name
elif [[ -d /sys/fs/cgroup/systemd ]]; then
  group=/sys/fs/cgroup/systemd/$name
else
  group=/sys/fs/cgroup/$name
fi
mkdir "$group"

# A booted system takes some twenty inotify instances; the kernel's default for everything that root runs is 128.
if (($(</proc/sys/fs/inotify/max_user_instances) < 1024)); then echo 1024 >/proc/sys/fs/inotify/max_user_instances; fi

scratch=$(mktemp -d "${TMPDIR:-/tmp}/trasgo-oracle.XXXXXX")
leader=0
# Killing nspawn alone would leave the container's PID 1 behind.
kill_container() {
  if [[ -e $group/cgroup.kill ]]; then
    echo 1 >"$group/cgroup.kill"
  elif ((leader)); then
    kill -KILL "$leader"
  fi
} 2>/dev/null
cleanup() {
  kill_container || true
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && break
    sleep 0.1
  done
  umount -R -l "$scratch" 2>/dev/null || true
  rmdir "$scratch" 2>/dev/null || true
}
trap cleanup EXIT
mount -t tmpfs -o mode=0755 tmpfs "$scratch"
mkdir "$scratch/upper" "$scratch/work" "$scratch/root"
mount -t overlay overlay -o "lowerdir=$tree,upperdir=$scratch/upper,workdir=$scratch/work" "$scratch/root"
if [[ ${ORACLE_QUIET:-} ]]; then
  rm -rf "$scratch"/root/etc/systemd/system/multi-user.target.wants/*
  # Where cron is not enabled Trasgo does its work, which is not wanted unless a case is about it.
  if [[ -z ${ORACLE_FILES:-} ]]; then
    mkdir -p "$scratch/root/etc/systemd/system-generators"
    ln -s /dev/null "$scratch/root/etc/systemd/system-generators/trasgo-cron-generator"
  fi
fi

if [[ ${ORACLE_FILES:-} ]]; then
  cp -r --preserve=mode "$ORACLE_FILES/." "$scratch/root/"
  rm -rf "$ORACLE_FILES"
fi

binds=()
for bind in ${ORACLE_BIND:-}; do binds+=("--bind-ro=$bind"); done

exec 3<&0
(
  echo "$BASHPID" >"$group/cgroup.procs"
  exec systemd-nspawn -q -D "$scratch/root" --machine="$name" --register=no --keep-unit --private-network \
    --kill-signal=SIGRTMIN+3 "${binds[@]}" -E container=systemd-nspawn "$@"
) </dev/null >"$console" 2>&1 3<&- &
nspawn=$!

# nspawn forks the container's PID 1 after some preparation of its own, in two steps; PID 1 is the child that is one inside.
for _ in $(seq 1000); do
  for child in $(cat "/proc/$nspawn/task/$nspawn/children" 2>/dev/null); do
    awk '/^NSpid:/ { exit !(NF > 2 && $NF == 1) } END { if (NR == 0) exit 1 }' "/proc/$child/status" 2>/dev/null && leader=$child
  done
  ((leader)) && break
  kill -0 "$nspawn" 2>/dev/null || break
  sleep 0.02
done
{ cat <&3 >/dev/null || true; kill_container; } >/dev/null 2>&1 &
watcher=$!
echo "leader $leader"
status=0
wait "$nspawn" || status=$?
echo "exit $status"
exec 3<&-
pkill -KILL -P "$watcher" 2>/dev/null || true
kill -KILL "$watcher" 2>/dev/null || true
