// bin/jcompose: hands a command line to the user's warm JVM, which it starts when there is none, and is its eyes,
// ears and voice: standard streams, signals, the terminal and the exit status stay here.
// What goes over the socket is told in README.md beside this file. Where a warm JVM cannot serve, the command runs
// in a JVM of its own. Java finds, loads, decides and does everything else.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <linux/capability.h>
#include <termios.h>
#include <unistd.h>

enum { ACK_TIMEOUT_MS = 20000, CHUNK = 65536, MAX_GROUPS = 1024 };

extern char **environ;
static struct termios before_raw;
static int raw_fd = -1; // the terminal that is in raw mode

static _Noreturn void fail(const char *what) {
  fprintf(stderr, "jcompose: %s: %s\n", what, strerror(errno));
  exit(1);
}

static char *format(const char *pattern, ...) {
  char *text = NULL;
  va_list values;
  va_start(values, pattern);
  int length = vasprintf(&text, pattern, values);
  va_end(values);
  if (length < 0) fail("memory");
  return text;
}

// --- which JVM serves this caller ---------------------------------------------------------------

static uint64_t mix(uint64_t key, const void *data, size_t size) { // FNV-1a
  for (const unsigned char *byte = data; size-- > 0; byte++) key = (key ^ *byte) * 1099511628211ULL;
  return key;
}

// Which file it is; with its time, whether it is still the same.
static uint64_t mix_file(uint64_t key, const char *path, int with_time) {
  struct stat file;
  if (stat(path, &file) != 0) return mix(key, "", 1);
  key = mix(key, &file.st_dev, sizeof file.st_dev);
  key = mix(key, &file.st_ino, sizeof file.st_ino);
  return with_time ? mix(key, &file.st_mtim, sizeof file.st_mtim) : key;
}

// Everything of a caller that a process inherits and that changes what its commands may do or see. Callers who
// differ in any of it never share a JVM.
static uint64_t identity(const char *home) {
  uint64_t key = mix(14695981039346656037ULL, home, strlen(home));
  const char *inherited[] = {"/proc/self/root", "/proc/self/ns/mnt", "/proc/self/ns/net", "/proc/self/ns/pid",
                             "/proc/self/ns/user", "/proc/self/ns/uts", "/proc/self/ns/cgroup"};
  for (size_t i = 0; i < sizeof inherited / sizeof *inherited; i++) key = mix_file(key, inherited[i], 0);
  char *cache = format("%s/lib/commands.aot", home); // made anew by each build
  key = mix_file(key, cache, 1);
  free(cache);
  uid_t uids[3];
  gid_t gids[3], groups[MAX_GROUPS];
  if (getresuid(&uids[0], &uids[1], &uids[2]) != 0 || getresgid(&gids[0], &gids[1], &gids[2]) != 0) fail("ids");
  int count = getgroups(MAX_GROUPS, groups);
  if (count < 0) fail("groups");
  key = mix(mix(mix(key, uids, sizeof uids), gids, sizeof gids), groups, (size_t)count * sizeof *groups);
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct capabilities[2] = {0};
  if (syscall(SYS_capget, &header, capabilities) != 0) fail("capget");
  key = mix(key, capabilities, sizeof capabilities);
  mode_t mask = umask(0);
  umask(mask);
  key = mix(key, &mask, sizeof mask);
  const char *java = getenv("JAVA_HOME");
  return java ? mix(key, java, strlen(java)) : key;
}

// A folder that only this user can write in, or NULL.
static char *run_folder(void) {
  const char *base = geteuid() == 0 ? "/run" : getenv("XDG_RUNTIME_DIR");
  struct stat found;
  if (!base || *base != '/') return NULL;
  char *folder = format("%s/jcompose-warm", base);
  if (mkdir(folder, 0700) != 0 && errno != EEXIST) return NULL;
  if (lstat(folder, &found) != 0 || !S_ISDIR(found.st_mode) || found.st_uid != geteuid() || found.st_mode & 077)
    return NULL;
  return folder;
}

static int unix_socket(void) {
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) fail("socket");
  return fd;
}

static int connect_to(const struct sockaddr_un *address) {
  int fd = unix_socket();
  if (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0) return fd;
  close(fd);
  return -1;
}

// --- starting a JVM -----------------------------------------------------------------------------

// What find-jdk.sh prints; it tells the user when there is no JDK.
static char *find_java(const char *home) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
  pid_t child = fork();
  if (child < 0) fail("fork");
  if (child == 0) {
    const char *script = ". \"$1/lib/find-jdk.sh\"; find_java || { no_jdk >&2; exit 1; }";
    if (dup2(ends[1], 1) < 0) _exit(126);
    execl("/bin/sh", "sh", "-c", script, "sh", home, (char *)NULL);
    _exit(127);
  }
  close(ends[1]);
  char path[4096];
  size_t length = 0;
  ssize_t got;
  while ((got = read(ends[0], path + length, sizeof path - 1 - length)) > 0) length += (size_t)got;
  close(ends[0]);
  int status;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) fail("wait");
  while (length > 0 && path[length - 1] == '\n') length--;
  if (status != 0 || length == 0) exit(1);
  return strndup(path, length);
}

