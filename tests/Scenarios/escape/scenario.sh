# cgroups: v2 none
# needs: setsid
# A process that forks twice and makes a session of its own still belongs to its service.
start_manager --system
for unit in escape simple-child; do
  ctl start $unit.service
  eventually test -e /run/out/$unit
done
eventually pgrep -f 'sleep 8640[2]'
eventually pgrep -f 'sleep 8640[3]'
ctl stop escape.service simple-child.service
eventually no_process 'sleep 8640[23]'
ctl start failing.service || true
eventually has failing.service ActiveState failed
eventually no_process 'sleep 8640[4]'
alive
