# cgroups: v2 none
# needs: perl
# Ten thousand orphans at once are reaped, and nothing else suffers.
start_manager --system
ctl start healthy.service orphans.service
SECONDS_TO_WAIT=90 eventually test -e /run/out/forked
fds=$(ls /proc/$manager/fd | wc -l)
touch /run/out/die
begin=$(now_ms)
SECONDS_TO_WAIT=30 eventually no_zombie
alive
eventually has orphans.service ActiveState inactive
SECONDS_TO_WAIT=5 eventually no_zombie
equal "$(prop healthy.service ActiveState)" active
after=$(ls /proc/$manager/fd | wc -l)
((after <= fds + 2)) || failed "the manager had $fds descriptors and has $after"
