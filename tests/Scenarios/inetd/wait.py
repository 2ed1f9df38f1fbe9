# A server that accepts by itself: two connections, and then it ends.
import os, socket
listener = socket.socket(fileno=0)
listener.settimeout(5)
for turn in (1, 2):
    try:
        connection, _ = listener.accept()
    except OSError:
        break
    connection.settimeout(None)
    connection.sendall(b"turn %d of uid %d\n" % (turn, os.getuid()))
    connection.close()
