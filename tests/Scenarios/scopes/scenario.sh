# cgroups: v2 hybrid none
# needs: root systemd-run
# Processes that others have started, with control groups and without: the scope ends with the last of them, and a stop reaches these and no others.
start_manager --system
run() { systemd-run --scope --quiet --collect "$@"; }

# Ends by itself, with what the command has left behind.
run --unit=ends sh -c 'sleep 0.3 & exec sleep 0.1'
eventually has ends.scope LoadState not-found

# A stop reaches the children, too.
run --unit=stopped sh -c 'setsid sleep 86433 & exec sleep 86434' &
eventually has stopped.scope ActiveState active
eventually eval '! no_process "sleep 8643[3]"'
ctl stop stopped.scope
no_process 'sleep 8643[34]' || failed "a process survived the stop of its scope"

# What a service hands over is the scope's, not its own any more.
ctl start outer.service
eventually has inner.scope ActiveState active
inner=$(survivors 'sleep 8643[1]' | awk '{ print $2 }')
equal "$(ctl status "$inner" | grep -o 'inner.scope' | head -n 1)" inner.scope "unit of the process"
ctl stop outer.service
kill -0 "$inner" || failed "the stop of the service killed the scope's process"
equal "$(prop inner.scope ActiveState)" active
ctl stop inner.scope
no_process 'sleep 8643[12]' || failed "a process survived"

# Many come and go.
measure
for i in $(seq 100); do run --unit="many$i" true; done
left() { ctl list-units --all --no-legend --plain '*.scope' | grep -v ^init.scope; }
eventually eval '[[ -z $(left) ]]'
returns
alive
