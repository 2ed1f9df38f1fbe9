/* "(sd-pam)": what PAMName= asks for and no list of system calls can do (docs/decisions/pam.md).
 *
 * A spawn program of a unit with PAMName= ends by executing this binary under that name. PAM's modules are C, they change the process that
 * calls them (limits, groups, keyrings, the login uid), and the session is closed by a copy of that process, made by fork. So all of it
 * happens in a process of one thread that the runtime never starts in: a constructor runs before main, and never returns.
 *
 * A socket and a file in memory are shared with the manager, which are the descriptors $TRASGO_PAM and its successor:
 *   manager  puts the request into the file and sends "R"      helper  opens the session, puts groups and environment there, sends "O"
 *   manager  puts the rest of the spawn program there, "G"     helper  runs it, and so becomes the command: the socket closes
 * What fails is told on the socket: "P" and a text of PAM's, or "X" and the step, the operation and the error of the program.
 */
#define _GNU_SOURCE
#include "spawn.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* PAM's numbers, which Linux-PAM and the standard fix (security/_pam_types.h). */
enum { SUCCESS = 0, BUFFER_ERROR = 5, CONVERSATION_ERROR = 19, ITEM_TTY = 3 };
enum { ESTABLISH = 0x2, DELETE = 0x4, SILENT = 0x8000, DATA_SILENT = 0x40000000 };
enum { EXIT_PAM = 224, FIRST_PASSED = 3, MOST_GROUPS = 65536 };

struct conversation {
    int (*answer)(int, const void **, void **, void *);
    void *data;
};

/* In the order of s_names. */
static struct {
    int (*start)(const char *, const char *, const struct conversation *, void **);
    int (*end)(void *, int);
    int (*set_item)(void *, int, const void *);
    int (*putenv)(void *, const char *);
    int (*acct_mgmt)(void *, int);
    int (*setcred)(void *, int);
    int (*open_session)(void *, int);
    int (*close_session)(void *, int);
    char **(*getenvlist)(void *);
    const char *(*strerror)(void *, int);
} pam;

static const char *const s_names[] = {
    "pam_start", "pam_end", "pam_set_item", "pam_putenv", "pam_acct_mgmt",
    "pam_setcred", "pam_open_session", "pam_close_session", "pam_getenvlist", "pam_strerror",
};

/* What the manager asks for: texts that follow each other in the file, the last of them the environment. */
struct request {
    const char *service, *user, *tty, *comm, *environment, *end;
    uid_t uid;
    gid_t gid;
};

static int s_socket, s_file;

static _Noreturn void fail(const char *text)
{
    char message[1024];
    int length = snprintf(message, sizeof(message), "P%s", text ? text : "unknown error");
    (void)!write(s_socket, message, length < (int)sizeof(message) ? length : (int)sizeof(message) - 1);
    _exit(EXIT_PAM);
}

/* Nobody is there to be asked: a service has no one before a screen. */
static int refuse(int count, const void **messages, void **answers, void *data)
{
    (void)count, (void)messages, (void)answers, (void)data;
    return CONVERSATION_ERROR;
}

static void load_library(void)
{
    void *library = dlopen("libpam.so.0", RTLD_NOW | RTLD_GLOBAL);
    if (!library)
        fail(dlerror());
    for (unsigned i = 0; i < sizeof(s_names) / sizeof(*s_names); i++) {
        void *function = dlsym(library, s_names[i]);
        if (!function)
            fail(dlerror());
        memcpy((char *)&pam + i * sizeof(function), &function, sizeof(function));
    }
}

/* The manager has left something in the file. If it is gone instead, so is the start. */
static char *receive(char word, size_t *size)
{
    char got = 0;
    struct stat status;
    if (read(s_socket, &got, 1) != 1 || got != word || fstat(s_file, &status) < 0 || status.st_size == 0)
        _exit(EXIT_PAM);
    char *content = mmap(NULL, *size = status.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, s_file, 0);
    if (content == MAP_FAILED)
        fail("no memory for what the manager asks");
    return content;
}

static const char *next(char **at)
{
    const char *text = *at;
    *at += strlen(text) + 1;
    return text;
}

static struct request read_request(void)
{
    size_t size;
    char *at = receive('R', &size);
    struct request request = {.end = at + size};
    request.service = next(&at), request.user = next(&at), request.tty = next(&at), request.comm = next(&at);
    request.uid = strtoul(next(&at), NULL, 10), request.gid = strtoul(next(&at), NULL, 10);
    request.environment = at;
    if (!*request.tty)
        request.tty = ttyname(STDIN_FILENO);
    return request;
}

/* The session's keeper: a copy of the process that opened it, with all that the modules hold, waits for that process to end. It runs as
 * the user, since only then may the user's process signal it as it dies (PR_SET_PDEATHSIG), and closes the session as the user. A SIGTERM
 * that comes from elsewhere, as when the whole control group is to stop, finds the command alive and is waited out. */
