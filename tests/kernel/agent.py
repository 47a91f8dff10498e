"""Sockets of the kernel test. Node has no way to IP_TRANSPARENT, SO_MARK, SO_ORIGINAL_DST or another user per socket.

    agent.py listen JSON   one process: opens the given sockets and writes one line of JSON for every token it receives
    agent.py send          one JSON command a line on standard input, one JSON answer a line; a child process each
"""

import json
import os
import selectors
import socket
import struct
import sys

IP_TRANSPARENT, SO_MARK, SO_ORIGINAL_DST, IPV6_TRANSPARENT = 19, 36, 80, 75


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def become(uid, gid):
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def new_socket(family, protocol, mark=0, transparent=False):
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    made = socket.socket(socket.AF_INET6 if family == "ipv6" else socket.AF_INET, kind)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == "ipv6":
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    if transparent and family == "ipv6":
        made.setsockopt(socket.IPPROTO_IPV6, IPV6_TRANSPARENT, 1)
    elif transparent:
        made.setsockopt(socket.SOL_IP, IP_TRANSPARENT, 1)
    if mark:
        made.setsockopt(socket.SOL_SOCKET, SO_MARK, mark)
    return made


def original_destination(connection, family):
    try:
        if family == "ipv6":
            raw = connection.getsockopt(socket.IPPROTO_IPV6, SO_ORIGINAL_DST, 28)
            return [socket.inet_ntop(socket.AF_INET6, raw[8:24]), struct.unpack("!H", raw[2:4])[0]]
        raw = connection.getsockopt(socket.SOL_IP, SO_ORIGINAL_DST, 16)
        return [socket.inet_ntoa(raw[4:8]), struct.unpack("!H", raw[2:4])[0]]
    except OSError:
        return None


def listen(spec):
    # The rules look at who made the socket, so sockets are made after the change of user. Root stays root: only it may
    # mark and take connections for other addresses.
    if spec["uid"] == 0:
        os.setgid(spec["gid"])
    else:
        become(spec["uid"], spec["gid"])
    selector = selectors.DefaultSelector()
    for one in spec["sockets"]:
        made = new_socket(one["family"], one["protocol"], one.get("mark", 0), one.get("transparent", False))
        made.bind((one["address"], one["port"]))
        if one["protocol"] == "tcp":
            made.listen(128)
        selector.register(made, selectors.EVENT_READ, one)
    say({"ready": len(spec["sockets"])})
    while True:
        for key, _ in selector.select():
            receive(key.fileobj, key.data, spec["name"])


def receive(made, one, name):
    if one["protocol"] == "udp":
        data, peer = made.recvfrom(64)
        say({"token": data.decode(), "by": name, "port": one["port"], "peer": peer[0]})
        try:
            made.sendto(b"ok", peer)
        except OSError:
            pass
        return
    connection, peer = made.accept()
    connection.settimeout(1)
    try:
        data = connection.recv(64)
        local = connection.getsockname()
        say({
            "token": data.decode(), "by": name, "port": one["port"], "peer": peer[0], "local": [local[0], local[1]],
            "original": original_destination(connection, one["family"]),
        })
        connection.sendall(b"ok")
    except OSError:
        pass
    connection.close()


def attempt(command):
    made = new_socket(command["family"], command["protocol"], command.get("mark", 0), command.get("transparent", False))
    made.settimeout(command["timeout"])
    if "source" in command:
        made.bind((command["source"], 0))
    try:
        made.connect((command["destination"], command["port"]))
        source = made.getsockname()
        made.sendall(command["token"].encode())
        result = "sent"
        if command["protocol"] == "tcp":
            result = "answered" if made.recv(8) == b"ok" else "closed"
        return {"result": result, "source": source[0], "sport": source[1]}
    except socket.timeout:
        return {"result": "timeout"}
    except OSError as error:
        return {"result": "refused" if error.errno in (111, 104, 113) else str(error)}


def send():
    for line in sys.stdin:
        command = json.loads(line)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            become(command["uid"], command["gid"])
            os.write(writer, json.dumps(attempt(command)).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as answer:
            text = answer.read()
        os.waitpid(child, 0)
        say({"token": command["token"], **(json.loads(text) if text else {"result": "child died"})})


if sys.argv[1] == "listen":
    listen(json.loads(sys.argv[2]))
else:
    send()
