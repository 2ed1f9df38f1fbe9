# cgroups: none
# needs: root setpriv perl
# Unit files, drop-ins and dependencies that are no files, lead nowhere, lead out, cannot be read or are not text: each is the trouble
# of its own unit, nothing is waited for, healthy units start, and nothing is written outside of the unit directories.
good='[Service]\nExecStart=/bin/sleep 86431\n'

# lay_down DIRECTORY: everything that is wrong, beside what is right.
lay_down() {
  cd "$1"
  printf "$good" | tee healthy.service other.service target.service >/dev/null
  mkfifo fifo.service
  mkdir directory.service
  ln -s /nowhere/at/all.service dangling.service
  ln -s self.service self.service
  ln -s ring-b.service ring-a.service; ln -s ring-c.service ring-b.service; ln -s ring-a.service ring-c.service
  mkfifo "$1/.fifo"; ln -s "$1/.fifo" to-fifo.service
  ln -s /dev/zero to-zero.service
  ln -s /etc/passwd to-passwd.service
  ln -s / to-root.service
  ln -s ../../../../../../etc/hostname up.service
  perl -MSocket -e 'socket(my $s, PF_UNIX, SOCK_STREAM, 0); bind($s, sockaddr_un("socket.service"))'
  [[ $(id -u) != 0 || ! -w /dev ]] || { mknod zero.service c 1 5; mknod disk.service b 7 0; } 2>/dev/null || true
  { printf '[Unit]\nDescription='; head -c 10485760 /dev/zero | tr '\0' x; printf "\n$good"; } >huge-line.service
  { printf "$good"; perl -e 'print "# comment ", "x" x 89, "\n" for 1 .. 104857'; } >huge-comments.service
  { printf '[Service]\n'; perl -e 'print "Environment=A$_=", "b" x 80, "\n" for 1 .. 104857'; printf 'ExecStart=/bin/sleep 86431\n'; } >huge-lines.service
  { printf "$good"; head -c 16777300 /dev/zero; } >huge-nul.service
  truncate -s 1T sparse.service
  printf '[Unit]\0Description=a\0b\n[Service]\0ExecStart=/bin/sleep 86431\0' >nul.service
  printf '[Service]\nExecStart=/bin/sleep 86431\nUser=\0root\n' >nul-value.service
  printf '[Service]\nExecStart=/bin/sleep 86431 "a\\x00b"\n' >nul-escape.service
  printf "$good" >unreadable.service; chmod 000 unreadable.service
  printf "$good" >unreadable-dropin.service; mkdir unreadable-dropin.service.d; printf '[Unit]\nDescription=hidden\n' >unreadable-dropin.service.d/a.conf; chmod 000 unreadable-dropin.service.d/a.conf
  printf "$good" >closed.service; mkdir closed.service.d closed.service.wants; chmod 000 closed.service.d closed.service.wants
  printf "$good" >drop-ins.service; mkdir drop-ins.service.d
  mkfifo drop-ins.service.d/fifo.conf; mkdir drop-ins.service.d/directory.conf; ln -s nowhere drop-ins.service.d/dangling.conf
  ln -s self.conf drop-ins.service.d/self.conf; ln -s /dev/zero drop-ins.service.d/zero.conf; ln -s ../../../../etc/passwd drop-ins.service.d/up.conf
  printf '[Unit]\nDescription=a\0b\n' >drop-ins.service.d/nul.conf; printf '[Unit\n' >drop-ins.service.d/header.conf
  printf '[Unit]\nDocumentation=man:last(1)\n' >drop-ins.service.d/z.conf
  printf "$good" >wants.service; mkdir wants.service.wants
  ln -s ../target.service wants.service.wants/target.service; ln -s ../../../../../etc/passwd wants.service.wants/passwd.service
  ln -s /nowhere wants.service.wants/nowhere.service; ln -s '../../x.service' 'wants.service.wants/..service'; mkfifo wants.service.wants/fifo.service
  ln -s .. wants.service.wants/up; mkdir wants.service.wants/directory.service; ln -s loop.service wants.service.wants/loop.service
  printf "$good" >no-directories.service; mkfifo no-directories.service.d no-directories.service.wants
  printf "$good" >linked-directory.service; ln -s /etc linked-directory.service.d; ln -s /proc/self/fd linked-directory.service.wants; ln -s linked-directory.service.requires linked-directory.service.requires
  printf '[Unit]\nWants=../../etc/x.service a/../b.service .. /etc/passwd ../../../tmp\nAfter=../x.service\nBefore=/../../x\n[Service]\nExecStart=/bin/sleep 86431\n' >names.service
  printf '[Service]\nExecStart=/bin/sleep 86431\nEnvironmentFile=-%s/.fifo\nRuntimeDirectory=../../etc/made\nPIDFile=../../../etc/pid\n' "$1" >paths.service
  printf '[Service]\nExecStart=/bin/sleep 86431\nStandardInput=file:%s/.fifo\nStandardOutput=file:%s/.fifo\n' "$1" "$1" >streams.service
  for name in '..service' '...service' '.service' 'a\x2f..\x2fb.service' 'x@..service' $'new\nline.service' $'\xff.service' '-.service' "$(printf 'l%.0s' $(seq 247)).service"; do printf "$good" >"$name" || true; done
  cd /
}


