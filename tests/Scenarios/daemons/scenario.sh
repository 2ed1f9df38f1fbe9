# cgroups: v2 none
# needs: root
# Programs on Trasgo.Daemon under Trasgo: a daemon of the old kind with its PID file, one that notifies, one with children.
samples=${TRASGO_SAMPLES:-$here/../../artifacts/samples}
[[ -x $samples/timeserver ]] || skip "$samples/timeserver is missing; ./build.sh test makes it"
mount --bind "$samples" /mnt
ask() { exec 3<>"/dev/tcp/127.0.0.1/$(<"/run/out/$1.port")" && read -r answer <&3; exec 3>&-; [[ $answer == *-UTC,* ]]; }
ip link set lo up 2>/dev/null || true
start_manager --system

# The job ends when the daemon is up: the port is open and the PID file names the main process.
ctl start forking.service
ask forking || failed "the daemon does not answer"
main=$(prop forking.service MainPID)
equal "$main" "$(cat /run/forking.pid)" "main process and PID file"
equal "$(ps -o tty= -p "$main" | tr -d ' ')" "?" "terminal"
equal "$(readlink "/proc/$main/cwd")" / "working directory"
[[ $(ps -o sid= -p "$main" | tr -d ' ') != "$main" ]] || failed "the daemon leads its session"

# A second one is refused, and says by whom it is kept out.
ctl start second.service && failed "a second daemon was started"
grep -q "already running: process $main holds /run/forking.pid" /run/out/second.log || failed "the second said: $(cat /run/out/second.log)"

# It is killed: the file that is left behind keeps nobody out.
kill -KILL "$main"
eventually has forking.service SubState running
eventually ask forking
[[ $(prop forking.service MainPID) != "$main" ]] || failed "the main process is the one that was killed"
ctl stop forking.service
[[ ! -e /run/forking.pid ]] || failed "the PID file is still there"

# One that gives up root when its port is open and its files are written is the service's all the same.
ctl start dropping.service
main=$(prop dropping.service MainPID)
equal "$main" "$(cat /run/dropping.pid)" "main process and PID file"
equal "$(ps -o user= -p "$main")" nobody "user"
ask dropping || failed "the daemon does not answer"
ctl stop dropping.service
equal "$(prop dropping.service Result)" success "result"
! kill -0 "$main" 2>/dev/null || failed "the daemon outlived its service"

# Readiness and status by notification; a graceful end.
ctl start notifying.service
equal "$(prop notifying.service StatusText)" "Telling the time on port $(cat /run/out/notifying.port)" "status"
ask notifying || failed "the service does not answer"
ctl stop notifying.service
equal "$(prop notifying.service Result)" success "result"

# Children of a server are the service's, and end with it.
ctl start concurrent.service
exec 4<>"/dev/tcp/127.0.0.1/$(cat /run/out/concurrent.port)"
read -r answer <&4
child=$(echo "${answer##* }" | tr -d '\r')
[[ $child != $(prop concurrent.service MainPID) ]] || failed "the server answered itself"
kill -0 "$child" || failed "process $child is not there"
ctl kill --signal=KILL concurrent.service
eventually has concurrent.service ActiveState failed
! kill -0 "$child" 2>/dev/null || failed "the child outlived its service"
exec 4>&-
alive
