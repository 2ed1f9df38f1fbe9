# cgroups: none
# Somebody sets the wall clock - to what it shows, which the kernel reports like any other time - and timers are told of it at once.
command -v python3 >/dev/null || skip "there is no python3"
set_clock() { python3 -c 'import time; time.clock_settime(time.CLOCK_REALTIME, time.clock_gettime(time.CLOCK_REALTIME))' 2>/dev/null; }
start_manager
ctl start told.timer far.timer
has told.timer SubState waiting || failed "the timer does not wait"
far=$(prop far.timer NextElapseUSecRealtime)
set_clock || skip "the clock may not be set here"
eventually test -e /run/out/told
eventually has told.timer SubState waiting
equal "$(prop far.timer NextElapseUSecRealtime)" "$far"
rm /run/out/told
set_clock
eventually test -e /run/out/told
alive
