# cgroups: v2 none
# needs: root systemd-notify setpriv perl
# Notifications from processes that are not the service's change nothing, however many there are and whosever they are; empty ones
# neither (CVE-2016-7795). Meanwhile everybody is answered, and the service itself is heard.
start_manager --system
ctl start --no-block waits.service
eventually test -s /run/out/socket
socket=$(cat /run/out/socket)
cat >"$place/flood.pl" <<'PERL'
use Socket;
my ($path, $count) = @ARGV;
$path =~ s/^@/\0/;
socket(my $s, PF_UNIX, SOCK_DGRAM, 0) or die "socket: $!";
my $to = sockaddr_un($path);
my @texts = ("READY=1", "", "MAINPID=1", "STOPPING=1", "\0\0\0", "READY=1\0", "WATCHDOG=trigger", "STATUS=" . ("x" x 3000), "FDSTORE=1", "ERRNO=5", "=\n=\n", "BARRIER=1", "MAINPID=$$\nREADY=1", "READY=1\nSTATUS=x", "x" x 5000);
my $sent = 0;
for my $i (1 .. $count) { $sent++ if defined send($s, $texts[$i % @texts], 0, $to); }
exit($sent < $count);
PERL
chmod 0644 "$place/flood.pl"
chmod 0755 "$place"
perl "$place/flood.pl" "$socket" 1000
measure
lines=$(wc -l <"$log")
asking
for _ in 1 2 3 4; do apart setpriv --reuid nobody --clear-groups perl "$place/flood.pl" "$socket" 22500 || touch "$place/unsent" & floods+=($!); done
perl "$place/flood.pl" "$socket" 10000
wait "${floods[@]}"
[[ ! -e $place/unsent ]] || failed "not all was sent"
answered 5
alive
equal "$(prop waits.service ActiveState)" activating
equal "$(prop waits.service SubState)" start
main=$(prop waits.service MainPID)
((main > 1)) || failed "the main PID became $main"
equal "$(prop waits.service StatusText)" ""
equal "$(prop waits.service StatusErrno)" 0
equal "$(prop waits.service NFileDescriptorStore)" 0
returns
(($(wc -l <"$log") - lines < 200)) || failed "the flood made $(($(wc -l <"$log") - lines)) lines of log"
# While it goes on, the service gets through.
apart setpriv --reuid nobody --clear-groups perl "$place/flood.pl" "$socket" 1000000 & flood=$!
touch /run/out/go
SECONDS_TO_WAIT=5 eventually has waits.service ActiveState active
kill "$flood"
equal "$(prop waits.service MainPID)" "$main"
alive
