#!/usr/bin/python3
"""peers.py talk ADDRESS | flood ADDRESS COUNT | hold ADDRESS COUNT [FROM]: peers of the sockets under test.

talk prints what comes. flood connects again and again and keeps the last hundred connections open. hold keeps all of them, prints how many are
served within a second, and ends when its standard input does. ADDRESS is a path or a port of 127.0.0.1.
"""
import select
import socket
import sys


def connect(address, source=None):
    if address.startswith("/"):
        peer = socket.socket(socket.AF_UNIX)
        peer.connect(address)
    else:
        peer = socket.socket(socket.AF_INET)
        if source:
            peer.bind((source, 0))
        peer.connect(("127.0.0.1", int(address)))
    return peer


def served(peers, seconds):
    """How many say that they are served; they, and those that were turned away, are taken out of the list."""
    poll, count = select.poll(), 0
    for peer in peers:
        poll.register(peer, select.POLLIN)
    waiting = {peer.fileno(): peer for peer in peers}
    while waiting:
        ready = poll.poll(seconds * 1000)
        if not ready:
            break
        for number, _ in ready:
            poll.unregister(number)
            try:
                count += waiting.pop(number).recv(100).startswith(b"served")
            except ConnectionResetError:
                pass
    peers[:] = waiting.values()
    return count


def main(verb, address, *rest):
    if verb == "talk":
        print(connect(address).makefile().read(), end="")
    elif verb == "flood":
        kept = []
        for _ in range(int(rest[0])):
            kept.append(connect(address))
            if len(kept) > 100:
                kept.pop(0).close()
    else:
        peers = [connect(address, *rest[1:]) for _ in range(int(rest[0]))]
        waiting = list(peers)
        print(served(waiting, 1), flush=True)
        sys.stdin.read()
        print(served(waiting, 10), flush=True)


main(*sys.argv[1:])