static _Noreturn void keep(void *handle, const struct request *request, pid_t command, int ready)
{
    sigset_t set;
    int got;
    for (int fd = FIRST_PASSED; fd <= s_file; fd++)
        close(fd);
    (void)!setgroups(0, NULL);
    (void)!setresgid(request->gid, request->gid, request->gid);
    (void)!setresuid(request->uid, request->uid, request->uid);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_NAME, "(sd-pam)");
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    close(ready);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    while (getppid() == command)
        sigwait(&set, &got);
    int code = pam.setcred(handle, DELETE | SILENT);
    if (code == SUCCESS)
        code = pam.close_session(handle, SILENT);
    pam.end(handle, code | DATA_SILENT);
    _exit(code == SUCCESS ? 0 : EXIT_PAM);
}

static void fork_keeper(void *handle, const struct request *request)
{
    sigset_t set, old;
    int ready[2];
    char nothing;
    pid_t command = getpid();
    sigemptyset(&set);
    sigaddset(&set, SIGTERM); /* must not get lost before it is waited for */
    sigprocmask(SIG_BLOCK, &set, &old);
    pid_t child = pipe2(ready, O_CLOEXEC) < 0 ? -1 : fork();
    if (child == 0)
        close(ready[0]), keep(handle, request, command, ready[1]);
    sigprocmask(SIG_SETMASK, &old, NULL);
    if (child < 0) {
        pam.close_session(handle, SILENT);
        pam.end(handle, SILENT);
        fail("cannot fork");
    }
    close(ready[1]);
    (void)!read(ready[0], &nothing, 1); /* its end: the keeper has the user's rights, and will hear of our death */
    close(ready[0]);
}

static int open_session(void *handle, const struct request *request, char ***environment)
{
    int code = request->tty ? pam.set_item(handle, ITEM_TTY, request->tty) : SUCCESS;
    for (const char *at = request->environment; code == SUCCESS && at < request->end; at += strlen(at) + 1)
        code = pam.putenv(handle, at);
    if (code == SUCCESS)
        code = pam.acct_mgmt(handle, SILENT);
    if (code != SUCCESS)
        return code;
    pam.setcred(handle, ESTABLISH | SILENT); /* as in systemd a session without credentials is one */
    code = pam.open_session(handle, SILENT);
    if (code == SUCCESS && !(*environment = pam.getenvlist(handle))) {
        pam.close_session(handle, SILENT);
        code = BUFFER_ERROR;
    }
    return code;
}

static void answer(char **environment)
{
    static gid_t groups[MOST_GROUPS];
    int count = getgroups(MOST_GROUPS, groups);
    FILE *file = fdopen(dup(s_file), "w");
    if (!file || ftruncate(s_file, 0) < 0 || fseek(file, 0, SEEK_SET) < 0)
        fail("cannot answer the manager");
    for (int i = 0; i < count; i++)
        fprintf(file, "%s%u", i ? "," : "", (unsigned)groups[i]);
    for (putc(0, file); *environment; environment++)
        fputs(*environment, file), putc(0, file);
    if (fclose(file) != 0 || write(s_socket, "O", 1) != 1)
        _exit(EXIT_PAM);
}

static _Noreturn void become_command(void)
{
    size_t size;
    char *base = receive('G', &size);
    struct image *image = (struct image *)base;
    const uint64_t *relocations = (const uint64_t *)(base + image->relocations);
    for (uint64_t i = 0; i < image->count; i++)
        *(uint64_t *)(base + relocations[i]) += (uint64_t)base;
    struct program *program = (struct program *)(base + image->program);
    int status = trasgo_run(program);
    char message[64];
    int length = snprintf(message, sizeof(message), "X%d %d %d", program->failed_step, program->failed_operation, program->error);
    (void)!write(s_socket, message, length);
    _exit(status);
}

__attribute__((constructor)) static void run_as_helper(int argc, char **argv)
{
    static const struct conversation conversation = {.answer = refuse};
    const char *descriptors = getenv("TRASGO_PAM");
    if (argc != 1 || strcmp(argv[0], "(sd-pam)") != 0 || !descriptors)
        return;
    s_socket = atoi(descriptors), s_file = s_socket + 1;
    fcntl(s_socket, F_SETFD, FD_CLOEXEC), fcntl(s_file, F_SETFD, FD_CLOEXEC);
    unsetenv("TRASGO_PAM");
    signal(SIGPIPE, SIG_IGN); /* the manager may be gone; the command gets its default back */
    struct request request = read_request();
    prctl(PR_SET_NAME, request.comm);
    load_library();
    void *handle = NULL;
    char **environment = NULL;
    int code = pam.start(request.service, request.user, &conversation, &handle);
    if (code != SUCCESS)
        fail(pam.strerror(NULL, code));
    code = open_session(handle, &request, &environment);
    if (code != SUCCESS) {
        const char *text = pam.strerror(handle, code);
        pam.end(handle, code | SILENT);
        fail(text);
    }
    fork_keeper(handle, &request);
    answer(environment);
    become_command();
}
