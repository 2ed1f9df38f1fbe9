# cgroups: none
# needs: root setpriv
# An ordinary user runs a manager of their own; another user is refused.
mkdir -p /run/user/65534 /run/home/.config/systemd/user
cp /etc/systemd/system/* /run/home/.config/systemd/user/
chown -R 65534:65534 /run/user/65534 /run/home
chmod 0700 /run/user/65534
chmod 0755 "$place" "$place/bin"
as_user() { setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/run/home USER=nobody XDG_RUNTIME_DIR=/run/user/65534 "$@"; }
as_user "$trasgo" --user </dev/null >>"$log" 2>&1 &
manager=$!
client() { if command -v systemctl >/dev/null; then as_user systemctl --user "$@"; else as_user "$trasgo" systemctl --user "$@"; fi; }
eventually client show -p Version
client start mine.service
equal "$(client show --value -p ActiveState mine.service)" active
pid=$(client show --value -p MainPID mine.service)
equal "$(awk '/^Uid:/ { print $2 }' "/proc/$pid/status")" 65534
equal "$(stat -c %a:%u /run/user/65534/systemd/private)" 700:65534 "the private socket"
client enable mine.service
[[ -L /run/home/.config/systemd/user/default.target.wants/mine.service ]] || failed "enable made no link"
setpriv --reuid 65533 --regid 65533 --clear-groups env XDG_RUNTIME_DIR=/run/user/65534 "$trasgo" systemctl --user start mine.service && failed "another user may give orders"
client stop mine.service
kill -0 "$pid" 2>/dev/null && failed "the service survived"
client exit || failed "exit"
wait "$manager" || failed "the manager ended with $?"
