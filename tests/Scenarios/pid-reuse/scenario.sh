# cgroups: v2 hybrid none
# needs: root perl
# The kernel gives the same few numbers to the processes of a service that come and go and to those of bystanders, ten thousand times;
# meanwhile the service is signalled and restarted again and again. No bystander gets a signal.
[[ -w /proc/sys/kernel/ns_last_pid ]] || skip "the kernel cannot be told which PID to give next"
cat >/run/out/churn.pl <<'PERL'
# Quick children, some of them in sessions of their own, which do not care for the signal.
use POSIX;
$SIG{WINCH} = 'IGNORE';
my $count = 0;
while (1) {
  for (1 .. 8) { if (fork == 0) { POSIX::setsid() if $_ % 2; select(undef, undef, undef, 0.001 * ($_ % 3)); POSIX::_exit(0) } $count++ }
  1 while waitpid(-1, WNOHANG) > 0;
  if ($count % 64 == 0) { open my $out, ">>", "/run/out/churned"; print $out "64\n" }
}
PERL
cat >"$place/bystanders.pl" <<'PERL'
# A ring of quick processes, each of which tells if a signal reaches it. The numbers start anew all the time.
use POSIX;
my ($enough, $report) = @ARGV;
my ($count, $foreign) = (0, 0);
$SIG{$_} = sub { POSIX::_exit(1) } for 'WINCH', 'TERM', 'HUP', 'CONT';
my $ended = sub { my $pid = waitpid(-1, $_[0]); return 0 if $pid <= 0; $count++; $foreign++ if $?; return 1 };
until (-e $enough) {
  if ($count % 64 == 0 && open my $last, ">", "/proc/sys/kernel/ns_last_pid") { syswrite $last, "5000" }
  if (fork == 0) { select(undef, undef, undef, 0.002); POSIX::_exit(0) }
  1 while $ended->(WNOHANG);
}
1 while $ended->(0);
open my $out, ">", $report; print $out "$count $foreign\n";
PERL
cat >"$place/signal.pl" <<'PERL'
# Signals the whole unit, as often as the manager can be asked to.
use Socket;
my ($path, $enough) = @ARGV;
socket(my $s, PF_UNIX, SOCK_STREAM, 0); connect($s, sockaddr_un($path)) or die "connect: $!";
sub say_to { my $at = 0; while ($at < length $_[0]) { $at += syswrite($s, $_[0], 65536, $at) // die "write: $!" } }
say_to("\0AUTH EXTERNAL " . unpack('H*', $>) . "\r\nBEGIN\r\n");
my $got = ''; until ($got =~ /^OK.*\r\n/) { sysread($s, $got, 1, length $got) or die 'refused' }
sub pad { return $_[0] . "\0" x (-length($_[0]) % $_[1]) }
sub text { return pack('V/a* x', $_[0]) }
my $body = pad(pad(text('churn.service'), 4) . text('all'), 4) . pack('V', 28);
my $fields = '';
for ([1, 'o', '/org/freedesktop/systemd1'], [2, 's', 'org.freedesktop.systemd1.Manager'], [3, 's', 'KillUnit']) {
  $fields = pad($fields, 8) . pack('C C/a* x', $_->[0], $_->[1]) . text($_->[2]);
}
$fields = pad($fields, 8) . pack('C C/a* x', 8, 'g') . pack('C/a* x', 'ssi');
my ($serial, $sent) = (0, 0);
until (-e $enough) {
  $serial++;
  say_to(pad('l' . pack('C C C V V V', 1, 0, 1, length $body, $serial, length $fields) . $fields, 8) . $body);
  sysread($s, my $head, 16) == 16 or die 'no answer';
  my ($length, undef, $array) = unpack('x4 V V V', $head);
  my $rest = $array + (-$array % 8) + $length;
  while ($rest > 0) { my $n = sysread($s, my $part, $rest) or die 'no answer'; $rest -= $n }
  $sent++;
}
open my $out, ">", "$enough.sent"; print $out "$sent\n";
PERL
start_manager --system
ctl start churn.service
apart perl "$place/bystanders.pl" "$place/stop" "$place/report" & ring=$!
apart perl "$place/signal.pl" /run/systemd/private "$place/stop" & signaller=$!
asking
churned() { local n; n=$(cat /run/out/churned 2>/dev/null | wc -l); ((n * 64 >= 10000)); }
end=$((SECONDS + 120))
until churned; do
  ((SECONDS < end)) || failed "only $(wc -l </run/out/churned) times 64 processes"
  ctl restart churn.service || failed "restart"
  sleep 0.5
done
touch "$place/stop"
wait "$ring" "$signaller"
answered 5
read -r count foreign <"$place/report"
equal "$foreign" 0 "signals to bystanders, of $count"
((count >= 1000)) || failed "only $count bystanders"
(($(cat "$place/stop.sent") >= 100)) || failed "only $(cat "$place/stop.sent") signals"
ctl stop churn.service
no_process 'chur[n].pl' || failed "a process survived"
alive