static _Noreturn void exec_java(const char *home, const char *java, const char *archive, const char *class, int count,
                                char **arguments) {
  char **argv = calloc((size_t)count + 9, sizeof *argv);
  if (!argv) fail("memory");
  int n = 0;
  argv[n++] = (char *)java;
  argv[n++] = format("@%s/lib/jvm.options", home);
  argv[n++] = format("-XX:AOTCache=%s/lib/%s.aot", home, archive);
  argv[n++] = format("-Djcompose.home=%s", home);
  // picocli looks for Groovy at each start. Among the JDK's own classes that ends in this jar; on the class path it
  // would open forty. The archive of the daemon, which has no command line, is made without it.
  if (strcmp(archive, "engine") != 0) argv[n++] = format("-Xbootclasspath/a:%s/lib/picocli.jar", home);
  argv[n++] = "-cp";
  argv[n++] = format("%s/lib/compose-cli.jar", home);
  argv[n++] = (char *)class;
  memcpy(argv + n, arguments, (size_t)count * sizeof *argv);
  // Names of files and arguments are UTF-8 whatever the caller's locale is.
  if (setenv("LC_ALL", "C.UTF-8", 1) != 0) fail("memory");
  execv(java, argv);
  fail(java);
}

static int says(int count, char **arguments, const char *word) {
  for (int i = 0; i < count; i++)
    if (strcmp(arguments[i], word) == 0) return 1;
  return 0;
}

// Whether a command seems to need files alone and no engine. A wrong guess costs time, nothing else.
static int reads_files(int count, char **arguments) {
  const char *verbs[] = {"config", "explain", "graph", "version", "completion", "--version", "--help", "-h"};
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (says(count, arguments, verbs[i])) return 1;
  return 0;
}

// A JVM loads all classes of its archive when it starts, so each kind of work has one of its own.
static const char *archive_for(int count, char **arguments) {
  if (says(count, arguments, "engine") && says(count, arguments, "serve")) return "engine";
  return reads_files(count, arguments) ? "files" : "commands";
}

static _Noreturn void run_cold(const char *home, int count, char **arguments) {
  exec_java(home, find_java(home), archive_for(count, arguments), "jcompose.cli.Main", count, arguments);
}

// The JVM gets the listening socket as its standard input (System.inheritedChannel), so a caller can connect before
// it is up, and nothing else of ours: no terminal, no pipe, no variable of the environment.
static void start_jvm(const char *home, const char *path, int listener) {
  char *java = find_java(home);
  pid_t child = fork();
  if (child < 0) fail("fork");
  if (child > 0) {
    while (waitpid(child, NULL, 0) < 0)
      if (errno != EINTR) fail("wait");
    free(java);
    return;
  }
  int null = open("/dev/null", O_RDWR);
  if (setsid() < 0 || fork() != 0) _exit(0); // its parent is init, so that no one has to wait for it
  if (null < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0 || dup2(listener, 0) < 0 || chdir("/") != 0) _exit(1);
  if (syscall(SYS_close_range, 3, ~0U, 0) != 0) _exit(1);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  char *home_variable = getenv("HOME") ? format("HOME=%s", getenv("HOME")) : "HOME=/";
  char *plain[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", home_variable, NULL};
  environ = plain;
  char *arguments[] = {(char *)path};
  exec_java(home, java, "commands", "jcompose.cli.warm.WarmProcess", 1, arguments);
}

// Binds the socket and starts a JVM behind it, unless someone else was quicker; the connection, or -1.
static int start_and_connect(const char *home, const char *folder, const struct sockaddr_un *address) {
  int lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0 || flock(lock, LOCK_EX) != 0) return -1;
  int fd = connect_to(address);
  if (fd < 0) {
    int listener = unix_socket();
    if (unlink(address->sun_path) != 0 && errno != ENOENT) return -1;
    mode_t mask = umask(0177);
    int bound = bind(listener, (const struct sockaddr *)address, sizeof *address);
    umask(mask);
    if (bound != 0 || listen(listener, 128) != 0) return -1;
    fd = connect_to(address);
    start_jvm(home, address->sun_path, listener);
    close(listener);
  }
  close(lock);
  return fd;
}

