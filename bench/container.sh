# Sourced by the benchmarks: a throw-away container of the oracle's tree. The caller has set results, oracle, tree and binds.

# in_container NAME INIT... -- SCRIPT ARGS...: boots, runs inside.sh with ARGS, throws the container away.
in_container() {
  local name=$1; shift
  local init=()
  while [[ $1 != -- ]]; do init+=("$1"); shift; done
  shift
  coproc BOX { ORACLE_QUIET=1 ORACLE_BIND="$binds" \
    "$oracle/boot.sh" "$tree" "trasgo-bench-$$-$name" "$results/$name.console" "${init[@]}" 2>/dev/null; }
  local box=$BOX_PID word leader
  read -r word leader <&"${BOX[0]}"
  [[ $word == leader && $leader != 0 ]] || { cat "$results/$name.console"; echo "the container did not start"; exit 1; }
  for _ in $(seq 300); do
    case $(nsenter -t "$leader" -a systemctl is-system-running 2>/dev/null) in running | degraded) break ;; esac
    sleep 0.2
  done
  nsenter -t "$leader" -a /bin/bash /opt/bench/inside.sh "$@"
  eval "exec ${BOX[1]}>&-"
  wait "$box" || true
}
