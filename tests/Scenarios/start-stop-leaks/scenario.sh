# cgroups: none v2
# Starting and stopping again and again leaves no descriptor, process, group or memory behind.
start_manager --system
cycle() { for _ in $(seq "$1"); do ctl start short.service; ctl stop short.service; ctl start once.service; done; }
# The heap finds its size first; then it must not grow any more.
cycle 150
fds=$(ls /proc/$manager/fd | wc -l) memory=$(awk '/^VmRSS/ { print $2 }' /proc/$manager/status)
cycle 100
after=$(ls /proc/$manager/fd | wc -l)
((after <= fds + 1)) || failed "the manager had $fds descriptors and has $after"
grown=$(awk '/^VmRSS/ { print $2 }' /proc/$manager/status)
((grown <= memory + memory / 4 + 4096)) || failed "the manager had $memory kB and has $grown"
no_zombie || failed "zombies"
no_process 'sleep 8641[5]' || failed "a process survived"
alive
