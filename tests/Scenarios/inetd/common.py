# What the clients of the scenarios have in common: to ask, and to judge what differs from one time to the next.
import calendar, socket, time

LIMIT = 5

def stream(family, address, data=b"", most=1 << 16, end=True):
    with socket.socket(family, socket.SOCK_STREAM) as s:
        s.settimeout(LIMIT)
        try:
            s.connect(address)
            s.sendall(data)
            if end:
                s.shutdown(socket.SHUT_WR)
            answer = b""
            while len(answer) < most:
                more = s.recv(most - len(answer))
                if not more:
                    break
                answer += more
            return answer
        except OSError as e:
            return ("error " + type(e).__name__).encode()

def datagram(family, address, data, source=0):
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        s.settimeout(1.5)
        try:
            if source:
                s.bind((address[0], source))
            s.sendto(data, address)
            return s.recv(65536)
        except OSError as e:
            return ("error " + type(e).__name__).encode()

# RFC 867 leaves the form open: inetd writes as ctime(3) does, xinetd another way.
def daytime(answer):
    for form in ("%a %b %d %H:%M:%S %Y\r\n", "%d %b %Y %H:%M:%S %Z\r\n"):
        try:
            said = calendar.timegm(time.strptime(answer.decode(), form))
        except ValueError:
            continue
        if abs(calendar.timegm(time.localtime()) - said) < 5:
            return b"right"
    return answer

def machine(answer):
    return b"right" if len(answer) == 4 and abs(int.from_bytes(answer, "big") - 2208988800 - time.time()) < 5 else answer

def show(name, answer):
    print(name.ljust(24), repr(answer), flush=True)

four, six = socket.AF_INET, socket.AF_INET6
