# cgroups: v2 none
# Ten thousand timers: what they cost while they wait, that they wake nobody, and that those of one window run in one go.
start_manager
before=$(memory)
seq -f 'far@%.0f.timer' 10000 | xargs -n 2000 "$trasgo" systemctl "$scope" start
equal "$(ctl show -P ActiveState 'far@1.timer' 'far@10000.timer' | xargs)" "active active"
sleep 1
after=$(memory)
each=$(((after - before) * 1024 / 10000))
echo "10000 timers: $((after - before)) kB, $each bytes each with its service"
((each < 16384)) || failed "a timer takes $each bytes"

switches() { awk '/^voluntary_ctxt_switches/ { print $2 }' "/proc/$manager/status"; }
begin=$(switches)
sleep 5
woken=$(($(switches) - begin))
echo "wake-ups in five seconds: $woken"
((woken <= 2)) || failed "the manager woke up $woken times in five seconds"

# A hundred timers have overlapping windows of four seconds.
seq -f 'near@%.0f.timer' 100 | xargs "$trasgo" systemctl "$scope" start
SECONDS_TO_WAIT=20 eventually eval '[[ $(ls /run/out | wc -l) == 100 ]]'
moments=$(ctl show -P LastTriggerUSecMonotonic 'near@*.timer' | sed '/^$/d' | cut -d. -f1 | sort | uniq -c | wc -l)
equal "$moments" 1 "moments at which timers of one window elapsed"
alive
