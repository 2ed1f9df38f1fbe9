# cgroups: v2 hybrid
# needs: root perl
# While services start, a thousand times, somebody removes their control groups or kills whoever is in them: each start fails or goes
# on, none is stuck, and nothing is left over.
start_manager --system
names=$(printf 'short@%d.service long@%d.service ' $(for i in $(seq 10); do echo "$i $i"; done))
again() {
  timeout 60 "$trasgo" systemctl --system start $names >/dev/null 2>&1 || (($? != 124)) || failed "a start is stuck"
  timeout 60 "$trasgo" systemctl --system stop $names >/dev/null 2>&1 || (($? != 124)) || failed "a stop is stuck"
}
again; again
measure
cat >"$place/vandal.pl" <<'PERL'
# Removes what can be removed, and kills whoever is in one of the groups now and then, until it is told to stop.
my ($enough, @roots) = @ARGV;
my $round = 0;
my $removed = 0;
until (-e $enough) {
  $round++;
  for my $root (@roots) {
    for my $folder (glob("$root/*/*/*.service $root/*/*.slice $root/*.slice")) {
      $removed++ if rmdir $folder;
      next if $round % 5 || $folder !~ /service$/;
      if (open my $kill, ">", "$folder/cgroup.kill") { syswrite $kill, "1"; }
      elsif (open my $procs, "<", "$folder/cgroup.procs") { kill "KILL", map { 0 + $_ } grep { $_ > 1 } <$procs>; }
    }
  }
}
open my $out, ">", "$enough.removed"; print $out "$removed\n";
PERL
roots=$(find /sys/fs/cgroup -type d -name "trasgo-$manager" 2>/dev/null)
[[ -n $roots ]] || failed "the manager has no group"
apart perl "$place/vandal.pl" "$place/stop" $roots &
vandal=$!
asking
for _ in $(seq 50); do again; done
answered 20
touch "$place/stop"
wait "$vandal"
(($(cat "$place/stop.removed") >= 100)) || failed "only $(cat "$place/stop.removed") groups were removed"
equal "$(ctl list-jobs --no-legend | grep -c service || true)" 0 "jobs left"
stuck() { ctl list-units --all --no-legend --plain 'short@*' 'long@*' | awk '$3 ~ /ing$/ || $4 ~ /stop|start|final/' ; }
eventually eval '[[ -z $(stuck) ]]'
equal "$(ctl list-units --all --no-legend --plain 'short@*' 'long@*' | awk '$3 == "active"' | wc -l)" 0 "services that are up"
no_process 'sleep 8643[0]' || failed "a process survived"
ctl reset-failed
ctl start $names || failed "a start failed when all was over"
equal "$(ctl list-units --no-legend --plain 'long@*' | grep -c running)" 10 "services that run"
ctl stop $names
alive
left() { find $roots -mindepth 1 -name '*@*.service' 2>/dev/null; }
eventually eval '[[ -z $(left) ]]'
returns
