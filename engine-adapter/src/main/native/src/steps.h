/* What the setting-up process does, in order, before it becomes the container's program. */
#ifndef JCOMPOSE_STEPS_H
#define JCOMPOSE_STEPS_H

#include "protocol.h"

struct setup {
  int root;        /* O_PATH of the root being built; -1 before `overlay`, and after `pivot` that of "/" */
  int init_pidfd;  /* the container's first process, for `enter` */
  int status;      /* socket to the monitor */
  char **environment;
};

/* What the setting-up process tells the monitor; a terminal's master comes with it as SCM_RIGHTS. */
enum { REPORT_READY = 1, REPORT_FAILED, REPORT_EXECUTING, REPORT_TERMINAL };
struct report {
  int32_t kind, step, error;
};
int report(int status, int kind, int step, int error, int descriptor);

/* Runs the steps in fields[from..]; reports a failure and returns -1, its number offset by `first`. */
int steps_run(struct setup *s, const struct message *list, int from, int first);
int steps_count(const struct message *list, int from);

int bind_descriptor(struct setup *s, int fd, const char *target);

typedef int step(struct setup *s, const struct field *a, int count);
step step_overlay, step_layers, step_bind, step_mount, step_directory, step_link, step_device, step_mask, step_read_only,
    step_read_only_root, step_pivot, step_propagation, step_share;
step step_join_cgroup, step_join_namespace, step_unshare_cgroup, step_enter, step_keyring, step_hostname, step_domainname, step_write,
    step_limit, step_terminal;
step step_groups, step_user, step_bounding, step_capabilities, step_no_new_privileges, step_seccomp, step_directory_change,
    step_environment, step_mask_bits, step_execute;

#endif
