# cgroups: v2 hybrid none
# needs: setsid perl
# A process that forks twice and makes a session of its own still belongs to its service: a stop leaves no survivor.
start_manager --system
for unit in escape simple-child many; do
  ctl start $unit.service
  eventually test -e /run/out/$unit
done
eventually pgrep -f 'sleep 8640[2]'
eventually pgrep -f 'sleep 8640[3]'
ctl stop escape.service simple-child.service
no_process 'sleep 8640[23]' || failed "survivors: $(survivors 'sleep 8640[23]')"
ctl start failing.service || true
eventually has failing.service ActiveState failed
no_process 'sleep 8640[4]' || failed "survivors: $(survivors 'sleep 8640[4]')"

# Two hundred daemons, all of whose parents are gone, with the environment emptied where a group keeps them together all the same.
eventually eval '(($(survivors "sleep 8642[6]" | wc -l) == 200))'
ctl stop many.service
no_process 'sleep 8642[6]' || failed "survivors: $(survivors 'sleep 8642[6]')"
if [[ $cgroups != none ]]; then
  ctl start bare.service
  eventually pgrep -f 'sleep 8642[7]'
  ctl stop bare.service
  no_process 'sleep 8642[7]' || failed "survivors: $(survivors 'sleep 8642[7]')"
fi
alive
