# cgroups: v2 none
# needs: root perl
# Files come and go faster than they can be looked at, or while nobody looks: the final state is always seen, and the manager is not kept busy.
mkdir /run/out/busy /run/out/changed /run/out/untouched /run/out/flood /run/out/race /run/out/many
touching() { perl -e 'for (1 .. $ARGV[1]) { open my $file, ">", "$ARGV[0]/$_" or die "$ARGV[0]/$_: $!\n" }' "$@"; }
start_manager --system

# More events than the kernel keeps, while the manager does not read them.
ctl start exists.path changed.path untouched.path
kill -STOP "$manager"
touching /run/out/busy $(($(cat /proc/sys/fs/inotify/max_queued_events) + 100))
touch /run/out/busy/last /run/out/changed/x
kill -CONT "$manager"
eventually has exists.service ActiveState active
eventually has changed.service ActiveState active
equal "$(prop untouched.path SubState)" waiting
equal "$(prop untouched.service ActiveState)" inactive
ctl stop exists.path changed.path untouched.path exists.service changed.service

# 10,000 changes of a directory that is watched: the service runs again and again, the manager answers, and the last change is seen.
ctl start flood.path
measure
asking
for round in $(seq 10); do touching /run/out/flood $((round * 1000)); done
answered 1
eventually has flood.path SubState waiting
starts=$(wc -l </run/out/flood.starts)
((starts >= 1 && starts <= 10000)) || failed "$starts starts"
: >/run/out/flood.starts
touch /run/out/flood/1
eventually test -s /run/out/flood.starts
eventually has flood.path SubState waiting
ctl stop flood.path
returns

# Twenty paths whose directories come and go under the eyes of the manager, which removes what it was started for.
races=$(printf 'race@%d.path ' $(seq 20))
ctl start $races
perl -e '
  for my $round (1 .. 60) {
    for my $i (1 .. 20) {
      my $top = "/run/out/race/$i";
      mkdir $top; mkdir "$top/a"; open my $file, ">", "$top/a/b";
      rename $top, "$top.away"; rename "$top.away", $top if $round % 3;
    }
  }'
gone() { [[ -z $(find /run/out/race -path '*/a/b' -not -path '*.away/*') ]]; }
eventually gone
for i in $(seq 20); do eventually has "race@$i.path" SubState waiting; done
for i in $(seq 20); do mkdir -p "/run/out/race/$i/a"; touch "/run/out/race/$i/a/b"; done
eventually gone
for i in $(seq 20); do eventually has "race@$i.path" SubState waiting; done
ctl stop $races
alive

# A hundred paths at rest: nothing wakes the manager up, whatever goes on beside them.
manies=$(printf 'many@%d.path ' $(seq 100))
for i in $(seq 100); do mkdir "/run/out/many/$i"; done
ctl start $manies
equal "$(ls -l "/proc/$manager/fd" | grep -c inotify)" 1 "inotify descriptors"
sleep 1.5
switches() { awk '/^voluntary_ctxt_switches/ { print $2 }' "/proc/$manager/status"; }
before=$(switches)
touching /run/out/busy 5000
touching /run/out 500
sleep 2
(($(switches) - before <= 1)) || failed "$(($(switches) - before)) wake-ups"
touch /run/out/many/7/flag
eventually has many@7.service ActiveState active
equal "$(ctl list-units --no-legend --plain --state=running 'many@*.path' | wc -l)" 1 "units that were triggered"
ctl stop $manies many@7.service
alive
