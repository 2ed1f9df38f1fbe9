/* What a spawn program is made of; SpawnProgram.cs writes it, spawn.c runs it. */
#ifndef TRASGO_SPAWN_H
#define TRASGO_SPAWN_H

#include <stdint.h>

enum { OP_CALL, OP_RESET_SIGNALS, OP_PUT_PID, OP_EXECUTE, OP_FAIL };
enum { FLAG_IGNORE_ERROR = 1 };

struct operation {
    int32_t kind;
    int32_t step;       /* the child's exit status if this fails */
    int32_t flags;
    int32_t number;     /* of the system call */
    int32_t store;      /* the slot for its result, or -1 */
    uint16_t from_slot; /* bit n: argument n is the number of a slot, whose value is meant */
    uint8_t addresses;  /* the writer's: argument n is an address, and moves with the program's memory */
    uint8_t lent;       /* the writer's: argument n is a descriptor that is the program's only as long as its owner is at it */
    int64_t arguments[6];
};

struct program {
    struct operation *operations;
    int64_t *slots;
    int32_t count;
    int32_t control_group; /* a directory of cgroup2 to be born in, or -1 */
    /* Results. The kernel writes pid before the child exists, so that a reaper can tell it from a stranger. */
    volatile int32_t pid;
    volatile int32_t pidfd;
    volatile int32_t failed_step;
    volatile int32_t failed_operation;
    volatile int32_t error;
    /* For a child that runs beside us: the kernel clears it when the child does not share our memory any more. */
    volatile int32_t running;
    char *stack;
    int64_t stack_size;
};

/* A program in a file, for a process that does not share the writer's memory. Addresses are offsets from the image's beginning until
 * the reader has added where it lies: each of the relocations is the offset of one. */
struct image {
    uint64_t program;
    uint64_t relocations;
    uint64_t count;
};

int trasgo_run(struct program *program);

#endif
