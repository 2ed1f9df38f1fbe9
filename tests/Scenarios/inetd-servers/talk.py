# Asks a talk daemon, by version 1 of its protocol (protocols/talkd.h), for an invitation that nobody has made. It answers to the address that
# the question names.
import socket, struct
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 0))
s.settimeout(5)
address = struct.pack("!HH4s8x", socket.AF_INET, s.getsockname()[1], socket.inet_aton("127.0.0.1"))
LOOK_UP = 1
question = struct.pack("!BBBBI16s16si12s12s16s", 1, LOOK_UP, 0, 0, 7, address, address, 1, b"root", b"nobody", b"")
s.sendto(question, ("127.0.0.1", 518))
version, kind, answer = s.recv(100)[:3]
print("version", version, "type", kind, "answer", answer)
