# Sourced by build.sh: the programs of Debian that tests talk to and start. They are unpacked and not installed: a log daemon that
# was installed would take over the machine's log.

peer_packages=(
  rsyslog libestr0 libfastjson4 netcat-openbsd libbsd0 libmd0 openbsd-inetd xinetd libwrap0 libevent-2.1-7 libtirpc3
  # What inetds have started for decades.
  netbase tcpd tftpd-hpa finger fingerd vsftpd micro-httpd nullidentd popa3d inetutils-telnetd inetutils-talkd openssh-server openssh-client rsync libpopt0 libxxhash0
)
peers=artifacts/peers

# want_peers: artifacts/peers/usr/sbin/rsyslogd and others. Needs no right of any kind; without it some tests are skipped and say so.
want_peers() {
  [[ -e $peers/.complete && $(<"$peers/.complete") == "${peer_packages[*]}" ]] && return
  if ! have apt-get || ! have dpkg-deb; then
    say "without apt-get and dpkg-deb the tests with ${peer_packages[*]} are skipped"
    return
  fi
  say "unpacking ${peer_packages[*]}"
  local log=artifacts/peers.log package
  rm -rf "$peers"
  mkdir -p "$peers/packages"
  if ! (cd "$peers/packages" && download_packages "${peer_packages[@]}") >"$log" 2>&1; then
    tail -n 3 "$log" >&2
    say "without ${peer_packages[*]} some tests are skipped"
    return
  fi
  for package in "$peers"/packages/*.deb; do dpkg-deb -x "$package" "$peers"; done
  rm -rf "$peers/packages"
  echo "${peer_packages[*]}" >"$peers/.complete"
}

# Into the working directory. Lists that are missing or old are fetched by whoever may.
download_packages() {
  apt-get download -q "$@" && return
  [[ $(id -u) == 0 ]] && apt-get update -q && apt-get download -q "$@"
}
