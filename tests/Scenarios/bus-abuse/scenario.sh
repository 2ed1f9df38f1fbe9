# cgroups: none
# needs: root perl setpriv
# Nothing that is said on the private socket, and nobody who says or reads nothing, harms the manager or keeps others waiting.
for i in $(seq 10); do printf '[Unit]\nDescription=%0100d\n' "$i" >/etc/systemd/system/target$i.target; done
for i in $(seq 300); do printf '[Unit]\nDescription=One of many\n' >/etc/systemd/system/many-$i.target; done
ulimit -n 8192
start_manager --system
ctl start healthy.service
socket=/run/systemd/private

# Somebody asks all the while; the times go into a file, in milliseconds.
: >/run/out/times
( while [[ ! -e /run/out/enough ]]; do
    begin=$(now_ms)
    answers || echo 999999 >>/run/out/times
    echo $(($(now_ms) - begin)) >>/run/out/times
    sleep 0.05
  done ) &
asker=$!

memory() { awk -v key="$1:" '$1 == key { print $2 }' "/proc/$manager/status"; }
descriptors() { find "/proc/$manager/fd" -mindepth 1 2>/dev/null | wc -l; }
abuse() { timeout 100 perl "$here/$scenario/abuse.pl" "$socket" "$@" || failed "abuse: $*"; alive; }
everything() {
  abuse authentication
  abuse messages
  abuse mutations
  abuse halfopen 5000
  abuse partial
  abuse slow 10 10 200
}

# The heap finds its size first.
everything
fds=$(descriptors) before=$(memory VmRSS)
everything
after=$(descriptors)
((after <= fds + 1)) || failed "the manager had $fds descriptors and has $after"
grown=$(memory VmRSS)
((grown <= before + before / 20)) || failed "the manager had $before kB and has $grown"
most=$(memory VmHWM)
((most <= 64 * 1024)) || failed "the manager had $most kB at some time"

cp "$here/$scenario/abuse.pl" /run/out/
chmod 0666 "$socket"
chmod 0755 /run/systemd
setpriv --reuid nobody --clear-groups perl /run/out/abuse.pl "$socket" foreign || failed "a foreign user"
touch /run/out/enough
wait "$asker"
late=$(sort -n /run/out/times | awk '{ t[NR] = $1 } END { print t[int(NR * 0.99)] }')
((late < 1000)) || failed "one of a hundred answers took $late ms"
equal "$(prop healthy.service ActiveState)" active
alive
echo "at most $most kB, then $grown kB, answers within $late ms"
