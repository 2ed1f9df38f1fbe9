# Asks each service and prints what it answers.
import os
from common import daytime, datagram, show, stream, four, six

for port in range(7101, 7115):
    if port == 7110:
        continue
    # xinetd drops what is still on its way back when a client that it passes on has no more to say.
    data = b"hello\n" if port in (7108, 7109) else b""
    most = len(data) or 1 << 16
    show("%d IPv4" % port, stream(four, ("127.0.0.1", port), data, most, end=False))
    show("%d IPv6" % port, stream(six, ("::1", port), data, most, end=False))
show("7110", datagram(four, ("127.0.0.1", 7110), b"one"))
show("much by 7108", b"%d" % len(stream(four, ("127.0.0.1", 7108), os.urandom(2000), most=2000, end=False)))
show("daytime", daytime(stream(four, ("127.0.0.1", 13), end=False)))
