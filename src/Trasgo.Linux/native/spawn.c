/* Runs a spawn program: a flat list of system calls, laid out beforehand, in a child that shares our memory until it executes.
 *
 * Managed code may not run between fork and exec, and a plain fork copies the page tables of a large process. So the child is made
 * with CLONE_VM, and everything it needs lies in memory already. Either it runs on the caller's stack while the caller sleeps
 * (CLONE_VFORK), or on a stack of its own beside the caller, who then learns of a failure by looking into the program when the child has
 * ended. It calls no function of the C library: a lock or a thread-local variable there would be the parent's.
 * There is no logic here. What is done, and in which order, is decided by whoever wrote the program (SpawnProgram.cs).
 */
#include "spawn.h"

#include <asm/unistd.h>
#include <linux/sched.h>

static inline __attribute__((always_inline)) long call(long number, long a, long b, long c, long d, long e, long f)
{
#if defined(__x86_64__)
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
#else
#error "no system call sequence for this machine"
#endif
}

/* Bit n-1 of the set is signal n. */
static long reset_signals(uint64_t set)
{
    uint64_t action[4] = {0}; /* the kernel's struct sigaction: SIG_DFL, no flags, empty mask */
    for (long signal = 1; set != 0; signal++, set >>= 1)
        if (set & 1)
            call(__NR_rt_sigaction, signal, (long)action, 0, sizeof(uint64_t), 0, 0); /* KILL and STOP refuse, rightly */
    return 0;
}

static long put_pid(char *at)
{
    char digits[12];
    int count = 0;
    for (long pid = call(__NR_getpid, 0, 0, 0, 0, 0, 0); pid > 0; pid /= 10)
        digits[count++] = (char)('0' + pid % 10);
    while (count > 0)
        *at++ = digits[--count];
    *at = 0;
    return 0;
}

/* Tries the candidates in their order, as execvp does: what is missing or may not be executed leaves the turn to the next. */
static long execute(const int64_t *arguments)
{
    long error = -2; /* ENOENT */
    for (char **path = (char **)arguments[0]; *path; path++) {
        long result = call(__NR_execve, (long)*path, arguments[1], arguments[2], 0, 0, 0);
        if (result != -2 && result != -20 && result != -13)
            return result;
        if (result == -13)
            error = result; /* EACCES tells more than ENOENT */
    }
    return error;
}

static long perform(const struct operation *op, int64_t *slots)
{
    long a[6];
    for (int i = 0; i < 6; i++)
        a[i] = (op->from_slot >> i & 1) ? slots[op->arguments[i]] : op->arguments[i];
    switch (op->kind) {
    case OP_RESET_SIGNALS: return reset_signals((uint64_t)a[0]);
    case OP_PUT_PID: return put_pid((char *)a[0]);
    case OP_EXECUTE: return execute(op->arguments);
    case OP_FAIL: return -a[0];
    default: return call(op->number, a[0], a[1], a[2], a[3], a[4], a[5]);
    }
}

/* Returns only if an operation failed; then the status that the process is to end with. */
__attribute__((noinline)) int trasgo_run(struct program *program)
{
    for (int i = 0; i < program->count; i++) {
        const struct operation *op = &program->operations[i];
        long result = perform(op, program->slots);
        if (result < 0 && result > -4096) {
            if (op->kind != OP_EXECUTE && (op->flags & FLAG_IGNORE_ERROR))
                continue;
            program->failed_operation = i;
            program->failed_step = op->step;
            program->error = (int32_t)-result;
            /* A command with the prefix "-" whose file is missing counts as one that succeeded. */
            return (op->flags & FLAG_IGNORE_ERROR) ? 0 : op->step;
        }
        if (op->store >= 0)
            program->slots[op->store] = result;
    }
    return 0;
}

static __attribute__((noinline, noreturn)) void run(struct program *program)
{
    int status = trasgo_run(program);
    for (;;)
        call(__NR_exit_group, status, 0, 0, 0, 0, 0);
}

static long make_child(struct program *program)
{
    const uint64_t flags = CLONE_VM | CLONE_VFORK | CLONE_PARENT_SETTID;
    int32_t pidfd = -1;
    struct clone_args arguments = {
        .flags = flags | CLONE_PIDFD | (program->control_group >= 0 ? CLONE_INTO_CGROUP : 0),
        .pidfd = (uint64_t)(uintptr_t)&pidfd,
        .parent_tid = (uint64_t)(uintptr_t)&program->pid,
        .exit_signal = 17 /* SIGCHLD */,
        .cgroup = program->control_group >= 0 ? (uint64_t)program->control_group : 0,
    };
    /* The child goes on in this very frame, so all it may do here is leave it. */
    long pid = call(__NR_clone3, (long)&arguments, sizeof(arguments), 0, 0, 0, 0);
    if (pid == 0)
        run(program);
    if (pid > 0)
        program->pidfd = pidfd;
    return pid;
}

