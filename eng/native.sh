# Sourced by build.sh: the native binaries.

limit_bytes=$((8 * 1024 * 1024))

runtime_identifier() {
  case $(uname -m) in
    x86_64) echo linux-x64 ;;
    aarch64) echo linux-arm64 ;;
    *) fail "Trasgo is built on x86-64 and arm64, not on $(uname -m)" ;;
  esac
}

# The native compiler for net10.0 needs a runtime pack that not every registry carries. The same sources compile for net9.0,
# so a restore that names the missing pack decides; any other error is an error.
native_framework() {
  local rid=$1 log=artifacts/restore.log
  mkdir -p artifacts
  if dotnet restore src/Trasgo.Cli -r "$rid" -p:TrasgoNative=true -p:TrasgoFramework=net10.0 >"$log" 2>&1; then
    echo net10.0
  elif grep -q 'NU110[0-9].*Runtime\.NativeAOT' "$log"; then
    echo net9.0
  else
    cat "$log" >&2
    return 1
  fi
}

# publish_project PROJECT NAME OUTPUT: one stripped executable.
publish_project() {
  local project=$1 name=$2 output=$3 log
  log=artifacts/publish-$name.log
  if ! dotnet publish "$project" -c Release -r "$rid" -p:TrasgoNative=true -p:TrasgoFramework="$framework" -p:TrasgoLint=false \
      -v quiet >"$log" 2>&1; then
    cat "$log" >&2
    fail "$name does not compile to native code"
  fi
  local built=artifacts/build/$framework/publish/$(basename "$project")/release_$rid/$name
  # A copy under another name first: the old binary may be running, and a reader must never see half a file.
  install -D -m 0755 "$built" "$output.new"
  strip "$output.new"
  mv -f "$output.new" "$output"
}

choose_framework() {
  [[ -n ${framework:-} ]] && return
  rid=$(runtime_identifier)
  framework=$(native_framework "$rid") || fail "the packages of the native build cannot be restored"
  if [[ $framework == net10.0 ]]; then
    say "native code for net10.0"
  else
    say "native code for net9.0: the registry lacks the NativeAOT runtime pack of net10.0"
  fi
}

publish_native() {
  choose_framework
  publish_project src/Trasgo.Cli trasgo artifacts/trasgo
  local size; size=$(stat -c %s artifacts/trasgo)
  say "artifacts/trasgo: $(awk -v s="$size" 'BEGIN { printf "%.2f MB", s / 1048576 }') ($size bytes), stripped"
  ((size <= limit_bytes)) || fail "artifacts/trasgo is over 8 MB"
}

publish_samples() {
  choose_framework
  publish_project samples/Trasgo.Samples.TimeServer timeserver artifacts/samples/timeserver
  publish_project samples/Trasgo.Samples.Heartbeat heartbeat artifacts/samples/heartbeat
  publish_project samples/Trasgo.Samples.WebServer webserver artifacts/samples/webserver
  publish_project samples/Trasgo.Samples.Echo echo artifacts/samples/echo
}
