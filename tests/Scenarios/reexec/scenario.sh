# The manager executes itself anew, a hundred times in a row under clients that connect, and nobody notices. Then with another binary in the
# place of its own, with one that cannot be run, and with none.
# cgroups: v2 none
# needs: root python3
cp "$here/reexec/peers.py" /run/out/peers.py
start_manager --system

# reexec: returns when the new manager answers. The number of the process stays; the time of its last execution is that of its memory.
reexec() {
  local before; before=$(image)
  ctl daemon-reexec || failed "daemon-reexec failed"
  eventually renewed "$before"
  eventually answers
}
# The random bytes that the kernel gives to each program that is executed (getauxval(3), AT_RANDOM) are at another place each time.
image() { od -An -tx8 -w16 -v "/proc/$manager/auxv" | awk '$1 == "0000000000000019" { print $2 }'; }
renewed() { [[ $(image) != "$1" ]]; }
facts() {
  local unit
  for unit in "$@"; do
    ctl show -p ActiveState -p SubState -p MainPID -p InvocationID -p NRestarts -p StatusText -p NFileDescriptorStore -p Result \
      -p ActiveEnterTimestampMonotonic -p StateChangeTimestampMonotonic -p InactiveExitTimestampMonotonic -p ControlGroup -p Job "$unit"
  done
}

# What it takes to serve is not what it takes to be executed: before memory is compared, the program has done as much as that before it.
serve_some() {
  local path
  for path in echo each; do
    equal "$(python3 /run/out/peers.py knock "/run/out/$path" /run/out/never 100)" "100 0" "connections and refusals of $path.socket"
  done
}

ctl start echo.socket each.socket dog.service again.service
ctl start --no-block bytes.service
eventually has dog.service NFileDescriptorStore 1
eventually has bytes.service SubState start
ctl set-environment $'LINES=one\ntwo' PLAIN=x
ctl log-level debug; ctl log-level info
python3 /run/out/peers.py keep /run/out/each /run/out/enough >/run/out/kept &
keeper=$!
eventually has each.socket NConnections 1
before=$(facts dog.service again.service bytes.service)
environment=$(ctl show-environment)
reexec
serve_some
measure
accepted=$(prop each.socket NAccepted)
python3 /run/out/peers.py knock /run/out/echo /run/out/enough >/run/out/knocked-echo &
one=$!
python3 /run/out/peers.py knock /run/out/each /run/out/enough >/run/out/knocked-each &
two=$!
begin=$(now_ms)
for _ in $(seq 100); do reexec; done
took=$(($(now_ms) - begin))
touch /run/out/enough
wait "$one" "$two" "$keeper" || failed "a client failed"
read -r echoes refused </run/out/knocked-echo
equal "$refused" 0 "refused by echo.socket"
((echoes > 100)) || failed "only $echoes connections to echo.socket"
read -r each refused </run/out/knocked-each
equal "$refused" 0 "refused by each.socket"
((each > 100)) || failed "only $each connections to each.socket"
equal "$(cat /run/out/kept)" kept "the connection that was there before"
eventually has each.socket NConnections 0
equal "$(prop each.socket NAccepted)" "$((accepted + each))" "all connections counted"
eventually has echo.socket SubState listening
equal "$(facts dog.service again.service bytes.service)" "$before" "what survives"
equal "$(ctl show-environment)" "$environment" "the environment block"
reexec
serve_some
returns
echo "100 re-executions under $((echoes + each)) connections took $took ms"

# A command that runs goes on, and the next in its list is byte for byte what the file says.
touch /run/out/go
eventually has bytes.service ActiveState inactive
equal "$(od -An -tx1 /run/out/bytes | tr -d ' \n')" "610a627c74776f0a6c696e6573fe" "environment and arguments"

# A service that is killed at that moment is restarted once.
pid=$(prop again.service MainPID)
ctl daemon-reexec & asked=$!
kill -KILL "$pid"
wait "$asked" || true
eventually has again.service NRestarts 1
eventually has again.service SubState running
reexec
equal "$(prop again.service NRestarts)" 1 "restarted once"
no_zombie || failed "zombies"

# Another binary at the path is what runs then.
cp "$trasgo" "$place/bin/next"
printf x >>"$place/bin/next"
mv "$place/bin/next" "$trasgo"
inode=$(stat -c %i "$trasgo")
reexec
equal "$(stat -L -c %i "/proc/$manager/exe")" "$inode" "the new binary runs"

# One that cannot be run, or none, leaves everything as it is.
cp "$trasgo" "$place/bin/good"
image=$(image)
head -c 100000 "$place/bin/good" >"$place/bin/next"; chmod 0755 "$place/bin/next"; mv "$place/bin/next" "$trasgo"
ctl daemon-reexec 2>"$place/said" && failed "half a binary was executed"
grep -q "cannot be executed" "$place/said" || failed "said: $(cat "$place/said")"
rm "$trasgo"
ctl daemon-reexec 2>"$place/said" && failed "no binary was executed"
grep -q "No such file" "$place/said" || failed "said: $(cat "$place/said")"
equal "$(image)" "$image" "the same program runs"
equal "$(prop again.service NRestarts)" 1
ctl restart again.service
eventually has again.service SubState running
mv "$place/bin/good" "$trasgo"
reexec
ctl stop again.service dog.service echo.socket each.socket
no_process 'sleep 864[2]' || failed "a process survived"
alive
