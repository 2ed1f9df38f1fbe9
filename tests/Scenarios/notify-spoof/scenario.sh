# cgroups: v2 none
# needs: root systemd-notify setpriv perl
# Notifications from processes that are not the service's change nothing, however many there are; empty ones neither (CVE-2016-7795).
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
my @texts = ("READY=1", "", "MAINPID=1", "STOPPING=1", "\0\0\0", "READY=1\0", "WATCHDOG=trigger", "STATUS=" . ("x" x 3000), "FDSTORE=1", "ERRNO=5", "=\n=\n", "BARRIER=1");
for my $i (1 .. $count) { send($s, $texts[$i % @texts], 0, $to); }
PERL
chmod 0644 "$place/flood.pl"
perl "$place/flood.pl" "$socket" 20000
setpriv --reuid nobody --clear-groups perl "$place/flood.pl" "$socket" 20000 || true
alive
equal "$(prop waits.service ActiveState)" activating
equal "$(prop waits.service SubState)" start
main=$(prop waits.service MainPID)
((main > 1)) || failed "the main PID became $main"
equal "$(prop waits.service StatusText)" ""
touch /run/out/go
eventually has waits.service ActiveState active
equal "$(prop waits.service MainPID)" "$main"
alive
