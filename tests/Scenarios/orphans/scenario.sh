# cgroups: v2 none
# needs: perl
# Ten thousand orphans at once are reaped, nothing else suffers, and nothing is left of them.
start_manager --system
ctl start healthy.service orphans.service
SECONDS_TO_WAIT=5 eventually test -e /run/out/forked
ctl stop orphans.service; rm /run/out/forked; touch /run/out/again
measure
ctl start orphans.service
SECONDS_TO_WAIT=90 eventually test -e /run/out/forked
# By name, not by command line: that of the grep has the pattern in it.
orphans() { ps -eo stat=,comm= | grep -c "^$1.* perl$"; }
(($(orphans S) >= 9000)) || failed "there are $(orphans S) processes only"
asking
touch /run/out/die
# Ten thousand processes take their time to die, which is not the manager's.
SECONDS_TO_WAIT=90 eventually eval '(($(orphans [^Z]) == 0))'
begin=$(now_ms)
until no_zombie; do
  (($(now_ms) - begin <= 2000)) || failed "zombies two seconds after the last has died"
done
eventually has orphans.service ActiveState inactive
answered 2
equal "$(prop healthy.service ActiveState)" active
alive
returns
