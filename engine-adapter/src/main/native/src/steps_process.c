/* Steps that make the setting-up process what the container's program is to be. */
#include "steps.h"

enum { KEY_POS_ALL = 0x3f000000, KEY_USR_VIEW = 0x10000, KEY_USR_READ = 0x20000, KEY_USR_SEARCH = 0x80000, KEY_USR_LINK = 0x100000 };

/* path such as /proc/PID/ns/net, CLONE_NEW… that it must be */
STEP(join_namespace) {
  CLOSED_AT_END int fd = open(a[0].text, O_RDONLY | O_CLOEXEC);
  return fd < 0 ? -1 : setns(fd, (int)n[1]);
}

STEP(unshare_cgroup) { return unshare(CLONE_NEWCGROUP); }

/* All namespaces of the container's first process but the PID one, which the monitor entered before it cloned us. */
STEP(enter) {
  if (setns(s->init_pidfd, CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP) < 0) return -1;
  s->root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  return s->root < 0 ? -1 : 0;
}

/* name; joined where it is there already, by exec sessions and by a restart */
STEP(keyring) {
  long ring = syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, a[0].text);
  if (ring < 0) return errno == ENOSYS ? 0 : -1;
  unsigned rights = KEY_POS_ALL | KEY_USR_VIEW | KEY_USR_READ | KEY_USR_SEARCH | KEY_USR_LINK;
  return (int)syscall(SYS_keyctl, KEYCTL_SETPERM, ring, rights);
}

/* file of the host, text */
STEP(write) {
  CLOSED_AT_END int fd = open(a[0].text, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  return fd >= 0 && write(fd, a[1].text, a[1].length) == (ssize_t)a[1].length ? 0 : -1;
}

/* resource, soft, hard; -1 is unlimited */
STEP(limit) { return setrlimit((int)n[0], &(struct rlimit){(rlim_t)n[1], (rlim_t)n[2]}); }

/* rows, columns, path to show it at too: the container's own pseudo terminal becomes standard input, output and error, its
 * other end goes to the monitor. */
STEP(terminal) {
  struct stat st;
  struct statfs fs;
  CLOSED_AT_END int master = open("/dev/pts/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
  /* an exec session opens what the container has there: make sure that it is a terminal of the kernel's */
  if (master < 0 || fstat(master, &st) < 0 || fstatfs(master, &fs) < 0) return -1;
  if (!S_ISCHR(st.st_mode) || st.st_rdev != makedev(5, 2) || fs.f_type != DEVPTS_SUPER_MAGIC) return errno = ENOTTY, -1;
  int unlocked = 0;
  struct winsize size = {.ws_row = (unsigned short)n[0], .ws_col = (unsigned short)n[1]};
  if (ioctl(master, TIOCSPTLCK, &unlocked) < 0) return -1;
  CLOSED_AT_END int terminal = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0 || ((n[0] || n[1]) && ioctl(terminal, TIOCSWINSZ, &size) < 0)) return -1;
  if (ioctl(terminal, TIOCSCTTY, 0) < 0 || (count > 2 && bind_descriptor(s, terminal, a[2].text) < 0)) return -1;
  char taken;
  if (!report(s->status, REPORT_TERMINAL, 0, master) || recv(s->status, &taken, 1, 0) != 1) return -1;
  for (int fd = 0; fd < 3; fd++)
    if (dup2(terminal, fd) < 0) return -1;
  return 0;
}

STEP(umask) { return umask((mode_t)n[0]), 0; }

STEP(groups) {
  gid_t groups[256];
  long long one;
  if (count > 256) return errno = EINVAL, -1;
  for (int i = 0; i < count; i++) {
    if (!number(&a[i], &one)) return errno = EINVAL, -1;
    groups[i] = (gid_t)one;
  }
  return setgroups((size_t)count, groups);
}

/* user, group. The standard streams go along, so that the program can open /dev/stdout by name. */
STEP(user) {
  uid_t user = (uid_t)n[0];
  gid_t group = (gid_t)n[1];
  struct stat st;
  for (int fd = 0; fd < 3; fd++) {
    if (fstat(fd, &st) < 0) return -1;
    if (S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 3)) continue;
    if (st.st_uid != user && fchown(fd, user, st.st_gid) < 0 && errno != EPERM && errno != EROFS) return -1;
  }
  if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0 || setresgid(group, group, group) < 0) return -1;
  return setresuid(user, user, user);
}

/* what stays, as a number with one bit a capability */
STEP(bounding) {
  unsigned long long kept = strtoull(a[0].text, NULL, 10);
  for (int cap = 0; cap < 64; cap++) /* EINVAL: the kernel knows no more */
    if (!(kept >> cap & 1) && prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0) return errno == EINVAL ? 0 : -1;
  return 0;
}

/* effective, permitted, inheritable, ambient */
STEP(capabilities) {
  unsigned long long sets[4];
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

STEP(no_new_privileges) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

/* a BPF program as the kernel takes it */
STEP(seccomp) {
  struct sock_fprog program = {(unsigned short)(a[0].length / sizeof(struct sock_filter)), malloc(a[0].length)};
  if (a[0].length == 0 || a[0].length % sizeof(struct sock_filter) != 0) return errno = EINVAL, -1;
  if (!program.filter) return -1;
  memcpy(program.filter, a[0].text, a[0].length); /* aligned, as a field is not */
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

STEP(working_directory) {
  char at[PATH_MAX];
  if (chdir(a[0].text) < 0) return -1;
  /* a descriptor left open could lead outside the root: the kernel then has no path to tell (CVE-2024-21626) */
  return getcwd(at, sizeof at) && at[0] == '/' ? 0 : (errno = ENOENT, -1);
}

static char **words(const struct field *a, int count) {
  char **words = calloc((size_t)count + 1, sizeof *words);
  for (int i = 0; words && i < count; i++) words[i] = a[i].text;
  return words;
}

STEP(environment) {
  s->environment = words(a, count);
  return s->environment ? 0 : -1;
}

/* how many files to try, those, the program's words */
STEP(execute) {
  int files = n[0] > 0 && n[0] < count ? (int)n[0] : 0, error = ENOENT;
  char **arguments = words(a + 1 + files, count - 1 - files), *none[] = {NULL};
  if (!arguments || syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC) < 0) return -1;
  if (!report(s->status, REPORT_EXECUTING, 0, 0)) return -1;
  for (int i = 1; i <= files && (error == ENOENT || error == EACCES); i++) {
    execve(a[i].text, arguments, s->environment ? s->environment : none);
    /* what is there and not to be run ends the search: looking on would hide why */
    if (files == 1 || (errno != ENOENT && errno != ENOTDIR)) error = errno;
  }
  return errno = error, -1;
}
