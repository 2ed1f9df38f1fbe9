# cgroups: none
# needs: perl
# Unit files of random bytes trouble nobody but themselves.
perl -e '
  srand(42);
  my @words = ("[Unit]\n", "[Service]\n", "ExecStart=", "/bin/true", "\\\n", "=", "\n", "\"", "%", "After=", "Type=", "Environment=", "[", "]", "\0", "\xff", "#", ";");
  for my $i (1 .. 60) {
    open(my $f, ">", "/etc/systemd/system/random-$i.service") or die;
    my $n = int(rand(4000));
    for (1 .. $n) { print $f ($i % 2 ? chr(int(rand(256))) : $words[int(rand(@words))]); }
    close $f;
  }
  open(my $f, ">", "/etc/systemd/system/huge.service") or die;
  print $f "[Service]\nEnvironment=" . ("A" x 3000000) . "\nExecStart=/bin/true\n"; close $f;
  open($f, ">", "/etc/systemd/system/deep.service") or die;
  print $f "[Service]\nExecStart=/bin/echo " . ("\\\n" x 100000) . "\n"; close $f;
  for my $t ("target", "socket", "timer", "mount", "path", "slice", "swap", "automount", "scope", "device") {
    open(my $g, ">", "/etc/systemd/system/random-x.$t") or die;
    for (1 .. 2000) { print $g chr(int(rand(256))); } close $g;
  }'
mkdir /etc/systemd/system/random-1.service.d /etc/systemd/system/healthy.service.wants
head -c 5000 /dev/urandom >/etc/systemd/system/random-1.service.d/x.conf
ln -s ring-b.service /etc/systemd/system/ring-a.service; ln -s ring-a.service /etc/systemd/system/ring-b.service
ln -s /nowhere/at/all.service /etc/systemd/system/dangling.service
mkfifo /etc/systemd/system/fifo.service; mkdir /etc/systemd/system/directory.service
start_manager --system
for i in $(seq 60); do ctl start "random-$i.service" >/dev/null 2>&1 || true; done
for unit in huge deep ring-a ring-b dangling fifo directory random-x.target random-x.socket random-x.mount random-x.slice; do timeout 10 "$trasgo" systemctl --system start --no-block "$unit" >/dev/null 2>&1 || true; done
alive
ctl start healthy.service
equal "$(prop healthy.service ActiveState)" active
ctl daemon-reload
ctl list-units --all >/dev/null
ctl list-unit-files >/dev/null
equal "$(prop healthy.service ActiveState)" active
alive
