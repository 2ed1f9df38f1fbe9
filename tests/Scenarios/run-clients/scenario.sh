# cgroups: v2
# needs: root systemd-run script
# Our own way to run a command as a unit does what Debian's does, says it in the same words, and ends with the same status.
command -v systemd-run >/dev/null || skip "systemd-run is not installed"
start_manager --system
# Debian's wants a message bus for what it waits for; the manager's own socket knows enough of one.
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/systemd/private

# What is different each time.
mask() { sed -E 's/\r|\^@//g; /^$/d; s/[0-9a-f]{32}/ID/g; s/run-[ur][0-9a-zID]+/run-N/g; s/(runtime|consumed|pts\/[0-9]+|job\/).*/\1/; s/^(systemd-run|run): /PROGRAM: /'; }
# What the pattern found may be gone before it is its turn.
clean() { ctl stop 'r-*' 'run-*' || true; ctl reset-failed; rm -f /run/out/*; } >/dev/null 2>&1
both() {
  local theirs ours
  run=systemd-run; theirs=$(eval "$1" 2>&1 </dev/null; echo "status $?"); clean
  run="$trasgo run"; ours=$(eval "$1" 2>&1 </dev/null; echo "status $?"); clean
  if [[ $(mask <<<"$theirs") != "$(mask <<<"$ours")" ]]; then
    echo "$1"
    diff <(mask <<<"$theirs") <(mask <<<"$ours") | sed 's/^/    /' | head -n 20 || true
    differing=$((differing + 1))
  fi
}
differing=0
while read -r line; do both "$line"; done <<'LINES'
$run --unit=r-a --description="A test" sleep 60; ctl cat r-a
$run --unit=r-a -p Nice=4 -p MemoryMax=10% -p LimitNOFILE=100:200 -p "Environment=A=b C='d e'" -p TimeoutSec=4 sleep 9; ctl cat r-a
$run --unit=r-a -p ConditionPathExists='!/nope' -p "ExecStartPre=-/bin/echo a" -p "ExecStop=+/bin/true" -p WorkingDirectory=/tmp sleep 9; ctl cat r-a
$run --unit=r-a -p StandardOutput=append:/run/out/x -p SuccessExitStatus="3 TERM" -p KillSignal=INT -p OnFailure=x.service sleep 9; ctl cat r-a
$run --wait --unit=r-w sh -c 'exit 3'
$run --wait -q sh -c 'kill -9 $$'
echo hi | $run -P -q cat; $run -P -q echo x | cat
$run -P --wait sh -c 'echo out; echo err >&2; exit 4'
script -qec "$run -q -t sh -c 'tty; exit 5'" /dev/null
script -qec "$run -t --wait sh -c 'echo text; exit 6'" /dev/null
printf 'echo $0; exit 3\n' | $run -S -q
$run --on-active=3h --unit=r-timer /bin/true; ctl cat r-timer.timer r-timer.service
$run --on-calendar='2040-12-24 20:00' --timer-property=AccuracySec=1s --unit=r-cal.service echo hi; ctl cat r-cal.timer
$run --on-calendar='2001-12-24 20:00' --unit=r-old echo hi
$run --on-calendar='rubbish' --unit=r-old echo hi
$run --on-active=100ms --unit=r-soon touch /run/out/soon; eventually test -e /run/out/soon; eventually has r-soon.timer LoadState not-found
$run --path-property=PathExists=/run/out/go --unit=r-path touch /run/out/done; touch /run/out/go; eventually test -e /run/out/done
$run --scope --unit=r-scope sh -c 'echo $INVOCATION_ID; sed "s/.*://" /proc/self/cgroup | tail -n 1'
$run --scope --nice=3 -E X=y sh -c 'nice; echo $X'
$run
$run --pty --no-block true
$run --wait --no-block true
$run --shell x
$run --nice=100 true
$run --uid
$run --bogus
$run nosuchcommand
$run -p Bogus=1 true
$run -p NoEquals true
$run -p CPUWeight=foo true
$run --timer-property=AccuracySec=1 true
$run --on-active=5 --path-property=PathExists=/x true
$run --scope --wait true
$run --unit="r a b" true
$run --unit=r-sl --slice=r-x sleep 5; ctl show r-sl -p Slice
$run -E A=b -E A=c -E 'D=e f' -P -q printenv A D
cd /tmp; $run -d -P -q pwd; $run --working-directory=/usr -P -q pwd
$run --unit=r-a -r true; $run --unit=r-a true
LINES
echo "differing: $differing"
((differing == 0)) || failed "the clients differ"

# Where there is only our own, a link is enough.
ln -s "$trasgo" "$place/bin/systemd-run"
equal "$("$place/bin/systemd-run" --wait -q -P echo linked)" linked "a link"
# A service whose client goes away goes on, and what it was given is closed with it.
"$trasgo" run -q -P sleep 86450 </dev/null & client=$!
eventually pgrep -f 'sleep 86450'
kill -KILL "$client"
service=$(ctl list-units --no-legend --plain 'run-*.service' | awk '{ print $1 }' | head -n 1)
has "$service" ActiveState active || failed "the service ended with its client"
alive
