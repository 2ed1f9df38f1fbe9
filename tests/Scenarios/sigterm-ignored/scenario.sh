# cgroups: v2 hybrid none
# needs: perl setsid
# What ignores SIGTERM is killed with everything it started after the timeout, and half a second later nothing of it is left.
start_manager --system
for unit in stubborn crowd; do
  ctl start $unit.service
  eventually test -e /run/out/$unit
  begin=$(now_ms)
  ctl stop $unit.service
  took=$(($(now_ms) - begin))
  no_process 'sleep 86[4]01' || failed "of $unit there still are: $(survivors "sleep 86[4]01")"
  no_process 'stubborn[-]loop|crow[d]' || failed "of $unit there still are: $(survivors "stubborn[-]loop|crow[d]")"
  equal "$(prop $unit.service Result)" timeout
  # As the manager saw it: a client takes its time to start and to hear of it.
  left=$(prop $unit.service ActiveExitTimestampMonotonic) down=$(prop $unit.service InactiveEnterTimestampMonotonic)
  ((down - left >= 950000)) || failed "$unit stopped after $((down - left)) us, before the timeout of 1 s"
  ((down - left <= 1500000)) || failed "$unit stopped after $((down - left)) us only"
  ((took <= 3000)) || failed "$unit: the client waited $took ms"
done
alive
