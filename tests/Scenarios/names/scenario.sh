# cgroups: none
# Names that lead out of the unit directories lead nowhere.
start_manager --system
before=$(find / -xdev -newer "$place/bin/trasgo" -not -path "/proc/*" -not -path "$place/*" 2>/dev/null | sort)
touch "$place/mark"
long=$(printf 'x%.0s' $(seq 300))
for name in ../x.service ../../etc/passwd /../x.service a/../../b.service "x@../../y.service" .. . "" "$long.service" "x@$long.service" $'a\nb.service' $'\xff\xfe.service' 'x\x2f..\x2fy.service' '%n.service' '$HOME.service' '-x.service' '*' '[x.service'; do
  for verb in start stop status show enable disable mask unmask link revert cat is-enabled set-property; do
    timeout 20 "$trasgo" systemctl --system $verb -- "$name" CPUWeight=100 >/dev/null 2>&1 || true
  done
done
alive
outside=$(find / -xdev -newer "$place/mark" -type f -not -path "/proc/*" -not -path "$place/*" 2>/dev/null; find /etc /run /usr/lib/systemd -newer "$place/mark" \( -type f -o -type l \) 2>/dev/null | grep -v -e ^/etc/systemd/system/ -e ^/run/systemd/ -e ^/run/out || true)
equal "$outside" "" "files written outside of the unit directories"
escaped=$(find /etc/systemd/system -mindepth 1 -name '*..*' | grep -v '\.\.\.service$' || true)
equal "$(ls /etc/systemd | sort | tr '\n' ' ')" "$(ls /etc/systemd | grep -v -e passwd -e '^x' | sort | tr '\n' ' ')" "entries beside the unit directory"
ctl start healthy.service
alive
