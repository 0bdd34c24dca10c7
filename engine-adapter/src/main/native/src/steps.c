#include "steps.h"

/* The signature has a letter for each argument there must be: `#` a number, `t` text. */
static const struct {
  const char *name, *signature;
  int (*run)(struct setup *s, const struct field *a, const long long *n, int count);
} known[] = {
    {"host-mount", "tttt#t", step_host_mount},
    {"root", "t", step_root},
    {"bind", "tt####", step_bind},
    {"take", "ttt", step_take},
    {"share", "tt", step_share},
    {"mount", "tt#", step_mount},
    {"directory", "t#", step_directory},
    {"link", "tt", step_link},
    {"device", "t######", step_device},
    {"mask", "t", step_mask},
    {"read-only", "t", step_read_only},
    {"read-only-root", "", step_read_only_root},
    {"pivot", "", step_pivot},
    {"join-namespace", "t#", step_join_namespace},
    {"unshare-cgroup", "", step_unshare_cgroup},
    {"enter", "", step_enter},
    {"keyring", "t", step_keyring},
    {"write", "tt", step_write},
    {"limit", "###", step_limit},
    {"terminal", "##", step_terminal},
    {"umask", "#", step_umask},
    {"groups", "", step_groups},
    {"user", "##", step_user},
    {"bounding", "t", step_bounding},
    {"capabilities", "tttt", step_capabilities},
    {"no-new-privileges", "", step_no_new_privileges},
    {"seccomp", "t", step_seccomp},
    {"working-directory", "t", step_working_directory},
    {"environment", "", step_environment},
    {"execute", "#", step_execute},
};

bool report(int status, int kind, int step, int error) {
  struct report r = {kind, step, error};
  return send(status, &r, sizeof r, MSG_NOSIGNAL) == sizeof r;
}

static int run_one(struct setup *s, const struct field *group, int size) {
  long long numbers[8] = {0};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (strcmp(group[0].text, known[i].name) != 0) continue;
    int arguments = (int)strlen(known[i].signature);
    if (size - 1 < arguments) return errno = EINVAL, -1;
    for (int at = 0; at < arguments; at++)
      if (known[i].signature[at] == '#' && !number(&group[1 + at], &numbers[at])) return errno = EINVAL, -1;
    return known[i].run(s, group + 1, numbers, size - 1);
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
