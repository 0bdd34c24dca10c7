/* Steps that make the setting-up process what the container's program is to be. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/magic.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "steps.h"

enum { KEY_POS_ALL = 0x3f000000, KEY_USR_VIEW = 0x10000, KEY_USR_READ = 0x20000, KEY_USR_SEARCH = 0x80000, KEY_USR_LINK = 0x100000 };

static bool arguments(const struct field *a, int count, long long *out) {
  for (int i = 0; i < count; i++)
    if (!number(&a[i], &out[i])) return errno = EINVAL, false;
  return true;
}

static int write_file(int fd, const char *text, size_t length) {
  if (fd < 0) return -1;
  ssize_t written = write(fd, text, length);
  int error = errno;
  close(fd);
  errno = error;
  return written == (ssize_t)length ? 0 : -1;
}

int step_join_cgroup(struct setup *s, const struct field *a, int count) {
  char path[PATH_MAX];
  (void)s, (void)count;
  snprintf(path, sizeof path, "%s/cgroup.procs", a[0].text);
  return write_file(open(path, O_WRONLY | O_CLOEXEC), "0", 1);
}

/* path such as /proc/PID/ns/net, CLONE_NEW… that it must be */
int step_join_namespace(struct setup *s, const struct field *a, int count) {
  long long kind;
  (void)s, (void)count;
  if (!arguments(a + 1, 1, &kind)) return -1;
  int fd = open(a[0].text, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  int result = setns(fd, (int)kind), error = errno;
  close(fd);
  errno = error;
  return result;
}

int step_unshare_cgroup(struct setup *s, const struct field *a, int count) {
  (void)s, (void)a, (void)count;
  return unshare(CLONE_NEWCGROUP);
}

/* All namespaces of the container's first process but the PID one, which the monitor entered before it cloned us. */
int step_enter(struct setup *s, const struct field *a, int count) {
  (void)a, (void)count;
  if (setns(s->init_pidfd, CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP) < 0) return -1;
  s->root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  return s->root < 0 ? -1 : 0;
}

/* name; joined where it is there already, by exec sessions and by a restart */
int step_keyring(struct setup *s, const struct field *a, int count) {
  (void)s, (void)count;
  long ring = syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, a[0].text);
  if (ring < 0) return errno == ENOSYS ? 0 : -1;
  unsigned rights = KEY_POS_ALL | KEY_USR_VIEW | KEY_USR_READ | KEY_USR_SEARCH | KEY_USR_LINK;
  return (int)syscall(SYS_keyctl, KEYCTL_SETPERM, ring, rights);
}

int step_hostname(struct setup *s, const struct field *a, int count) {
  (void)s, (void)count;
  return sethostname(a[0].text, a[0].length);
}

int step_domainname(struct setup *s, const struct field *a, int count) {
  (void)s, (void)count;
  return setdomainname(a[0].text, a[0].length);
}

/* path, text */
int step_write(struct setup *s, const struct field *a, int count) {
  (void)s, (void)count;
  return write_file(open(a[0].text, O_WRONLY | O_CLOEXEC | O_NOFOLLOW), a[1].text, a[1].length);
}

/* resource, soft, hard; -1 is unlimited */
int step_limit(struct setup *s, const struct field *a, int count) {
  long long n[3];
  (void)s, (void)count;
  if (!arguments(a, 3, n)) return -1;
  struct rlimit limit = {(rlim_t)n[1], (rlim_t)n[2]};
  return setrlimit((int)n[0], &limit);
}

/* rows, columns, path to show it at too: the container's own pseudo terminal becomes standard input, output and error, its
 * other end goes to the monitor. */
int step_terminal(struct setup *s, const struct field *a, int count) {
  long long n[2];
  struct stat st;
  struct statfs fs;
  if (!arguments(a, 2, n)) return -1;
  int master = open("/dev/pts/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0) return -1;
  /* an exec session opens what the container has there: make sure that it is a terminal of the kernel's */
  if (fstat(master, &st) < 0 || fstatfs(master, &fs) < 0) return -1;
  if (!S_ISCHR(st.st_mode) || st.st_rdev != makedev(5, 2) || fs.f_type != DEVPTS_SUPER_MAGIC) return errno = ENOTTY, -1;
  int unlocked = 0;
  struct winsize size = {.ws_row = (unsigned short)n[0], .ws_col = (unsigned short)n[1]};
  if (ioctl(master, TIOCSPTLCK, &unlocked) < 0) return -1;
  int terminal = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0) return -1;
  if ((n[0] || n[1]) && ioctl(terminal, TIOCSWINSZ, &size) < 0) return -1;
  if (ioctl(terminal, TIOCSCTTY, 0) < 0) return -1;
  if (count > 2 && bind_descriptor(s, terminal, a[2].text) < 0) return -1;
  if (report(s->status, REPORT_TERMINAL, 0, 0, master) < 0) return -1;
  for (int fd = 0; fd < 3; fd++)
    if (dup2(terminal, fd) < 0) return -1;
  close(terminal);
  close(master);
  return 0;
}

int step_mask_bits(struct setup *s, const struct field *a, int count) {
  long long mask;
  (void)s, (void)count;
  return arguments(a, 1, &mask) ? (umask((mode_t)mask), 0) : -1;
}

