# Sourced by the scenarios of inetd(8), xinetd(8) and their servers: Debian's programs, which are unpacked and not installed, beside ours.

peers=$(realpath "${TRASGO_PEERS:-$here/../../artifacts/peers}")
libraries=$peers/usr/lib/x86_64-linux-gnu:$peers/lib/x86_64-linux-gnu

# want_peer PROGRAM: one of Debian's, and IPv6, or the scenario is skipped.
want_peer() {
  [[ -x $peers$1 ]] || skip "Debian's $1 is not unpacked"
  [[ -e /proc/net/if_inet6 ]] || skip "the kernel has no IPv6"
}

listening() { [[ -n $(ss -Hltn "sport = :$1") ]]; }
silent() { ! listening "$1"; }
refused() { ! (exec 7<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# say PORT: what a server says first, at most 100 bytes; nothing if it closes the connection.
say() { python3 -c 'import socket, sys; s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5); print(s.recv(100).decode().strip())' "$1"; }

# their_inetd, their_xinetd OPTION...: Debian's, as $theirs, in the foreground of a process of its own.
their_inetd() { LD_LIBRARY_PATH=$libraries "$peers/usr/sbin/inetd" -i /etc/inetd.conf >"$place/theirs.log" 2>&1 & theirs=$!; }
their_xinetd() { LD_LIBRARY_PATH=$libraries "$peers/usr/sbin/xinetd" -dontfork -filelog "$place/theirs.log" -pidfile "$place/pid" -f /etc/xinetd.conf & theirs=$!; }
end_theirs() { kill -TERM "$theirs"; wait "$theirs" || true; }

# same ONE OTHER MESSAGE: two files.
same() { diff "$1" "$2" >"$place/difference" || { cat "$place/difference"; failed "$3"; }; }
hosts() { printf '127.0.0.1 localhost\n::1 localhost\n' >/etc/hosts; }
