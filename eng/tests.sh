# Sourced by build.sh: runs test projects one after another and adds up what their result files say.

results=artifacts/test-results
broken_runs=0

run_test_project() {
  local project=$1 name; name=$(basename "$project")
  say "$name"
  local log=artifacts/test-$name.log status=0
  rm -f "$results/$name.trx"
  # A shell without job control starts what it puts into the background with SIGINT and SIGQUIT ignored, and nohup with SIGHUP; programs under test inherit
  # that.
  TRASGO_BINARY=$PWD/artifacts/trasgo TRASGO_SAMPLES=$PWD/artifacts/samples \
    env --default-signal=HUP,INT,QUIT,PIPE,TERM dotnet test "$project" --nologo -v quiet ${no_build:-} --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" 2>&1 | tee "$log" || status=$?
  # A test host that died leaves no counters or only part of them: such a run must not pass for an empty one.
  if ((status)) && ! counters "$name" | awk '{ exit !($2 > 0) }'; then
    broken_runs=$((broken_runs + 1))
  fi
}

# counters NAME: "passed failed skipped" of one result file.
counters() {
  sed -n 's/.*<Counters total="\([0-9]*\)" executed="\([0-9]*\)" passed="\([0-9]*\)" failed="\([0-9]*\)".*/\1 \2 \3 \4/p' \
    "$results/$1.trx" 2>/dev/null | awk '{ p += $3; f += $4; s += $1 - $2 } END { print p + 0, f + 0, s + 0 }'
}

# The names of the tests that failed, which are far up in the output by then.
failed_tests() {
  local file
  for file in "$results"/*.trx; do
    [[ ! -e $file ]] || sed -n 's/.*<UnitTestResult .*testName="\([^"]*\)".* outcome="Failed".*/FAILED: \1/p' "$file" | sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
  done
}

print_totals() {
  local passed=0 failed=$broken_runs skipped=0 file p f s
  for file in "$results"/*.trx; do
    [[ -e $file ]] || continue
    read -r p f s < <(counters "$(basename "$file" .trx)")
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done
  failed_tests
  ((broken_runs == 0)) || echo "$broken_runs test run(s) ended without a result"
  ((passed + failed > 0)) || { echo "no test was executed"; failed=1; }
  echo "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0))
}

check_format() {
  say "format"
  dotnet format whitespace Trasgo.slnx --no-restore --verify-no-changes || fail "the source is not formatted. Type: ./build.sh format"
}

run_all_tests() {
  rm -rf "$results"
  say "building with all analyzers"
  dotnet build Trasgo.slnx --nologo -v quiet || fail "the build has errors"
  no_build=--no-build
  local project
  for project in tests/*.Tests tests/Scenarios tests/Oracle; do
    run_test_project "$project"
  done
  print_totals
}
