# cgroups: v2 none
# A service that crashes is started exactly five times, 100 ms apart, and then given up.
start_manager --system
ctl start crash.service || true
eventually has crash.service ActiveState failed
eventually has crash.service NRestarts 5
equal "$(wc -l </run/out/crash)" 5 "starts"
gaps=$(awk 'NR > 1 && $1 - last < 95 { print "too soon" } { last = $1 }' /run/out/crash)
equal "$gaps" "" "pause between starts"
ctl start crash.service && failed "a start beyond the limit succeeded"
# systemd keeps the first reason; what ended well and too often has the limit itself as its reason.
equal "$(prop crash.service Result)" exit-code
ctl start clean.service || true
eventually has clean.service ActiveState failed
eventually has clean.service Result start-limit-hit
equal "$(wc -l </run/out/clean)" 5 "starts of what ends well"
equal "$(wc -l </run/out/crash)" 5 "starts after a refused one"
ctl reset-failed crash.service
ctl start crash.service
eventually has crash.service ActiveState failed
alive
