/* What the setting-up process does, in order, before it becomes the container's program. */
#pragma once
#include "protocol.h"

/* What the setting-up process tells the monitor. `error` is the number of its descriptor for a terminal's other end, which
 * the monitor takes and then answers with a byte. */
enum { REPORT_READY = 1, REPORT_FAILED, REPORT_EXECUTING, REPORT_TERMINAL };
struct report {
  int32_t kind, step, error;
};

struct setup {
  int root;       /* O_PATH of what steps call the container's root; -1 before `root` */
  int init_pidfd; /* the container's first process, for `enter` */
  int status;     /* socket to the monitor */
  int done;       /* steps, of both lists */
};

bool report(int status, int kind, int step, int error);
/* Runs the steps in fields[from..]; reports a failure and returns false. */
bool steps_run(struct setup *s, const struct message *list, int from);
int bind_descriptor(struct setup *s, int fd, const char *target);

/* a: the arguments, count of them; n: those that are numbers. 0, or -1 with errno. */
#define STEP(name) int step_##name(struct setup *s, const struct field *a, const long long *n, int count)
STEP(bind); STEP(bounding); STEP(device); STEP(directory); STEP(enter); STEP(execute);
STEP(join_namespace); STEP(link); STEP(mask); STEP(mount); STEP(own_streams); STEP(read_only);
STEP(root); STEP(seccomp); STEP(share); STEP(terminal); STEP(working_directory); STEP(write);
