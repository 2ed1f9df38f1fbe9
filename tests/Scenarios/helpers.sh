# Sourced by run.sh: what scenarios are written with.

failed() { echo "FAILED: $*"; [[ ! -e $place/log ]] || { echo "--- the manager said:"; tail -n 30 "$place/log"; }; exit 1; }
skip() { echo "$*"; exit 77; }

# prepare: private /run and /etc, the units of the scenario and no others. What systemd's package installs is out of sight: the
# manager has to do without, and nothing of the machine's own may be started.
prepare() {
  place=$(mktemp -d)
  mount -t tmpfs -o mode=0755 tmpfs "$place"
  mkdir "$place/etc" "$place/work" "$place/bin"
  install -m 0755 "$trasgo" "$place/bin/trasgo"
  trasgo=$place/bin/trasgo
  mount -t tmpfs -o mode=0755 tmpfs /run
  mount -t overlay -o "lowerdir=/etc,upperdir=$place/etc,workdir=$place/work" overlay /etc 2>/dev/null || mount -t tmpfs -o mode=0755 tmpfs /etc/systemd/system
  mkdir -p /etc/systemd /run/user/0
  rm -rf /etc/systemd/system /etc/systemd/user
  mkdir /etc/systemd/system /etc/systemd/user /run/out
  chmod 0777 /run/out
  local folder
  for folder in system user system-generators user-generators; do
    [[ ! -d /usr/lib/systemd/$folder ]] || mount -t tmpfs tmpfs "/usr/lib/systemd/$folder"
    [[ ! -d /usr/local/lib/systemd/$folder ]] || mount -t tmpfs tmpfs "/usr/local/lib/systemd/$folder"
    [[ ! -d /lib/systemd/$folder || -L /lib ]] || mount -t tmpfs tmpfs "/lib/systemd/$folder"
  done
  rm -rf /etc/init.d /etc/fstab /etc/inittab
  printf '[Unit]\nDescription=Default\n' >/etc/systemd/system/default.target
  [[ ! -d $here/$scenario/units ]] || cp -r "$here/$scenario/units/." /etc/systemd/system/
  export SYSTEMD_PAGER='' SYSTEMD_COLORS=0 SYSTEMD_IGNORE_CHROOT=1
  export XDG_RUNTIME_DIR=/run/user/0
  unset NOTIFY_SOCKET LISTEN_FDS LISTEN_PID INVOCATION_ID DBUS_SESSION_BUS_ADDRESS
  scope=--system
  log=$place/log
}

# ctl ARGUMENT...: systemctl for the manager that was started: Debian's if there is one, else ours.
ctl() {
  if command -v systemctl >/dev/null && [[ -z ${OUR_CLIENT:-} ]]; then
    command systemctl "$scope" "$@"
  else
    "$trasgo" systemctl "$scope" "$@"
  fi
}

# eventually COMMAND...: until it succeeds, ${SECONDS_TO_WAIT:-15} seconds at most.
eventually() {
  local end=$((SECONDS + ${SECONDS_TO_WAIT:-15}))
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || failed "waited in vain for: $*"
    sleep 0.02
  done
}

prop() { ctl show --value -p "$2" "$1"; }
has() { [[ $(prop "$1" "$2") == $3 ]]; }
equal() { [[ $1 == "$2" ]] || failed "expected '$2', got '$1' (${3:-})"; }
answers() { ctl show --value -p Version >/dev/null 2>&1; }
now_ms() { local now=${EPOCHREALTIME/[.,]/}; echo "${now%???}"; }

# start_manager [--user|--system]: in the background, as an ordinary process.
start_manager() {
  scope=${1:---system}
  "$trasgo" "$scope" </dev/null >>"$log" 2>&1 &
  manager=$!
  eventually answers
}

# alive: the manager is the process it was, answers at once, and has no zombies.
alive() {
  kill -0 "$manager" 2>/dev/null || failed "the manager is gone"
  local begin; begin=$(now_ms)
  answers || failed "the manager does not answer"
  local took=$(($(now_ms) - begin))
  ((took < 3000)) || failed "the manager took $took ms to answer"
}

# asking: from now on somebody asks `systemctl show` again and again. answered: stops that; of each hundred answers, or part of it, one
# may have taken more than a second, and there must be as many of them as is said.
asking() {
  rm -f "$place/enough" "$place/answers"
  (
    while [[ ! -e $place/enough ]]; do
      begin=$(now_ms)
      if answers; then echo $(($(now_ms) - begin)); else echo 99999; fi
      sleep 0.02
    done >"$place/answers"
  ) &
  asker=$!
}
answered() {
  touch "$place/enough"
  wait "$asker"
  local count slow
  count=$(wc -l <"$place/answers")
  ((count >= $1)) || failed "only $count answers"
  slow=$(awk '$1 > 1000' "$place/answers" | wc -l)
  ((slow * 100 < count + 100)) || failed "$slow of $count answers took more than a second: $(sort -n "$place/answers" | tail -n 5 | xargs) ms"
}

# The manager's memory in kB, and its descriptors.
memory() { awk '/^VmRSS/ { print $2 }' "/proc/$manager/status"; }
descriptors() { ls "/proc/$manager/fd" | wc -l; }

# measure: what the manager holds while it rests. returns: it comes back to that within 5 %, and 256 kB for the pages of the binary
# that are touched for the first time. A resting manager compacts its heap by itself after a quarter of a second.
measure() {
  sleep 0.7
  measured_memory=$(memory) measured_descriptors=$(descriptors)
}
returns() {
  local end=$((SECONDS + 6)) now fds
  while :; do
    now=$(memory) fds=$(descriptors)
    ((now > measured_memory + measured_memory / 20 + 256 || fds > measured_descriptors + measured_descriptors / 20)) || return 0
    ((SECONDS < end)) || break
    sleep 0.1
  done
  failed "the manager had $measured_memory kB and $measured_descriptors descriptors and has $now kB and $fds"
}

# apart COMMAND...: in a session, and so in a share of the processors, of its own (sched(7)): for what makes work without end.
apart() { setsid "$@"; }

# survivors PATTERN: the processes whose command line is like that; the pattern must not be like itself. A zombie is none.
survivors() { ps -eo stat=,pid=,args= | grep -v ^Z | grep -E -- "$1"; }
no_process() { ! survivors "$1" >/dev/null; }
no_zombie() { ! ps -eo stat= | grep -q ^Z; }
