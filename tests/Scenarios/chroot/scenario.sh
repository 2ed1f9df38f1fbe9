# cgroups: none
# needs: root
# In a chroot, next to whatever else runs, `trasgo --system` runs services.
mkdir "$place/root"
mount --rbind / "$place/root"
mount -t tmpfs -o mode=0755 tmpfs "$place/root/run"
mkdir -p "$place/root/run/out"
chroot "$place/root" "$trasgo" --system </dev/null >>"$log" 2>&1 &
manager=$!
inside() { chroot "$place/root" "$trasgo" systemctl "$@"; }
eventually inside show -p Version
inside start web.service
equal "$(inside show --value -p ActiveState web.service)" active
pid=$(inside show --value -p MainPID web.service)
equal "$(readlink "/proc/$pid/root")" "$(readlink -f "$place/root")" "the root of the service"
inside stop web.service
kill -0 "$pid" 2>/dev/null && failed "the service survived"
kill -TERM "$manager"
wait "$manager" || failed "the manager ended with $?"
