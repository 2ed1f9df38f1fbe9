# cgroups: v2 none
# What ignores SIGTERM is killed with everything it started after the timeout.
start_manager --system
ctl start stubborn.service
eventually test -e /run/out/ready
begin=$(now_ms)
ctl stop stubborn.service
took=$(($(now_ms) - begin))
no_process 'sleep 86[4]01' || failed "a process survived"
no_process 'stubborn[-]loop' || failed "the main process survived"
equal "$(prop stubborn.service Result)" timeout
((took >= 950)) || failed "stopped after $took ms, before the timeout of 1 s"
((took <= 3000)) || failed "stopped after $took ms only"
alive
