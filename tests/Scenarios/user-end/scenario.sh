# cgroups: none
# systemctl exit, SIGTERM and SIGINT end a user's manager in order, whatever it is about to do, and with what was asked for as its status.
mkdir -p /run/home "$place/own"
cp "$here/$scenario/units/"* /etc/systemd/user/
cp "$here/$scenario/units/"* "$place/own/"
printf '[Unit]\nDescription=Default\n' | tee /etc/systemd/user/default.target >"$place/own/default.target"
export HOME=/run/home

# once HOW BUSY: a manager that is doing BUSY is ended by HOW.
once() {
  rm -f /run/out/stopped
  start_manager --user
  ctl start steady.service || failed "start"
  case $2 in
    idle) ;;
    starting) ctl start --no-block slow-start.service ;;
    stopping) ctl start slow-stop.service; ctl stop --no-block slow-stop.service ;;
    restarting) ctl start slow-stop.service; ctl restart --no-block slow-stop.service ;;
    reloading) ctl daemon-reload & ;;
  esac
  case $1 in
    exit) ctl exit || failed "exit while $2" ;;
    exit-ours) "$trasgo" systemctl --user exit || failed "our exit while $2" ;;
    twice) kill -TERM "$manager"; sleep 0.01; kill -TERM "$manager" 2>/dev/null || true ;;
    *) kill "-$1" "$manager" ;;
  esac
  ( sleep 10; kill -KILL "$manager" ) 2>/dev/null &
  watchdog=$!
  status=0; wait "$manager" || status=$?
  kill "$watchdog" 2>/dev/null; wait "$watchdog" 2>/dev/null || true
  equal "$status" 0 "status after $1 while $2"
  [[ $(cat /run/out/stopped) == stopped ]] || failed "$1 while $2: not stopped in order"
  no_process 'sleep 8642[2]' || failed "$1 while $2: a process survived"
  wait
}

for round in 1 2 3; do
  for how in exit exit-ours TERM INT twice; do
    for busy in idle starting stopping restarting reloading; do once $how $busy; done
  done
done

# Where there is no exit.target, since one directory of one's own is all there is, a signal still ends it in order.
export SYSTEMD_UNIT_PATH=$place/own
printf '[Unit]\nDefaultDependencies=no\n' | tee -a "$place"/own/*.service >/dev/null
for how in TERM INT twice; do
  for busy in idle starting stopping restarting; do once $how $busy; done
done
