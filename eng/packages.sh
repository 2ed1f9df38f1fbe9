# Sourced by build.sh: the packages for people who write daemons.

# pack_packages: artifacts/packages/*.nupkg, one a project whose name begins with Trasgo.Daemon.
pack_packages() {
  local project log=artifacts/pack.log
  mkdir -p artifacts
  rm -rf artifacts/packages
  for project in src/Trasgo.Daemon*/; do
    if ! dotnet pack "$project" -c Release -p:TrasgoLint=false -v quiet --nologo >"$log" 2>&1; then
      cat "$log" >&2
      fail "$project cannot be packed"
    fi
  done
  say "$(echo artifacts/packages/*.nupkg)"
}
