#!/bin/bash
# Asks each server with its own kind of client. What is printed is the same each time.
cd /run/servers
title() { printf '%s: ' "$1"; }
title tftp; curl -sS -m 10 tftp://127.0.0.1/motd 2>&1
title tftp/missing; curl -sS -m 10 tftp://127.0.0.1/none >/dev/null 2>&1; echo "$?"
title finger; { exec 3<>/dev/tcp/127.0.0.1/79; printf 'root\r\n' >&3; timeout 5 head -c 300 <&3 | tr -d '\r' | grep -o 'Login: root'; exec 3>&-; }
title ftp; curl -sS -m 10 ftp://127.0.0.1/motd 2>&1
title ftp/6; curl -sS -m 10 'ftp://[::1]/motd' 2>&1
title git; timeout 10 git ls-remote git://127.0.0.1/repository 2>&1 | cut -f 2 | xargs
title git/6; timeout 10 git ls-remote 'git://[::1]/repository' 2>&1 | cut -f 2 | xargs
title ssh; timeout 10 ssh-keyscan -t ed25519 127.0.0.1 2>/dev/null
title http; curl -sS -m 10 http://127.0.0.1/motd 2>&1
title ident; { exec 3<>/dev/tcp/127.0.0.1/113; printf '5000, 25\r\n' >&3; timeout 5 head -n 1 <&3 | tr -d '\r'; exec 3>&-; }
title pop3; { exec 3<>/dev/tcp/127.0.0.1/110; timeout 5 head -c 3 <&3; printf 'QUIT\r\n' >&3; exec 3>&-; echo; }
title telnet; { exec 3<>/dev/tcp/127.0.0.1/23; timeout 5 head -c 3 <&3 | od -An -tx1; exec 3>&-; }
title talk; python3 /run/servers/talk.py 2>&1 | tail -n 1
