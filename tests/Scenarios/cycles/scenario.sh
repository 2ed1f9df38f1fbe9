# cgroups: none
# Ordering cycles, large and small, are broken or refused, and the rest goes on.
for i in $(seq 200); do
  printf '[Unit]\nAfter=ring-%d.service\nWants=ring-%d.service\n[Service]\nType=oneshot\nExecStart=/bin/true\nRemainAfterExit=yes\n' $((i % 200 + 1)) $((i % 200 + 1)) >/etc/systemd/system/ring-$i.service
  printf '[Unit]\nAfter=hard-%d.service\nRequires=hard-%d.service\n[Service]\nType=oneshot\nExecStart=/bin/true\nRemainAfterExit=yes\n' $((i % 200 + 1)) $((i % 200 + 1)) >/etc/systemd/system/hard-$i.service
done
start_manager --system
SECONDS_TO_WAIT=60
ctl start ring-1.service
equal "$(prop ring-1.service ActiveState)" active
ctl start hard-1.service && failed "a cycle of requirements was started"
equal "$(prop hard-1.service ActiveState)" inactive
ctl start healthy.service
equal "$(prop healthy.service ActiveState)" active
alive
