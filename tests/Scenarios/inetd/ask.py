# Asks each service and prints what it answers: what differs from one time to the next, like the time itself, is judged and not shown.
import socket, sys
from common import daytime, datagram, four, machine, show, six, stream

for port in range(7001, 7017):
    if port in (7003, 7004):
        continue
    # What a server leaves unread when it ends makes the kernel take back what it wrote.
    reads = port in (7001, 7013, 7014)
    show("%d IPv4" % port, stream(four, ("127.0.0.1", port), b"hello\n" if reads else b"", end=reads))
    show("%d IPv6" % port, stream(six, ("::1", port), b"hello\n" if reads else b"", end=reads))
for _ in range(4):
    show("7003 waits", stream(four, ("127.0.0.1", 7003), end=False))
for word in (b"one", b"two"):
    show("7004 IPv4", datagram(four, ("127.0.0.1", 7004), word))
show("unix", stream(socket.AF_UNIX, "/run/inetd/stream", b"path\n"))
for family, host in ((four, "127.0.0.1"), (six, "::1")):
    show("echo", stream(family, (host, 7), b"x" * 30000))
    show("discard", stream(family, (host, 9), b"x" * 30000))
    show("chargen", stream(family, (host, 19), most=8000, end=False))
    show("daytime", daytime(stream(family, (host, 13), end=False)))
    show("time", machine(stream(family, (host, 37), end=False)))
host = sys.argv[1]
show("echo/udp", datagram(four, (host, 7), b"datagram"))
show("discard/udp", datagram(four, (host, 9), b"datagram"))
show("chargen/udp", datagram(four, (host, 19), b"datagram"))
show("chargen/udp again", datagram(four, (host, 19), b"datagram"))
show("daytime/udp", daytime(datagram(four, (host, 13), b"datagram")))
show("time/udp", machine(datagram(four, (host, 37), b"datagram")))
if "ours" in sys.argv:
    # Debian's inetd answers a reserved port, and has no answer for a datagram by IPv6 while its server for IPv4 runs.
    show("echo/udp reserved", datagram(four, (host, 7), b"datagram", source=1000))
    show("7004 IPv6", datagram(six, ("::1", 7004), b"three"))