// Leaves a process that starts a JVM for the next command when this process, which is going to run this command
// itself, has ended: two JVMs that start at once would take longer than one.
static void start_afterwards(const char *home, const char *folder, const struct sockaddr_un *address) {
  int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
  if (self < 0) return; // then the next command waits for its JVM
  pid_t child = fork();
  if (child == 0) {
    int null = open("/dev/null", O_RDWR);
    if (setsid() < 0 || fork() != 0) _exit(0);
    for (int i = 0; i < 3; i++)
      if (dup2(null, i) < 0) _exit(1); // nobody is to wait for us to close what the caller gave
    if (self != 3 && dup2(self, 3) < 0) _exit(1);
    if (syscall(SYS_close_range, 4, ~0U, 0) != 0) _exit(1);
    struct pollfd ended = {.fd = 3, .events = POLLIN};
    while (poll(&ended, 1, -1) < 0 && errno == EINTR) continue;
    start_and_connect(home, folder, address);
    _exit(0);
  }
  close(self);
  while (child > 0 && waitpid(child, NULL, 0) < 0)
    if (errno != EINTR) fail("wait");
}

// Connects to the caller's JVM, started when there is none: at once for one who waits for it, else when its own
// command is over.
static int connect_or_start(const char *home, int waits) {
  char *folder = run_folder();
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (!folder) return -1;
  char *path = format("%s/%016llx", folder, (unsigned long long)identity(home));
  if (strlen(path) >= sizeof address.sun_path) return -1;
  memcpy(address.sun_path, path, strlen(path) + 1);
  int fd = connect_to(&address);
  if (fd >= 0) return fd;
  if (waits) return start_and_connect(home, folder, &address);
  start_afterwards(home, folder, &address);
  return -1;
}

// --- speaking to it -----------------------------------------------------------------------------

static int write_all(int fd, const void *data, size_t size) {
  for (const char *at = data; size > 0;) {
    ssize_t written = write(fd, at, size);
    if (written < 0 && errno == EAGAIN) { // the caller's own stream may be non-blocking
      struct pollfd ready = {.fd = fd, .events = POLLOUT};
      poll(&ready, 1, -1);
    } else if (written < 0 && errno != EINTR) {
      return -1;
    } else if (written > 0) {
      at += written;
      size -= (size_t)written;
    }
  }
  return 0;
}

static int read_all(int fd, void *data, size_t size) {
  for (char *at = data; size > 0;) {
    ssize_t got = read(fd, at, size);
    if (got == 0 || (got < 0 && errno != EINTR)) return -1;
    if (got > 0) {
      at += got;
      size -= (size_t)got;
    }
  }
  return 0;
}

static int send_frame(int fd, char type, const void *data, uint32_t size) {
  unsigned char head[5] = {(unsigned char)type, size >> 24, size >> 16 & 255, size >> 8 & 255, size & 255};
  return write_all(fd, head, sizeof head) == 0 && write_all(fd, data, size) == 0 ? 0 : -1;
}

static void put_string(FILE *out, const char *text) { fwrite(text, 1, strlen(text) + 1, out); }

static int send_size(int fd) {
  struct winsize size = {0};
  for (int i = 2; i >= 0 && ioctl(i, TIOCGWINSZ, &size) != 0; i--) continue;
  unsigned char data[4] = {size.ws_col >> 8, size.ws_col & 255, size.ws_row >> 8, size.ws_row & 255};
  return send_frame(fd, 'W', data, sizeof data);
}

static int send_call(int fd, int count, char **arguments) {
  char *data = NULL, folder[4096], terminals[4];
  size_t size = 0;
  if (!getcwd(folder, sizeof folder) || *folder != '/') return -1;
  for (int i = 0; i < 3; i++) terminals[i] = isatty(i) ? 'y' : 'n';
  terminals[3] = 0;
  FILE *out = open_memstream(&data, &size);
  if (!out) fail("memory");
  put_string(out, folder);
  put_string(out, terminals);
  fprintf(out, "%d%c", count, 0);
  for (int i = 0; i < count; i++) put_string(out, arguments[i]);
  for (char **variable = environ; *variable; variable++) put_string(out, *variable);
  if (fclose(out) != 0 || size > UINT32_MAX) fail("memory");
  int sent = send_size(fd) == 0 && send_frame(fd, 'C', data, (uint32_t)size) == 0 ? 0 : -1;
  free(data);
  return sent;
}

static int acknowledged(int fd) {
  struct pollfd ready = {.fd = fd, .events = POLLIN};
  unsigned char head[5];
  int polled;
  while ((polled = poll(&ready, 1, ACK_TIMEOUT_MS)) < 0 && errno == EINTR) continue;
  return polled > 0 && read_all(fd, head, sizeof head) == 0 && head[0] == 'A';
}

static void restore_terminal(void) {
  if (raw_fd >= 0) tcsetattr(raw_fd, TCSADRAIN, &before_raw);
  raw_fd = -1;
}

