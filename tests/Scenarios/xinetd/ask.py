# Asks each service and prints what it answers.
import os, socket, time
from common import daytime, datagram, show, stream, four, six

for port in range(7101, 7119):
    if port == 7110:
        continue
    # xinetd drops what is still on its way back when a client that it passes on has no more to say.
    data = b"hello\n" if port in (7108, 7109) else b""
    most = len(data) or 1 << 16
    show("%d IPv4" % port, stream(four, ("127.0.0.1", port), data, most, end=False))
    show("%d IPv6" % port, stream(six, ("::1", port), data, most, end=False))
show("7110", datagram(four, ("127.0.0.1", 7110), b"one"))
show("much by 7108", b"%d" % len(stream(four, ("127.0.0.1", 7108), os.urandom(2000), most=2000, end=False)))
# Six at once, of whom three are served; the others are turned away, and after two seconds it goes on.
def crowd(port, count):
    waiting, served = [], 0
    for _ in range(count):
        try:
            waiting.append(socket.create_connection(("127.0.0.1", port), 5))
        except OSError:
            pass
    for s in waiting:
        try:
            served += s.recv(100) == b"in"
        except OSError:
            pass
        s.close()
    return b"%d served" % served
show("often", crowd(7119, 6))
def back():
    end = time.monotonic() + 6
    while time.monotonic() < end:
        if stream(four, ("127.0.0.1", 7119), end=False) == b"in":
            return b"back"
        time.sleep(0.1)
    return b"gone"
begin = time.monotonic()
show("often again", back() + (b" too soon" if time.monotonic() - begin < 0.9 else b""))
show("daytime", daytime(stream(four, ("127.0.0.1", 13), end=False)))
