# cgroups: none
# Names that lead out of the unit directories lead nowhere.
start_manager --system
touch "$place/mark"
long=$(printf 'x%.0s' $(seq 300))
for name in ../x.service ../../etc/passwd /../x.service a/../../b.service "x@../../y.service" .. . "" "$long.service" "x@$long.service" $'a\nb.service' $'\xff\xfe.service' 'x\x2f..\x2fy.service' '%n.service' '$HOME.service' '-x.service' '*' '[x.service'; do
  for verb in start stop status show enable disable mask unmask link revert cat is-enabled set-property; do
    timeout 20 "$trasgo" systemctl --system $verb -- "$name" CPUWeight=100 >/dev/null 2>&1 || true
  done
done
alive
outside=$(find / /etc /run /usr /usr/lib /usr/lib/systemd /root -maxdepth 2 -newer "$place/mark" \( -type f -o -type l \) 2>/dev/null | grep -v -e ^/proc -e ^/sys -e ^/dev -e ^/tmp -e ^/etc/systemd/system/ -e ^/run/systemd/ -e ^/run/out || true)
equal "$outside" "" "files written outside of the unit directories"
equal "$(ls /etc/systemd | grep -v -x -e system -e user -e system.control -e "[a-z]*\.conf" -e "[a-z]*\.conf\.d" -e network -e resolved.conf.d || true)" "" "entries beside the unit directory"
ctl start healthy.service
alive
