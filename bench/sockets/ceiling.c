/* ceiling PORT [GROUPS-DIRECTORY]: serves connections with as few system calls as a server that starts a program for each can make. With a directory
 * of cgroup2 each program gets a control group of its own there, made before it and removed after it. What is left to a real server is the
 * difference to this one. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../../src/Trasgo.Linux/native/spawn.c"

enum { MOST = 4096 };
static struct { pid_t pid; char name[32]; } children[MOST];
static int groups = -1;

static void reap(void) {
        int status;
        for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
                for (int i = 0; i < MOST; i++)
                        if (children[i].pid == pid) {
                                children[i].pid = 0;
                                if (groups >= 0)
                                        unlinkat(groups, children[i].name, AT_REMOVEDIR);
                                break;
                        }
}

static void serve(int connection, unsigned number) {
        int slot = 0, group = -1;
        while (slot < MOST && children[slot].pid)
                slot++;
        if (slot == MOST)
                return;
        if (groups >= 0) {
                snprintf(children[slot].name, sizeof children[slot].name, "line@%u.service", number);
                mkdirat(groups, children[slot].name, 0755);
                group = openat(groups, children[slot].name, O_PATH | O_DIRECTORY | O_CLOEXEC);
        }
        static const uint64_t nothing;
        static char *candidates[] = { "/opt/sockets/server", NULL }, *argv[] = { "server", NULL }, *environment[] = { NULL };
        struct operation operations[] = {
                { .kind = OP_CALL, .number = __NR_rt_sigprocmask, .store = -1, .arguments = { SIG_SETMASK, (intptr_t) &nothing, 0, sizeof nothing } },
                { .kind = OP_CALL, .number = __NR_dup3, .store = -1, .arguments = { connection, 0, 0 } },
                { .kind = OP_CALL, .number = __NR_dup3, .store = -1, .arguments = { connection, 1, 0 } },
                { .kind = OP_EXECUTE, .store = -1, .arguments = { (intptr_t) candidates, (intptr_t) argv, (intptr_t) environment } },
        };
        int64_t slots[1];
        struct program program = { .operations = operations, .slots = slots, .count = sizeof operations / sizeof *operations, .control_group = group };
        pid_t pid = trasgo_spawn(&program);
        if (program.pidfd >= 0)
                close(program.pidfd);
        children[slot].pid = pid > 0 ? pid : 0;
        if (group >= 0)
                close(group);
}

int main(int argc, char **argv) {
        struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), one = 1;
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (bind(listener, (struct sockaddr *) &address, sizeof address) < 0 || listen(listener, 4096) < 0)
                return 1;
        if (argc > 2 && (groups = open(argv[2], O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0)
                return 2;
        sigset_t mask;
        sigemptyset(&mask);
        sigaddset(&mask, SIGCHLD);
        sigprocmask(SIG_BLOCK, &mask, NULL);
        int signals = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC), loop = epoll_create1(EPOLL_CLOEXEC);
        struct epoll_event event = { .events = EPOLLIN, .data.fd = listener };
        epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event);
        event.data.fd = signals;
        epoll_ctl(loop, EPOLL_CTL_ADD, signals, &event);
        for (unsigned number = 0;;) {
                int count = epoll_wait(loop, &event, 1, -1);
                if (count > 0 && event.data.fd == signals) {
                        struct signalfd_siginfo info;
                        (void) !read(signals, &info, sizeof info);
                        reap();
                } else if (count > 0) {
                        int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
                        if (connection >= 0) {
                                serve(connection, number++);
                                close(connection);
                        }
                }
        }
}
