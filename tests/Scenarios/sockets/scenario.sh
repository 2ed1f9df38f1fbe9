# cgroups: v2
# needs: root
start_manager --system
ip link set lo up || true
ctl start one.socket
ctl status one.socket || true
ctl list-sockets
python3 -c 'import socket; s=socket.socket(socket.AF_UNIX); s.connect("/run/out/one")'
eventually test -e /run/out/env
cat /run/out/env
ctl status one.socket one.service || true
ctl start each.socket
for i in 1 2 3; do
python3 - <<'P'
import socket
for a,f in ((("127.0.0.1",4711),socket.AF_INET),("/run/out/each",socket.AF_UNIX)):
    s=socket.socket(f); s.connect(a); s.sendall(b"hello\n"); print(s.recv(200)); s.close()
P
done
ctl status each.socket || true
ctl list-units 'each*' --all
ctl show each.socket
cat $log
alive
