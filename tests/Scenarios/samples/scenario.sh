# The samples webserver and heartbeat under Trasgo: readiness, reloading, finishing requests, and a watchdog that bites.
# cgroups: v2 none
# needs: root curl
samples=${TRASGO_SAMPLES:-$here/../../artifacts/samples}
[[ -x $samples/webserver && -x $samples/heartbeat ]] || skip "the samples are not built"
install -m 0755 "$samples/webserver" "$samples/heartbeat" "$place/bin/"
mkdir /run/samples /run/www
mount --bind "$place/bin" /run/samples
echo one >/run/www/index.html

# ask PATH: at the port that the kernel chose.
ask() { curl --silent --show-error --max-time 30 "http://$(sed -n 's/^listening on \(127.*\)/\1/p' /run/out/web | tail -n 1)$1"; }
workers() { pgrep -P "$(prop web.service MainPID)" | sort | tr '\n' ' '; }
two_others() { local now; now=$(workers); [[ $(wc -w <<<"$now") == 2 && $now != "$1" ]] && ! grep -qFw -e "${1%% *}" <<<"$now"; }

start_manager --system

# The start is done when the server says so.
ctl start web.service
equal "$(prop web.service StatusText)" "Serving /run/www"
eventually ask /
equal "$(ask /)" one

# Reloading replaces the workers, not the main process.
main=$(prop web.service MainPID)
before=$(workers)
ctl reload web.service
eventually two_others "$before"
equal "$(prop web.service MainPID)" "$main" "the main process after a reload"
equal "$(ask /)" one "after a reload"

# Stopping finishes what is being served.
ask '/work?seconds=1' >/run/out/slow &
slow=$!
sleep 0.3   # the slow request is on its way: nothing shows when the server has it
ctl stop web.service
wait "$slow" || failed "the request was not finished"
grep -q '^1 s of work' /run/out/slow || failed "the answer of the slow request is $(cat /run/out/slow)"
has web.service Result success || failed "the result is $(prop web.service Result)"

# A heart that hangs is noticed by the watchdog alone.
ctl start heart.service
equal "$(prop heart.service StatusText)" "A beat every 0.05 s"
eventually has heart.service Result watchdog
ctl start healthy.service
sleep 1.5   # longer than its WatchdogSec=
has healthy.service ActiveState active || failed "the healthy service is $(prop healthy.service ActiveState)"
equal "$(prop healthy.service NRestarts)" 0
ctl stop healthy.service
has healthy.service Result success || failed "the result is $(prop healthy.service Result)"
alive
