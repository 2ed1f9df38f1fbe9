# cgroups: v2
# needs: root systemctl
# Our own client says what Debian's says, word for word, with the same exit status.
command -v systemctl >/dev/null || skip "systemctl is not installed"
cat >/etc/systemd/system/one.service <<'U'
[Unit]
Description=The first
Documentation=man:one(1)
[Service]
ExecStart=/bin/sleep 86431
ExecReload=/bin/true
[Install]
WantedBy=default.target
Alias=uno.service
U
printf '[Unit]\nDescription=Fails\n[Service]\nExecStart=/bin/false\n' >/etc/systemd/system/bad.service
printf '[Unit]\nDescription=Instance %%i\n[Service]\nExecStart=/bin/sleep 86432\n' >/etc/systemd/system/t@.service
printf '[Unit]\nDescription=All\nWants=one.service t@a.service\nAfter=one.service\n' >/etc/systemd/system/all.target
printf '[Service]\nType=oneshot\nExecStart=/bin/sleep 86433\n' >/etc/systemd/system/slow.service
mkdir /etc/systemd/system/one.service.d; printf '[Service]\nEnvironment=A=1\n' >/etc/systemd/system/one.service.d/env.conf
start_manager --system
ctl start all.target; ctl start bad.service || true
ctl start --no-block slow.service
eventually has bad.service ActiveState failed

# What passes with the time between two questions.
mask() { sed -E 's/; [0-9a-z. ]+ ago/; AGO/; s/(CPU|Memory): .*/\1: FIGURE/'; }
differing=0
# both VERB...: by either client; $undo is done in between, so that both find the same.
both() {
  local theirs ours
  theirs=$(command systemctl --system "$@" 2>"$place/theirs"; echo "status $?")
  [[ -z $undo ]] || ctl $undo >/dev/null 2>&1 || failed "$undo"
  ours=$("$trasgo" systemctl --system "$@" 2>"$place/ours"; echo "status $?")
  if [[ $(mask <<<"$theirs") != "$(mask <<<"$ours")" ]] || ! diff "$place/theirs" "$place/ours" >/dev/null; then
    echo "systemctl $*"
    diff <(mask <<<"$theirs"; cat "$place/theirs") <(mask <<<"$ours"; cat "$place/ours") | sed 's/^/    /' | head -n 12 || true
    differing=$((differing + 1))
  fi
}
while read -r line; do
  undo=${line#*!!}
  [[ $undo != "$line" ]] || undo=''
  eval "both ${line%%!!*}"
done <<'VERBS'
list-units
list-units --all
list-units --failed
list-units --type=target --no-legend
list-units --state=running --plain
list-units 'o*' --full
list-unit-files
list-unit-files --state=static
list-unit-files 't@*' nothing.service
list-dependencies all.target
list-dependencies --reverse one.service
list-dependencies --after all.target --plain
list-dependencies --all all.target
list-jobs
list-jobs --no-legend
status --lines=0 one.service
status --lines=0 bad.service
status --lines=0 one.service bad.service nothing.service
status --lines=0 't@*'
show one.service -p Id,ActiveState,SubState,Names
show -p Version
show one.service bad.service -p Id
show --value -p Description one.service
cat one.service
cat nothing.service
is-active one.service bad.service nothing.service
is-active -q one.service
is-failed bad.service one.service
is-enabled one.service bad.service t@.service nothing.service
is-system-running
get-default
show-environment
log-level
kill --signal=CONT one.service
kill nothing.service
reload one.service
reload bad.service
reload-or-restart bad.service
try-restart bad.service
start nothing.service
start one.service
start 't*'
stop nothing.service
restart --job-mode=bogus one.service
enable one.service !! disable one.service
is-enabled one.service uno.service
disable one.service !! enable one.service
enable nothing.service
mask --runtime t@.service !! unmask --runtime t@.service
unmask --runtime t@.service !! mask --runtime t@.service
reenable bad.service
preset one.service !! disable one.service
link /nowhere/x.service
add-wants all.target bad.service !! disable bad.service
set-property --runtime one.service CPUWeight=50
set-property --runtime one.service Nonsense=1
set-property --runtime bad.service CPUWeight=50
revert bad.service !! set-property --runtime bad.service CPUWeight=50
isolate one.service
cancel 99999
reset-failed bad.service
reset-failed nothing.service
set-environment CLIENTS=1
unset-environment CLIENTS
import-environment NOTHING_SUCH
daemon-reload
nonsense
start
VERBS
echo "differing: $differing"
((differing == 0)) || failed "the clients differ"
alive
