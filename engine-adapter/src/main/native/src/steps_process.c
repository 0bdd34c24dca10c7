/* Steps that make the setting-up process what the container's program is to be. */
#include "steps.h"

/* path such as /proc/PID/ns/net, CLONE_NEW… that it must be */
STEP(join_namespace) { return join_namespace(a[0].text, (int)n[1]); }

/* CLONE_NEW…: these namespaces of the container's first process; its PID one the monitor entered before it cloned us */
STEP(enter) { return setns(s->init_pidfd, (int)n[0]); }

/* file of the host, text */
STEP(write) {
  CLOSED_AT_END int fd = open(a[0].text, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
  return fd >= 0 && write(fd, a[1].text, a[1].length) == (ssize_t)a[1].length ? 0 : -1;
}

/* rows, columns, path to show it at too: the container's own pseudo terminal becomes standard input, output and error, its
 * other end goes to the monitor. */
STEP(terminal) {
  struct statfs fs;
  CLOSED_AT_END int master = open("/dev/pts/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
  /* an exec session opens what the container has there: make sure that it is a terminal of the kernel's */
  if (master < 0 || fstatfs(master, &fs) < 0) return -1;
  if (!is_device(master, 5, 2) || fs.f_type != DEVPTS_SUPER_MAGIC) return errno = ENOTTY, -1;
  int unlocked = 0;
  struct winsize size = {.ws_row = (unsigned short)n[0], .ws_col = (unsigned short)n[1]};
  if (ioctl(master, TIOCSPTLCK, &unlocked) < 0) return -1;
  CLOSED_AT_END int terminal = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0 || ioctl(terminal, TIOCSWINSZ, &size) < 0 || ioctl(terminal, TIOCSCTTY, 0) < 0) return -1;
  if (count > 2 && bind_descriptor(s, terminal, a[2].text) < 0) return -1;
  char taken;
  if (!report(s->status, REPORT_TERMINAL, 0, master) || recv(s->status, &taken, 1, 0) != 1) return -1;
  for (int fd = 0; fd < 3; fd++)
    if (dup2(terminal, fd) < 0) return -1;
  return 0;
}

/* user: the standard streams become theirs, so that the program can open /dev/stdout by name */
STEP(own_streams) {
  struct stat st;
  for (int fd = 0; fd < 3; fd++) {
    if (fstat(fd, &st) < 0) return -1;
    if (st.st_uid == n[0] || is_device(fd, 1, 3)) continue;
    if (fchown(fd, (uid_t)n[0], st.st_gid) < 0 && errno != EPERM && errno != EROFS) return -1;
  }
  return 0;
}

/* the capabilities that stay, as a number with one bit each */
STEP(bounding) {
  for (int cap = 0; cap < 64; cap++) /* EINVAL: the kernel knows no more */
    if (!(n[0] >> cap & 1) && prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0) return errno == EINVAL ? 0 : -1;
  return 0;
}

/* a BPF program as the kernel takes it */
STEP(seccomp) {
  struct sock_fprog program = {(unsigned short)(a[0].length / sizeof *program.filter), (void *)a[0].text};
  if (program.len == 0 || program.len * sizeof *program.filter != a[0].length) return errno = EINVAL, -1;
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

/* how many files to try, how many variables, those files, those variables, the program's words */
STEP(execute) {
  int files = (int)n[0], variables = (int)n[1], before = 2 + files + variables, error = ENOENT;
  if (files < 0 || variables < 0 || before > count) return errno = EINVAL, -1;
  char **environment = words(a + 2 + files, variables), **arguments = words(a + before, count - before);
  if (!environment || !arguments || syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC) < 0) return -1;
  if (!report(s->status, REPORT_EXECUTING, 0, 0)) return -1;
  for (int i = 2; i < 2 + files && (error == ENOENT || error == EACCES); i++) {
    execve(a[i].text, arguments, environment);
    int failure = errno;
    if (failure != EACCES && access(a[i].text, X_OK) == 0) { /* it is there: as its own failure, it is told as its output */
      const char *text = strerror(failure);
      dprintf(2, "exec %s: %c%s\n", a[i].text, tolower(*text), text + 1);
      _exit(1);
    }
    /* what is there and not to be run ends the search: looking on would hide why */
    if (files == 1 || (failure != ENOENT && failure != ENOTDIR)) error = failure;
  }
  return errno = error, -1;
}