static void set_raw(int on) {
  struct termios raw;
  if (!on) {
    restore_terminal();
  } else if (raw_fd < 0 && tcgetattr(0, &before_raw) == 0) {
    raw = before_raw;
    cfmakeraw(&raw);
    if (tcsetattr(0, TCSADRAIN, &raw) == 0) raw_fd = 0;
  }
}

// Dies of a signal as the caller's shell expects, or of what it was told.
static _Noreturn void die_of(int signal_number) {
  restore_terminal();
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal_number);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  exit(128 + signal_number);
}

static _Noreturn void lost(void) {
  restore_terminal();
  fputs("jcompose: the warm JVM that ran this command ended unexpectedly\n", stderr);
  exit(1);
}

static void show(int to, int from, uint32_t size) {
  static char data[CHUNK];
  while (size > 0) {
    uint32_t part = size < CHUNK ? size : CHUNK;
    if (read_all(from, data, part) != 0) lost();
    if (write_all(to, data, part) != 0) die_of(errno == EPIPE ? SIGPIPE : SIGTERM);
    size -= part;
  }
}

// Whether the JVM still waits for input: another reader of the stream may have been quicker.
static int pass_input(int fd) {
  static char data[CHUNK];
  ssize_t got;
  while ((got = read(0, data, sizeof data)) < 0 && errno == EINTR) continue;
  if (got < 0 && errno == EAGAIN) return 1;
  send_frame(fd, 'I', data, got > 0 ? (uint32_t)got : 0); // where that fails, reading fails next
  return 0;
}

// Until the command has ended; the exit status is the command's.
static _Noreturn void serve(int fd, int signals) {
  int wants_input = 0;
  for (;;) {
    struct pollfd ready[3] = {{.fd = fd, .events = POLLIN}, {.fd = signals, .events = POLLIN},
                              {.fd = wants_input ? 0 : -1, .events = POLLIN}};
    if (poll(ready, 3, -1) < 0 && errno != EINTR) fail("poll");
    if (ready[1].revents) {
      struct signalfd_siginfo info;
      if (read(signals, &info, sizeof info) == sizeof info) {
        unsigned char number = (unsigned char)info.ssi_signo;
        if (number == SIGWINCH) send_size(fd);
        else send_frame(fd, 'S', &number, 1);
      }
    }
    if (ready[2].revents) wants_input = pass_input(fd);
    if (!ready[0].revents) continue;
    unsigned char head[5];
    if (read_all(fd, head, sizeof head) != 0) lost();
    uint32_t size = (uint32_t)head[1] << 24 | (uint32_t)head[2] << 16 | (uint32_t)head[3] << 8 | head[4];
    switch (head[0]) {
    case 'O': show(1, fd, size); break;
    case 'E': show(2, fd, size); break;
    case 'N': wants_input = 1; break;
    case 'R': set_raw(1); break;
    case 'Q': set_raw(0); break;
    case 'D': die_of((int)size);
    case 'X': restore_terminal(); exit((int)size);
    default: errno = EPROTO; fail("the warm JVM");
    }
  }
}

// The distribution that this program is in: HOME/bin/jcompose, whatever links lead there.
static char *home_of_program(void) {
  static char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (length < 0) fail("/proc/self/exe");
  for (int i = 0; i < 2; i++) {
    char *slash = strrchr(path, '/');
    if (!slash) fail(path);
    *slash = 0;
  }
  return path;
}

int main(int count, char **arguments) {
  const char *home = home_of_program();
  count -= 1, arguments += 1;
  const char *wanted = getenv("JCOMPOSE_WARM");
  if (wanted && (strcmp(wanted, "off") == 0 || strcmp(wanted, "0") == 0)) run_cold(home, count, arguments);
  for (int i = 0; i < 3; i++)
    if (fcntl(i, F_GETFD) < 0) run_cold(home, count, arguments); // a closed stream would be taken by our socket
  int fd = connect_or_start(home, !reads_files(count, arguments));
  if (fd < 0) run_cold(home, count, arguments);
  sigset_t handled, before;
  sigemptyset(&handled);
  int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    struct sigaction action;
    if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN) sigaddset(&handled, numbers[i]);
  }
  signal(SIGPIPE, SIG_IGN);
  if (sigprocmask(SIG_BLOCK, &handled, &before) != 0) fail("sigprocmask");
  if (send_call(fd, count, arguments) != 0 || !acknowledged(fd)) { // nothing has begun
    close(fd);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &before, NULL);
    run_cold(home, count, arguments);
  }
  int signals = signalfd(-1, &handled, SFD_CLOEXEC);
  if (signals < 0) fail("signalfd");
  serve(fd, signals);
}