/* Where clone3 is unknown or forbidden, as under container runtimes' older filters. */
static long make_child_plainly(struct program *program)
{
    long pid = call(__NR_clone, CLONE_VM | CLONE_VFORK | CLONE_PARENT_SETTID | 17, 0, (long)&program->pid, 0, 0, 0);
    if (pid == 0)
        run(program);
    if (pid > 0)
        program->pidfd = (int32_t)call(__NR_pidfd_open, pid, 0, 0, 0, 0, 0);
    return pid;
}

/* With a stack of its own the child cannot go on in our frame: it begins in run(), and never returns. */
static long clone_apart(struct clone_args *arguments, struct program *program)
{
#if defined(__x86_64__)
    long result;
    __asm__ volatile("syscall\n\t"
                     "testq %%rax, %%rax\n\t"
                     "jnz 1f\n\t"
                     "xorl %%ebp, %%ebp\n\t"
                     "movq %[program], %%rdi\n\t"
                     "callq *%[run]\n\t"
                     "hlt\n"
                     "1:"
                     : "=a"(result)
                     : "a"((long)__NR_clone3), "D"(arguments), "S"(sizeof(*arguments)), [program] "r"(program), [run] "r"(run)
                     : "rcx", "r11", "memory", "cc");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = __NR_clone3;
    register long x0 __asm__("x0") = (long)arguments;
    register long x1 __asm__("x1") = sizeof(*arguments);
    __asm__ volatile("svc 0\n\t"
                     "cbnz x0, 1f\n\t"
                     "mov x29, xzr\n\t"
                     "mov x0, %[program]\n\t"
                     "blr %[run]\n\t"
                     "brk 0\n"
                     "1:"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), [program] "r"(program), [run] "r"(run)
                     : "memory", "cc");
    return x0;
#endif
}

/* As trasgo_spawn, but the child runs beside us: the caller goes on at once, and keeps the program until running is 0. ENOSYS and EPERM are
 * those of clone3. */
__attribute__((visibility("default"))) int32_t trasgo_spawn_apart(struct program *program)
{
    uint64_t all = ~0ULL, old = 0;
    int32_t pidfd = -1;
    struct clone_args arguments = {
        .flags = CLONE_VM | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_PIDFD |
                 (program->control_group >= 0 ? CLONE_INTO_CGROUP : 0),
        .pidfd = (uint64_t)(uintptr_t)&pidfd,
        .child_tid = (uint64_t)(uintptr_t)&program->running,
        .parent_tid = (uint64_t)(uintptr_t)&program->pid,
        .exit_signal = 17 /* SIGCHLD */,
        .stack = (uint64_t)(uintptr_t)program->stack,
        .stack_size = (uint64_t)program->stack_size,
        .cgroup = program->control_group >= 0 ? (uint64_t)program->control_group : 0,
    };
    program->pid = 0;
    program->pidfd = -1;
    program->running = 1;
    call(__NR_rt_sigprocmask, 2 /* SIG_SETMASK */, (long)&all, (long)&old, sizeof(all), 0, 0);
    long pid = clone_apart(&arguments, program);
    call(__NR_rt_sigprocmask, 2, (long)&old, 0, sizeof(old), 0, 0);
    if (pid > 0)
        program->pidfd = pidfd;
    else
        program->running = 0;
    return (int32_t)pid;
}

/* The PID, or a negative error number when there is no child. */
__attribute__((visibility("default"))) int32_t trasgo_spawn(struct program *program)
{
    uint64_t all = ~0ULL, old = 0;
    program->pid = 0;
    program->pidfd = -1;
    /* A handler of ours must not run in the child, on our stack. */
    call(__NR_rt_sigprocmask, 2 /* SIG_SETMASK */, (long)&all, (long)&old, sizeof(all), 0, 0);
    long pid = make_child(program);
    /* EMFILE: a child without a pidfd is better than none. */
    if ((pid == -38 /* ENOSYS */ || pid == -1 /* EPERM */ || pid == -24) && program->control_group < 0)
        pid = make_child_plainly(program);
    call(__NR_rt_sigprocmask, 2, (long)&old, 0, sizeof(old), 0, 0);
    return (int32_t)pid;
}
