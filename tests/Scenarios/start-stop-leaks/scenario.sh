# cgroups: none v2
# Starting and stopping again and again leaves no descriptor, process, group or memory behind.
start_manager --system
cycle() { for _ in $(seq "$1"); do ctl start short.service; ctl stop short.service; ctl start once.service; done; }
# The first runs touch code and data for the first time; after twenty the memory stays as it is, to the page.
cycle 20
measure
cycle 100
returns
no_zombie || failed "zombies"
no_process 'sleep 8641[5]' || failed "a process survived"
equal "$(find /sys/fs/cgroup -type d -name '*.service' -path "*/trasgo-$manager/*" 2>/dev/null)" "" "groups left"
alive
