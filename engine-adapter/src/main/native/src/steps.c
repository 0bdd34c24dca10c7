#define _GNU_SOURCE
#include "steps.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

static const struct {
  const char *name;
  int arguments; /* at least */
  step *run;
} known[] = {
    {"propagation", 1, step_propagation},
    {"overlay", 5, step_overlay},
    {"layers", 4, step_layers},
    {"bind", 4, step_bind},
    {"mount", 3, step_mount},
    {"directory", 2, step_directory},
    {"link", 2, step_link},
    {"device", 7, step_device},
    {"mask", 1, step_mask},
    {"read-only", 1, step_read_only},
    {"read-only-root", 0, step_read_only_root},
    {"pivot", 0, step_pivot},
    {"join-cgroup", 1, step_join_cgroup},
    {"join-namespace", 2, step_join_namespace},
    {"unshare-cgroup", 0, step_unshare_cgroup},
    {"enter", 0, step_enter},
    {"keyring", 1, step_keyring},
    {"share", 2, step_share},
    {"hostname", 1, step_hostname},
    {"domainname", 1, step_domainname},
    {"write", 2, step_write},
    {"limit", 3, step_limit},
    {"terminal", 2, step_terminal},
    {"umask", 1, step_mask_bits},
    {"groups", 0, step_groups},
    {"user", 2, step_user},
    {"bounding", 1, step_bounding},
    {"capabilities", 4, step_capabilities},
    {"no-new-privileges", 0, step_no_new_privileges},
    {"seccomp", 1, step_seccomp},
    {"working-directory", 1, step_directory_change},
    {"environment", 0, step_environment},
    {"execute", 1, step_execute},
};

int report(int status, int kind, int number_of_step, int error, int descriptor) {
  struct report r = {kind, number_of_step, error};
  struct iovec part = {&r, sizeof r};
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } control = {{0}};
  struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};
  if (descriptor >= 0) {
    m.msg_control = &control;
    m.msg_controllen = sizeof control.bytes;
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(c), &descriptor, sizeof descriptor);
  }
  return sendmsg(status, &m, MSG_NOSIGNAL) == sizeof r ? 0 : -1;
}

static int run_one(struct setup *s, const struct field *group, int size) {
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (strcmp(group[0].text, known[i].name) != 0) continue;
    if (size - 1 < known[i].arguments) return errno = EINVAL, -1;
    return known[i].run(s, group + 1, size - 1);
  }
  return errno = ENOSYS, -1;
}

/* The fields of the group at `from`: 0 where it is malformed. */
static int group_size(const struct message *list, int from) {
  long long size;
  if (!number(&list->fields[from], &size) || size < 1 || size > list->count - from - 1) return 0;
  return (int)size;
}

int steps_count(const struct message *list, int from) {
  int steps = 0;
  for (int size; from < list->count && (size = group_size(list, from)) > 0; from += size + 1) steps++;
  return steps;
}

int steps_run(struct setup *s, const struct message *list, int from, int first) {
  int index = first;
  for (int size; from < list->count; from += size + 1, index++) {
    errno = EINVAL;
    size = group_size(list, from);
    if (size > 0 && run_one(s, &list->fields[from + 1], size) == 0) continue;
    report(s->status, REPORT_FAILED, index, errno, -1);
    return -1;
  }
  return 0;
}
