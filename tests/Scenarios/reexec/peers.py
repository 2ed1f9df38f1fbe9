#!/usr/bin/python3
"""The services and the clients of the scenario: `serve`, `watched`, `knock PATH ENOUGH [TIMES]` and `keep PATH ENOUGH`."""
import array
import os
import signal
import socket
import sys
import time


def notify(text, fds=()):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
        s.connect(os.environ["NOTIFY_SOCKET"])
        s.sendmsg([text.encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else [])


def serve():
    """Answers whoever connects to the socket that was passed, and ends after a while without anybody, so that it is activated again."""
    listener = socket.socket(fileno=3)
    listener.settimeout(0.15)
    while True:
        try:
            peer, _ = listener.accept()
        except socket.timeout:
            return
        with peer:
            peer.settimeout(5)
            peer.sendall(peer.recv(16))


def watched():
    """Stores a descriptor and pings the watchdog for ever."""
    fd = os.memfd_create("kept")
    os.write(fd, b"kept")
    notify("FDSTORE=1\nFDNAME=mine", [fd])
    notify("READY=1\nSTATUS=well, one line")
    while True:
        notify("WATCHDOG=1")
        time.sleep(0.3)


def knock(path, enough, times="-1"):
    """Connects again and again until the file is there, or that often; every connection must be taken and answered."""
    count = refused = 0
    while not os.path.exists(enough) and count != int(times):
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(20)
            try:
                s.connect(path)
                s.sendall(b"hello")
                if s.recv(16) != b"hello":
                    refused += 1
                    print("no answer", file=sys.stderr)
            except OSError as e:
                refused += 1
                print(e, file=sys.stderr)
        count += 1
        time.sleep(0.005)
    print(count, refused)


def keep(path, enough):
    """One connection that stays open, and is answered to the end."""
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(path)
        while not os.path.exists(enough):
            s.sendall(b"still")
            if s.recv(16) != b"still":
                sys.exit("the connection broke")
            time.sleep(0.05)
    print("kept")


signal.signal(signal.SIGPIPE, signal.SIG_DFL)
{"serve": serve, "watched": watched, "knock": knock, "keep": keep}[sys.argv[1]](*sys.argv[2:])
