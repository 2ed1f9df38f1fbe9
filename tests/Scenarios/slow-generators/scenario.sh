# cgroups: v2 none
# Generators that take their time: nobody is told that the system runs before its first jobs are there, and a signal to reload waits.
mkdir -p /etc/systemd/system-generators
cat >/etc/systemd/system-generators/slow <<'END'
#!/bin/sh
: >/run/out/generating
until [ -e /run/out/generated ]; do sleep 0.05; done
END
chmod 0755 /etc/systemd/system-generators/slow
"$trasgo" "$scope" </dev/null >>"$log" 2>&1 &
manager=$!
eventually test -e /run/out/generating
kill -HUP "$manager"
sleep 0.3
kill -0 "$manager" 2>/dev/null || failed "the manager did not survive a request to reload"
state=$(timeout 0.5 "$trasgo" systemctl "$scope" is-system-running 2>/dev/null) || true
[[ $state != running && $state != degraded ]] || failed "the system is $state while generators run"
touch /run/out/generated
state=
until [[ -n $state && $state != unknown && $state != offline ]]; do state=$(ctl is-system-running 2>/dev/null) || true; done
[[ $state == starting || $state == initializing ]] || failed "the first answer is $state"
equal "$(prop waits.service ActiveState)" activating
touch /run/out/go
eventually has waits.service ActiveState inactive
eventually eval '[[ $(ctl is-system-running) == running ]]'
alive
