# abuse.pl SOCKET WHAT: does to the manager's private socket what no client should. Ends with an error if the manager did not
# do about it what it must; that it lives and answers meanwhile is looked at from outside.
use strict;
use warnings;
use Socket;
use Errno qw(EAGAIN EINTR);
use Time::HiRes qw(time sleep);

my ($path, $what, @rest) = @ARGV;
$SIG{PIPE} = 'IGNORE';
srand(4711);

sub fail { print "FAILED: @_\n"; exit 1; }

sub connected {
  socket(my $s, PF_UNIX, SOCK_STREAM, 0) or fail("socket: $!");
  for (1 .. 200) { return $s if connect($s, sockaddr_un($path)); $! == EAGAIN or fail("connect: $!"); sleep 0.01; }
  fail("connect: $!");
}

sub say_to { my ($s, $bytes) = @_; my $at = 0; while ($at < length $bytes) { my $n = syswrite($s, $bytes, 65536, $at); return 0 unless defined $n; $at += $n; } return 1; }

# What arrives within the time; undef in the second place unless the connection was closed.
sub heard {
  my ($s, $seconds) = @_;
  my ($got, $deadline) = ('', time + $seconds);
  while ((my $left = $deadline - time) > 0) {
    my $ready = ''; vec($ready, fileno $s, 1) = 1;
    next unless select($ready, undef, undef, $left) > 0;
    my $n = sysread($s, my $part, 65536);
    return ($got, 1) if !$n;
    $got .= $part;
  }
  return ($got, undef);
}

sub closed { my ($s, $why) = @_; my ($got, $end) = heard($s, 10); $end or fail("not closed: $why"); return $got; }

my $hello = "\0AUTH EXTERNAL " . unpack('H*', $>) . "\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n";
sub ready {
  my $s = connected();
  say_to($s, $hello);
  my $got = '';
  until ($got =~ /AGREE_UNIX_FD\r\n/) { sysread($s, my $part, 1) or fail("authentication was refused: $got"); $got .= $part; }
  return $s;
}