# look: every unit is looked at and started by $client, against the clock.
look() {
  local unit units='fifo directory dangling self ring-a ring-b to-fifo to-zero to-passwd to-root up socket zero disk huge-line huge-comments huge-lines
    huge-nul sparse nul nul-value nul-escape unreadable unreadable-dropin closed drop-ins wants no-directories linked-directory names paths streams'
  for unit in $units; do
    timeout 5 "${client[@]}" show -p LoadState "$unit.service" >/dev/null || failed "no answer about $unit"
    timeout 5 "${client[@]}" start --no-block "$unit.service" >/dev/null 2>&1 || (($? != 124)) || failed "no answer to a start of $unit"
  done
  timeout 5 "${client[@]}" start healthy.service || failed "a healthy unit does not start"
  timeout 10 "${client[@]}" daemon-reload || failed "no reload"
  timeout 5 "${client[@]}" list-unit-files >/dev/null || failed "no list of unit files"
  timeout 5 "${client[@]}" start other.service || failed "a healthy unit does not start after a reload"
  for unit in huge-comments unreadable-dropin closed drop-ins wants no-directories linked-directory streams names; do
    shows "$unit" ActiveState active
  done
  shows drop-ins Documentation '*man:last*'
  shows target ActiveState active
  for unit in fifo directory dangling self ring-a to-fifo to-root socket zero huge-line huge-nul sparse; do
    shows "$unit" ActiveState inactive
    [[ $("${client[@]}" show --value -p LoadState "$unit.service") != loaded ]] || failed "$unit counts as loaded"
  done
}

shows() {
  local is; is=$("${client[@]}" show --value -p "$2" "$1.service")
  [[ $is == $3 ]] || failed "$2 of $1 is '$is' and not '$3': $("${client[@]}" show -p LoadState,LoadError,Result "$1.service" | xargs)"
}

# nothing_written: no file is new but where the manager has to do. What is in people's homes may be theirs.
nothing_written() {
  local new
  new=$(find / /etc /run /usr /usr/lib /usr/lib/systemd /var/lib -maxdepth 2 -newer "$place/mark" \( -type f -o -type l \) 2>/dev/null |
    grep -v -E '^/(proc|sys|dev|tmp|root|home)/|^/(etc/systemd/system|run/systemd|run/out|run/home)/' || true)
  equal "$new" "" "written outside of the unit directories"
  [[ ! -e /etc/made && ! -e /etc/pid ]] || failed "a directory or a file was made in /etc"
}

lay_down /etc/systemd/system
touch "$place/mark"
start_manager --system
asking
if command -v systemctl >/dev/null; then client=(systemctl); else client=("$trasgo" systemctl); fi
client+=(--system)
look
answered 20
alive
nothing_written
kill -TERM "$manager"
wait "$manager" || failed "the manager ended with $?"

# A user who may not read everything, by a manager of his own.
mkdir -p /run/user/65534 /run/home/.config/systemd/user
chown -R 65534:65534 /run/user/65534 /run/home
chmod 0700 /run/user/65534
chmod 0755 "$place" "$place/bin"
as_user=(setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/run/home USER=nobody XDG_RUNTIME_DIR=/run/user/65534)
export -f lay_down
export good
"${as_user[@]}" bash -c 'lay_down /run/home/.config/systemd/user'
"${as_user[@]}" "$trasgo" --user </dev/null >>"$log" 2>&1 &
manager=$!
client=("${as_user[@]}" "${client[@]}")
client[-1]=--user
eventually "${client[@]}" show -p Version
look
shows unreadable LoadError '*Permission denied*'
shows unreadable ActiveState inactive
shows closed ActiveState active
nothing_written
