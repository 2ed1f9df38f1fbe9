#!/usr/bin/env bash
# Everything that is done with this repository starts here; `./build.sh help` says what there is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
for part in setup native packages peers tests; do
  # shellcheck source=/dev/null
  source "eng/$part.sh"
done

usage() {
  cat <<'END'
usage: ./build.sh COMMAND

  run        build, start trasgo as an ordinary process with the units in samples/, show it at work, stop it
  test       build with every check on, run all tests, close with "N passed, N failed, N skipped"
  publish    build the native binary artifacts/trasgo
  pack       the packages for people who write daemons, in artifacts/packages
  bench      compare with systemd, s6, supervisord and the inetds (root, takes minutes); see bench/README.md
  oracle [NAME...]
             run the named cases of tests/Oracle/cases (all without a name) under systemd and under Trasgo
  format     put the source code into the form that `test` asks for
  help       this text
END
}

command_run() {
  need_sdk; need_toolchain
  publish_native
  publish_project samples/Trasgo.Samples.TimeServer timeserver artifacts/samples/timeserver
  bash eng/demo.sh artifacts/trasgo artifacts/samples
}

command_test() {
  need_sdk; need_toolchain; want_containers; want_peers
  publish_native
  publish_samples
  pack_packages
  check_format
  run_all_tests
}

command_publish() { need_sdk; need_toolchain; publish_native; }

command_pack() { need_sdk; pack_packages; }

command_bench() {
  need_sdk; need_toolchain; want_containers; want_peers
  publish_native
  bash bench/run.sh artifacts/trasgo
  bash bench/sockets/run.sh artifacts/trasgo artifacts/peers
}

command_oracle() {
  need_sdk; need_toolchain; want_containers
  publish_native
  TRASGO_ORACLE_CASES="$*" run_test_project tests/Oracle
  print_totals
}

command_format() { need_sdk; dotnet format Trasgo.slnx; }

case ${1:-help} in
  run | test | publish | pack | bench | oracle | format) name=$1; shift; "command_$name" "$@" ;;
  help | -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
