#include "steps.h"

/* The signature has a letter for each argument there must be: `#` a number, `t` text or other bytes. */
static const struct {
  const char *name, *signature;
  int (*run)(struct setup *s, const struct field *a, const long long *n, int count);
  long call; /* instead of `run`: the system call that is made with the arguments as they are */
} known[] = {
    {"root", "t", step_root, 0},
    {"bind", "tt####", step_bind, 0},
    {"share", "tt", step_share, 0},
    {"mount", "tt#", step_mount, 0},
    {"directory", "t#", step_directory, 0},
    {"link", "tt", step_link, 0},
    {"device", "t#####", step_device, 0},
    {"mask", "t", step_mask, 0},
    {"read-only", "t", step_read_only, 0},
    {"join-namespace", "t#", step_join_namespace, 0},
    {"enter", "#", step_enter, 0},
    {"write", "tt", step_write, 0},
    {"terminal", "##", step_terminal, 0},
    {"own-streams", "#", step_own_streams, 0},
    {"bounding", "#", step_bounding, 0},
    {"seccomp", "t", step_seccomp, 0},
    {"working-directory", "t", step_working_directory, 0},
    {"execute", "##", step_execute, 0},
    {"capset", "tt", NULL, SYS_capset},
    {"chdir", "t", NULL, SYS_chdir},
    {"host-mount", "ttt#t", NULL, SYS_mount},
    {"host-mount-setattr", "#t#t#", NULL, SYS_mount_setattr},
    {"host-unmount", "t#", NULL, SYS_umount2},
    {"keyctl-join", "#t", NULL, SYS_keyctl},
    {"keyctl", "###", NULL, SYS_keyctl},
    {"pivot-root", "tt", NULL, SYS_pivot_root},
    {"prctl", "##", NULL, SYS_prctl},
    {"prlimit", "##t", NULL, SYS_prlimit64},
    {"setgroups", "#t", NULL, SYS_setgroups},
    {"setresgid", "###", NULL, SYS_setresgid},
    {"setresuid", "###", NULL, SYS_setresuid},
    {"umask", "#", NULL, SYS_umask},
    {"unshare", "#", NULL, SYS_unshare},
};

bool report(int status, int kind, int step, int error) {
  struct report r = {kind, step, error};
  return send(status, &r, sizeof r, MSG_NOSIGNAL) == sizeof r;
}

static int run_one(struct setup *s, const struct field *group, int size) {
  long long n[6] = {0};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (strcmp(group[0].text, known[i].name) != 0) continue;
    int arguments = (int)strlen(known[i].signature);
    if (size - 1 < arguments) return errno = EINVAL, -1;
    for (int at = 0; at < arguments; at++) {
      if (known[i].signature[at] == 't') n[at] = (intptr_t)group[1 + at].text;
      else if (!number(&group[1 + at], &n[at])) return errno = EINVAL, -1;
    }
    if (known[i].run) return known[i].run(s, group + 1, n, size - 1);
    return syscall(known[i].call, n[0], n[1], n[2], n[3], n[4], n[5]) < 0 ? -1 : 0;
  }
  return errno = ENOSYS, -1;
}

/* The fields of the group at `from`: 0 where it is malformed. */
static int group_size(const struct message *list, int from) {
  long long size;
  if (!number(&list->fields[from], &size) || size < 1 || size > list->count - from - 1) return 0;
  return (int)size;
}

bool steps_run(struct setup *s, const struct message *list, int from) {
  for (int size; from < list->count; from += size + 1, s->done++) {
    errno = EINVAL;
    size = group_size(list, from);
    if (size > 0 && run_one(s, &list->fields[from + 1], size) == 0) continue;
    report(s->status, REPORT_FAILED, s->done, errno);
    return false;
  }
  return true;
}