int step_groups(struct setup *s, const struct field *a, int count) {
  gid_t groups[256];
  long long one;
  (void)s;
  if (count > 256) return errno = EINVAL, -1;
  for (int i = 0; i < count; i++) {
    if (!arguments(a + i, 1, &one)) return -1;
    groups[i] = (gid_t)one;
  }
  return setgroups((size_t)count, groups);
}

/* user, group. The standard streams go along, so that the program can open /dev/stdout by name. */
int step_user(struct setup *s, const struct field *a, int count) {
  long long n[2];
  struct stat st;
  (void)s, (void)count;
  if (!arguments(a, 2, n)) return -1;
  for (int fd = 0; fd < 3; fd++) {
    if (fstat(fd, &st) < 0) return -1;
    if (S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3)) continue;
    if (st.st_uid != (uid_t)n[0] && fchown(fd, (uid_t)n[0], st.st_gid) < 0 && errno != EPERM && errno != EROFS) return -1;
  }
  if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0) return -1;
  return setresgid((gid_t)n[1], (gid_t)n[1], (gid_t)n[1]) < 0 ? -1 : setresuid((uid_t)n[0], (uid_t)n[0], (uid_t)n[0]);
}

/* what stays, as a number with one bit a capability */
int step_bounding(struct setup *s, const struct field *a, int count) {
  (void)s, (void)count;
  unsigned long long kept = strtoull(a[0].text, NULL, 10);
  for (int cap = 0; cap < 64; cap++) {
    int there = prctl(PR_CAPBSET_READ, cap, 0, 0, 0);
    if (there < 0) break; /* the kernel knows no more */
    if (there && !(kept >> cap & 1) && prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0) return -1;
  }
  return 0;
}

/* effective, permitted, inheritable, ambient */
int step_capabilities(struct setup *s, const struct field *a, int count) {
  unsigned long long sets[4];
  (void)s, (void)count;
  for (int i = 0; i < 4; i++) sets[i] = strtoull(a[i].text, NULL, 10);
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  for (int i = 0; i < 2; i++)
    data[i] = (struct __user_cap_data_struct){(unsigned)(sets[0] >> 32 * i), (unsigned)(sets[1] >> 32 * i),
                                              (unsigned)(sets[2] >> 32 * i)};
  if (syscall(SYS_capset, &header, data) < 0) return -1;
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  for (int cap = 0; cap < 64; cap++)
    if (sets[3] >> cap & 1 && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap, 0, 0) < 0) return -1;
  return 0;
}

int step_no_new_privileges(struct setup *s, const struct field *a, int count) {
  (void)s, (void)a, (void)count;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* a BPF program as the kernel takes it */
int step_seccomp(struct setup *s, const struct field *a, int count) {
  (void)s, (void)count;
  if (a[0].length == 0 || a[0].length % sizeof(struct sock_filter) != 0) return errno = EINVAL, -1;
  struct sock_filter *aligned = malloc(a[0].length);
  if (!aligned) return -1;
  memcpy(aligned, a[0].text, a[0].length);
  struct sock_fprog program = {(unsigned short)(a[0].length / sizeof *aligned), aligned};
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

int step_directory_change(struct setup *s, const struct field *a, int count) {
  char at[PATH_MAX];
  (void)s, (void)count;
  if (chdir(a[0].text) < 0) return -1;
  /* a descriptor left open could lead outside the root: the kernel then has no path to tell (CVE-2024-21626) */
  return getcwd(at, sizeof at) && at[0] == '/' ? 0 : (errno = ENOENT, -1);
}

int step_environment(struct setup *s, const struct field *a, int count) {
  s->environment = calloc((size_t)count + 1, sizeof *s->environment);
  if (!s->environment) return -1;
  for (int i = 0; i < count; i++) s->environment[i] = a[i].text;
  return 0;
}

static const char *search_path(char *const *environment) {
  for (; *environment; environment++)
    if (strncmp(*environment, "PATH=", 5) == 0) return *environment + 5;
  return "";
}

int step_execute(struct setup *s, const struct field *a, int count) {
  static char *none[] = {NULL};
  char **environment = s->environment ? s->environment : none;
  char **words = calloc((size_t)count + 1, sizeof *words);
  if (!words) return -1;
  for (int i = 0; i < count; i++) words[i] = a[i].text;
  if (syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC) < 0) return -1;
  if (report(s->status, REPORT_EXECUTING, 0, 0, -1) < 0) return -1;
  if (strchr(words[0], '/')) return execve(words[0], words, environment);
  int error = ENOENT;
  char candidate[PATH_MAX];
  for (const char *at = search_path(environment); *at;) {
    size_t length = strcspn(at, ":");
    int n = snprintf(candidate, sizeof candidate, "%.*s/%s", length ? (int)length : 1, length ? at : ".", words[0]);
    at += length + (at[length] == ':');
    if (n < 0 || (size_t)n >= sizeof candidate) continue;
    execve(candidate, words, environment);
    if (errno == ENOENT || errno == ENOTDIR) continue;
    error = errno;
    if (error != EACCES) break; /* there, and not to be run: looking on would hide why */
  }
  return errno = error, -1;
}
