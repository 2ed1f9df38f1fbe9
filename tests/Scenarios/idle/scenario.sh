# cgroups: v2 none
# A hundred sockets, a hundred paths and a hundred timers rest: in a minute the manager wakes up for the timers that are due, and for
# nothing else.
units=/etc/systemd/system
for i in $(seq 100); do
  printf '[Socket]\nListenStream=/run/idle/%s\nService=never.service\n' "$i" >"$units/idle-$i.socket"
  printf '[Path]\nPathExists=/run/never/%s\nUnit=never.service\n' "$i" >"$units/idle-$i.path"
  printf '[Timer]\nOnActiveSec=1h\nOnCalendar=2100-01-%02d\nUnit=never.service\n' "$((i % 28 + 1))" >"$units/idle-$i.timer"
done
start_manager --system
ctl start idle-{1..100}.socket idle-{1..100}.path idle-{1..100}.timer
equal "$(ctl list-units --no-legend --state=active 'idle-*' | wc -l)" 300
# wakes: how often the threads of the manager have been woken so far (proc(5)).
wakes() { awk '/^voluntary_ctxt_switches/ { n += $2 } END { print n }' /proc/"$manager"/task/*/status; }
# A resting manager compacts its heap once after what came before.
sleep 2
before=$(wakes)
sleep 60
equal "$(($(wakes) - before))" 0 "wake-ups in a minute"
# The same with something to do every ten seconds: the start, its process, and no more than a few wake-ups for each.
ctl start due.timer
eventually has due.service ActiveState inactive
sleep 2
before=$(wakes) runs=$(wc -l </run/out/due)
sleep 30
runs=$(($(wc -l </run/out/due) - runs)) woken=$(($(wakes) - before))
((runs >= 2 && runs <= 4)) || failed "$runs runs in half a minute"
((woken <= runs * 40)) || failed "$woken wake-ups for $runs runs"
equal "$(prop never.service ActiveEnterTimestampMonotonic)" 0
alive