# Little-endian marshalling of a header; the fields are [code, signature, value].
sub pad { my ($text, $to) = @_; return $text . "\0" x (-length($text) % $to); }
sub text { return pack('V/a* x', $_[0]); }
sub fields {
  my $array = '';
  for my $field (@_) {
    my ($code, $type, $value) = @$field;
    $array = pad($array, 8) . pack('C C/a* x', $code, $type);
    $array .= $type eq 'g' ? pack('C/a* x', $value) : $type eq 'u' ? pad('', 4) . pack('V', $value) : $type eq 'raw' ? $value : text($value);
  }
  return $array;
}
# pad() counts from the start of the field array, which lies at a multiple of 8, as the words inside do.
sub message {
  my (%m) = (type => 1, flags => 0, version => 1, serial => 1, endian => 'l', body => '', fields => [], @_);
  my $array = $m{array} // fields(@{$m{fields}});
  my $header = $m{endian} . pack('C C C V V V', $m{type}, $m{flags}, $m{version}, $m{bodylength} // length $m{body}, $m{serial}, $m{arraylength} // length $array) . $array;
  return pad($header, 8) . $m{body};
}
my @to = ([1, 'o', '/org/freedesktop/systemd1'], [2, 's', 'org.freedesktop.systemd1.Manager']);
sub call { my ($member, $signature, $body, %more) = @_; return message(fields => [@to, [3, 's', $member], $signature ne '' ? [8, 'g', $signature] : ()], body => $body, %more); }
sub ping { return message(fields => [[1, 'o', '/'], [2, 's', 'org.freedesktop.DBus.Peer'], [3, 's', 'Ping']], @_); }

# Is closed at once, or answered by an error; never anything else, and never silence.
sub refused {
  my ($bytes, $why) = @_;
  my $s = ready();
  say_to($s, $bytes);
  my ($got, $end) = heard($s, 10);
  $end or fail("not closed: $why");
  $got eq '' || ord(substr($got, 1, 1)) == 3 or fail("answered: $why");
}
sub answered {
  my ($bytes, $why) = @_;
  my $s = ready();
  say_to($s, $bytes);
  my $n = sysread($s, my $got, 16);
  $n && $n == 16 or fail("no answer: $why");
  return ord(substr($got, 1, 1));
}

my %what;

$what{authentication} = sub {
  my $other = unpack('H*', $> + 1);
  my %closed = (
    'no NUL first' => "AUTH EXTERNAL\r\n",
    'a line without end' => "\0AUTH EXTERNAL " . '30' x 100000,
    'BEGIN without authentication' => "\0BEGIN\r\n",
    'BEGIN for another user' => "\0AUTH EXTERNAL $other\r\nBEGIN\r\n",
    'no end of commands' => "\0" . "NONSENSE\r\n" x 100,
    'no end of attempts' => "\0" . "AUTH EXTERNAL $other\r\n" x 100,
    'a message instead' => "\0" . ping() . "\r\n" x 70,
    'BEGIN after a refusal' => "\0AUTH EXTERNAL xyz\r\nCANCEL\r\nBEGIN\r\n",
    'random bytes' => join('', map { chr int rand 256 } 1 .. 100000),
  );
  for my $why (sort keys %closed) { my $s = connected(); say_to($s, $closed{$why}); my $got = closed($s, $why); $got !~ /^OK/m or fail("accepted: $why"); }
  for my $mechanism ('ANONYMOUS', 'DBUS_COOKIE_SHA1 30', 'EXTERNAL ' . '31' x 40, "EXTERNAL $other", 'EXTERNAL zz', "EXTERNAL \xff", "EXTERNAL 3\0") {
    my $s = connected(); say_to($s, "\0AUTH $mechanism\r\n");
    my ($got) = heard($s, 0.3); $got =~ /^REJECTED/ or fail("$mechanism: $got");
  }
  # One byte at a time is slow and in order.
  my $s = connected(); for my $byte (split //, $hello . ping()) { say_to($s, $byte); }
  my ($got) = heard($s, 1); $got =~ /BEGIN|AGREE_UNIX_FD\r\nl\x02/ or fail('byte by byte');
};

$what{messages} = sub {
  my $nested = sub { my $depth = shift; return 'a' x $depth . 'y'; };
  my $variants = sub { my $depth = shift; return "\1v\0" x $depth . "\1y\0\1"; };
  my $deep = '/' . join('/', ('a') x 1_000_000);
  my %refused = (
    'wrong endian letter' => message(endian => 'x', fields => [@to, [3, 's', 'ListUnits']]),
    'endian letter and content differ' => message(endian => 'B', fields => [@to, [3, 's', 'ListUnits']]),
    'type 0' => call('ListUnits', '', '', type => 0),
    'version 2' => call('ListUnits', '', '', version => 2),
    'serial 0' => call('ListUnits', '', '', serial => 0),
    'body of 4 GiB' => call('ListUnits', '', '', bodylength => 0xffffffff),
    'body of 128 MiB' => call('ListUnits', '', '', bodylength => 128 << 20),
    'body above our limit' => call('ListUnits', '', '', bodylength => 9 << 20),
    'fields of 4 GiB' => call('ListUnits', '', '', arraylength => 0xffffffff),
    'fields of 64 MiB' => call('ListUnits', '', '', arraylength => 64 << 20),
    'fields longer than they are' => call('ListUnits', 's', text('x' x 100), arraylength => 200) . 'x' x 400,
    'fields shorter than they are' => call('ListUnits', '', '', arraylength => 20),
    'field 0' => message(fields => [@to, [3, 's', 'ListUnits'], [0, 's', 'x']]),
    'no path' => message(fields => [[3, 's', 'ListUnits']]),
    'no member' => message(fields => [@to]),
    'path twice' => message(fields => [@to, [3, 's', 'ListUnits'], $to[0]]),
    'path as a string' => message(fields => [[1, 's', '/a'], [3, 's', 'ListUnits']]),
    'empty path' => message(fields => [[1, 'o', ''], [3, 's', 'ListUnits']]),
    'path without a slash' => message(fields => [[1, 'o', 'a'], [3, 's', 'ListUnits']]),
    'path with an end' => message(fields => [[1, 'o', '/a/'], [3, 's', 'ListUnits']]),
    'path with dots' => message(fields => [[1, 'o', '/a/../b'], [3, 's', 'ListUnits']]),
    'path with NUL' => message(fields => [[1, 'o', "/a\0b"], [3, 's', 'ListUnits']]),
    'path of two megabytes (CVE-2019-6454)' => message(fields => [[1, 'o', $deep], [3, 's', 'ListUnits']]),
    'interface of one part' => message(fields => [$to[0], [2, 's', 'x'], [3, 's', 'ListUnits']]),
    'interface of 256 bytes' => message(fields => [$to[0], [2, 's', 'a.' . 'b' x 255], [3, 's', 'ListUnits']]),
    'member with a dot' => message(fields => [@to, [3, 's', 'a.b']]),
    'member of 256 bytes' => message(fields => [@to, [3, 's', 'a' x 256]]),
    'member as a number' => message(fields => [@to, [3, 'u', 7]]),
    'bad UTF-8 in the member' => message(fields => [@to, [3, 's', "\xff\xfe"]]),
    'destination without a dot' => message(fields => [@to, [3, 's', 'ListUnits'], [6, 's', 'x']]),
    'reply serial 0' => message(fields => [@to, [3, 's', 'ListUnits'], [5, 'u', 0]]),
    'reply without a serial' => message(type => 2, fields => []),
    'error without a name' => message(type => 3, fields => [[5, 'u', 1]]),
    'signal without an interface' => message(type => 4, fields => [$to[0], [3, 's', 'X']]),
    'signature that is none' => call('GetUnit', '!', 'x'),
    'signature that ends early' => call('GetUnit', 'a', ''),
    'signature with an open struct' => call('GetUnit', '(s', text('x')),
    'signature with an empty struct' => call('GetUnit', '()', ''),
    'signature of arrays 33 deep' => call('GetUnit', $nested->(33), pack('V', 0)),
    'signature of arrays 255 deep' => call('GetUnit', $nested->(254), pack('V', 0)),
    'signature of structs 33 deep' => call('GetUnit', '(' x 33 . 'y' . ')' x 33, "\0"),
    'dictionary key that is an array' => call('GetUnit', 'a{ayy}', pack('V', 0)),
    'dictionary entry alone' => call('GetUnit', '{sy}', pack('V', 0)),
    'signature without a body' => call('GetUnit', 's', ''),
    'body without a signature' => call('ListUnits', '', text('x')),
    'body longer than its signature' => call('GetUnit', 's', text('x') . 'y'),
    'string longer than the body' => call('GetUnit', 's', pack('V', 0x7fffffff) . "x\0"),
    'string of 4 GiB' => call('GetUnit', 's', pack('V', 0xffffffff) . "x\0"),
    'string without NUL' => call('GetUnit', 's', pack('V', 1) . 'xy'),
    'string with NUL' => call('GetUnit', 's', text("a\0b")),
    'bad UTF-8' => call('GetUnit', 's', text("a\xc3(.service")),
    'overlong UTF-8' => call('GetUnit', 's', text("\xc0\xaf")),
    'a surrogate in UTF-8' => call('GetUnit', 's', text("\xed\xa0\x80")),
    'array longer than the body' => call('SetEnvironment', 'as', pack('V', 1000)),
    'array above 64 MiB' => call('SetEnvironment', 'as', pack('V', 0x04000001)),
    'array that ends inside an element' => call('SetEnvironment', 'as', pack('V', 7) . text('abc')),
    'boolean 2' => call('StartTransientUnit', 'b', pack('V', 2)),
    'descriptor that did not come' => call('GetUnit', 'h', pack('V', 0)),
    'descriptors announced, none sent' => message(fields => [@to, [3, 's', 'ListUnits'], [9, 'u', 3]]),
    'padding that is not zero' => message(array => fields(@to, [3, 's', 'X']) . "\1\1\1\1\1\1\1\1"),
    'variants 65 deep' => call('GetUnit', 'v', $variants->(65)),
    'variants 100000 deep' => call('GetUnit', 'v', $variants->(100000)),
    'variant of two types' => call('GetUnit', 'v', "\2yy\0\1\1"),
    'variant of no type' => call('GetUnit', 'v', "\0\0"),
    'half a million empty arrays' => call('GetUnit', 'aas', pack('V', 2000000) . pack('V', 9) x 500000),
  );
  for my $why (sort keys %refused) { refused($refused{$why}, $why); }
  # What is odd and permitted gets an answer: 2 is a reply, 3 an error.
  answered(ping(), 'ping') == 2 or fail('ping');
  answered(call('GetUnit', 's', text('x' x 1_000_000)), 'a name of a megabyte') == 3 or fail('a name of a megabyte');
  answered(call('GetUnit', 'v', $variants->(40)), 'variants 40 deep') == 3 or fail('variants 40 deep');
  answered(message(fields => [[1, 'o', '/' . 'a/' x 20000 . 'b'], [2, 's', 'org.freedesktop.DBus.Introspectable'], [3, 's', 'Introspect']]), 'a path of 40 kB') == 3 or fail('a path of 40 kB');
  answered(message(fields => [[1, 'o', '/org/freedesktop/systemd1/unit/' . 'a' x 30000], [2, 's', 'org.freedesktop.DBus.Properties'], [3, 's', 'GetAll'], [8, 'g', 's']], body => text('')), 'a long unit path') == 3 or fail('a long unit path');
  answered(message(fields => [[1, 'o', '/org/freedesktop/systemd1/unit/_2e_2e_2f_zz_'], [2, 's', 'org.freedesktop.DBus.Properties'], [3, 's', 'GetAll'], [8, 'g', 's']], body => text('')), 'an odd unit path') == 3 or fail('an odd unit path');
  my $big = 'B' . pack('C C C N N N', 1, 0, 1, 0, 1, 0);
  my $array = pack('C C/a* x N/a* x', 1, 'o', '/'); $array .= "\0" x (-length($array) % 8);
  $array .= pack('C C/a* x N/a* x', 3, 's', 'Ping'); $array .= "\0" x (-length($array) % 8);
  $array .= pack('C C/a* x N/a* x', 2, 's', 'org.freedesktop.DBus.Peer');
  substr($big, 12, 4) = pack('N', length $array);
  my $whole = $big . $array; $whole .= "\0" x (-length($whole) % 8);
  answered($whole, 'big-endian ping') == 2 or fail('big-endian ping');
};

# Every byte of messages that are right, changed in turn. Nothing is asked of the answer.
$what{mutations} = sub {
  my @seeds = (
    call('GetUnit', 's', text('healthy.service')),
    call('StartUnit', 'ss', pad(text('nothing.service'), 4) . text('replace')),
    call('SetEnvironment', 'as', pack('V', 12) . pad(text('A=1'), 4) ),
    call('ListUnitsByPatterns', 'asas', pack('V', 0) . pack('V', 0)),
    message(fields => [$to[0], [2, 's', 'org.freedesktop.DBus.Properties'], [3, 's', 'GetAll'], [8, 'g', 's']], body => text('org.freedesktop.systemd1.Manager')),
    message(fields => [@to, [3, 's', 'StartTransientUnit'], [8, 'g', 'ssa(sv)a(sa(sv))']],
      body => pad(pad(text('tr.service'), 4) . text('fail'), 4) . pack('V', 0) . pack('V', 0)),
  );
  my ($s, $sent) = (undef, 0);
  for my $seed (@seeds) {
    for my $at (0 .. length($seed) - 1) {
      for my $byte (0, 1, 0x7f, 0xff, ord(substr($seed, $at, 1)) ^ (1 << int rand 8)) {
        my $bad = $seed; substr($bad, $at, 1) = chr $byte;
        $s = ready() if !defined $s;
        say_to($s, $bad); shutdown($s, 1); heard($s, 5); $s = undef;
        $sent++;
      }
    }
  }
  for my $seed (@seeds) { for my $length (1 .. length($seed) - 1) { $s = ready(); say_to($s, substr($seed, 0, $length)); close $s; } }
};

# Connections that say nothing, half of a dialogue, or half of a message, all at once and for as long as they may.
$what{halfopen} = sub {
  my ($count) = @rest;
  my @held;
  for my $i (1 .. $count) {
    my $s = connected();
    $i % 3 == 1 ? 0 : $i % 3 == 2 ? say_to($s, "\0AUTH EXTERNAL") : say_to($s, "\0" . 'A' x 4000);
    push @held, $s;
  }
  answered(ping(), 'ping among half-open connections') == 2 or fail('ping');
  my $open = grep { my $ready = ''; vec($ready, fileno $_, 1) = 1; select($ready, undef, undef, 0) == 0 } @held;
  $open <= 200 or fail("$open of $count half-open connections are still open");
};

$what{partial} = sub {
  # 200 messages of 7 MiB each, none complete: more than the manager will ever hold.
  my @held;
  for my $i (1 .. 200) {
    my $s = ready();
    fcntl($s, 4, 2048);
    my $part = call('GetUnit', 's', '', bodylength => 7 << 20) . pack('V', 6 << 20) . 'x' x 1_000_000;
    my $at = 0;
    for (1 .. 50) { my $n = syswrite($s, $part, length($part) - $at, $at); if (defined $n) { $at += $n } else { last if $! != EAGAIN; sleep 0.002 } last if $at >= length $part; }
    push @held, $s;
  }
  answered(ping(), 'ping among partial messages') == 2 or fail('ping');
};

# Peers that ask and do not read, and peers that only get signals and do not read.
$what{slow} = sub {
  my ($askers, $listeners, $rounds) = @rest;
  my (@asking, @listening);
  for (1 .. $listeners) { my $s = ready(); say_to($s, call('Subscribe', '', '')); push @listening, $s; }
  for (1 .. $askers) { my $s = ready(); fcntl($s, 4, 2048); push @asking, $s; }
  my $list = call('ListUnitFiles', '', '') . call('ListUnits', '', '');
  for my $round (1 .. 200) { for my $s (@asking) { syswrite($s, $list x 20); } }
  answered(ping(), 'ping among those that do not read') == 2 or fail('ping');
  my $driver = ready();
  my ($replies, $rest) = (0, '');
  for my $i (1 .. $rounds) {
    for my $name (1 .. 10) {
      for my $member ('StartUnit', 'StopUnit') { say_to($driver, call($member, 'ss', pad(text("target$name.target"), 4) . text('replace'), flags => 0)); }
    }
    # Its own replies and signals are read, or it would be the next to be dropped.
    sysread($driver, my $part, 1 << 20) or fail('who reads was dropped');
  }
  # The listeners have been told megabytes each and have read nothing: together that is more than the manager keeps, so some are gone.
  my $closed = grep { ended($_) } @listening;
  $closed > 0 or fail('nobody who does not read was dropped');
  answered(ping(), 'ping after those that do not read') == 2 or fail('ping');
};

# Whether the connection is closed once everything in it has been read.
sub ended { my ($s) = @_; while (1) { my ($got, $end) = heard($s, 0.3); return 1 if $end; return 0 if $got eq ''; } }

# A foreign user: the connection is closed before a byte is said, whatever is said to it.
$what{foreign} = sub {
  for my $words ('', "\0", $hello, "\0AUTH EXTERNAL 30\r\nBEGIN\r\n" . ping()) {
    for (1 .. 50) {
      socket(my $s, PF_UNIX, SOCK_STREAM, 0) or fail("socket: $!");
      connect($s, sockaddr_un($path)) or fail("connect: $!");
      say_to($s, $words);
      closed($s, 'a foreign user') eq '' or fail('a foreign user was answered');
    }
  }
};

($what{$what} or fail("nothing is called $what"))->();
