# A datagram server: it answers what is there and ends when nothing has come for a while.
import os, socket
server = socket.socket(fileno=0)
server.settimeout(0.3)
try:
    while True:
        data, peer = server.recvfrom(2048)
        server.sendto(b"uid %d got %s" % (os.getuid(), data), peer)
except OSError:
    pass
