/* client PORT CONNECTIONS PARALLEL: connects again and again, PARALLEL at a time, reads each answer to its end, and prints connections a second and
 * the 50th and 99th percentile of the microseconds from connect to the first byte. A connection that brings nothing ends the measurement. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

/* One connection; the time to the first byte, or -1. */
static double once(const struct sockaddr_in *address) {
        char buffer[512];
        double begin = now(), first = -1;
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        if (fd < 0 || connect(fd, (const struct sockaddr *) address, sizeof *address) < 0)
                return -1;
        for (;;) {
                ssize_t n = read(fd, buffer, sizeof buffer);
                if (n > 0 && first < 0)
                        first = now() - begin;
                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        break;
        }
        close(fd);
        return first;
}

static int ascending(const void *a, const void *b) {
        double x = *(const double *) a, y = *(const double *) b;
        return (x > y) - (x < y);
}

int main(int argc, char **argv) {
        if (argc != 4)
                return 2;
        int count = atoi(argv[2]), parallel = atoi(argv[3]), each = count / parallel;
        struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        double *times = mmap(NULL, sizeof(double) * each * parallel, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        double begin = now();
        for (int p = 0; p < parallel; p++)
                if (fork() == 0) {
                        for (int i = 0; i < each; i++)
                                if ((times[p * each + i] = once(&address)) < 0)
                                        _exit(1);
                        _exit(0);
                }
        int failed = 0, status;
        while (wait(&status) > 0)
                failed |= status;
        double took = now() - begin;
        if (failed) {
                fprintf(stderr, "a connection was not served\n");
                return 1;
        }
        qsort(times, each * parallel, sizeof(double), ascending);
        printf("%.0f %.0f %.0f\n", each * parallel / (took / 1e6), times[each * parallel / 2], times[each * parallel * 99 / 100]);
        return 0;
}
