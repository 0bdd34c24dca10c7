#define _GNU_SOURCE
#include "monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "log.h"
#include "process.h"
#include "steps.h"

#define SOCKET_NAME "monitor.sock"
#define EXIT_NAME "exit"

struct client {
  struct client *next;
  int fd; /* -1 once gone */
  struct buffer in, out;
  struct process *process; /* what it created or is attached to */
  bool creator, watches, wants_in, wants_out, wants_err, closing;
};

static struct client *clients;
static struct process *processes; /* the container's first is the last of the list */
static struct process *first;
static int folder = -1, listener = -1, signals = -1;
static char oom_file[4096];
static bool oom_killed, over;
static struct timespec finished;
static char chunk[FRAME_HEADER + DATA_MAXIMUM];

static const char *nanoseconds(char out[24], struct timespec t) {
  return decimal(out, (long long)t.tv_sec * 1000000000LL + t.tv_nsec);
}

/* --- clients --- */

static void client_flush(struct client *c) {
  while (c->fd >= 0 && buffer_length(&c->out) > 0) {
    ssize_t n = send(c->fd, c->out.data + c->out.at, buffer_length(&c->out), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) return;
    if (n < 0) {
      buffer_free(&c->out);
      c->closing = true;
      return;
    }
    buffer_consume(&c->out, (size_t)n);
  }
}

static void tell_failure(struct client *c, int step, int error, const char *what) {
  char a[24], b[24];
  message_append(&c->out, "failed", decimal(a, step), decimal(b, error), what, NULL);
}

static void tell_result(struct client *c, int result) {
  char a[24];
  if (result == 0) message_append(&c->out, "ok", NULL);
  else message_append(&c->out, "error", decimal(a, errno), NULL);
}

static void tell_exit(struct client *c, const struct process *p) {
  char a[24], b[24];
  message_append(&c->out, "exited", p->id, decimal(a, p->code), oom_killed ? "1" : "0", nanoseconds(b, finished), NULL);
}

static void tell_state(struct client *c, const struct process *p) {
  static const char *const words[] = {"created", "created", "running", "exited"};
  char a[24], b[24], d[24];
  message_append(&c->out, "state", PROTOCOL_VERSION, words[p->state], decimal(a, p->pid), nanoseconds(b, p->started),
                 p->state == EXITED ? decimal(d, p->code) : "", NULL);
}

static struct process *find(const char *id) {
  for (struct process *p = processes; p; p = p->next)
    if (strcmp(p->id, id) == 0) return p;
  return NULL;
}

static struct client *owner_of(const struct process *p) {
  for (struct client *c = clients; c; c = c->next)
    if (c->creator && c->process == p) return c;
  return NULL;
}

/* --- output --- */

static bool held_back(const struct process *p) {
  for (struct client *c = clients; c; c = c->next)
    if (c->process == p && buffer_length(&c->out) > 0) return true;
  return false;
}

/* Takes what is there, once; false when there is nothing now. */
static bool take_output(struct process *p, int *fd, int stream) {
  if (*fd < 0) return false;
  ssize_t n = read(*fd, chunk + FRAME_HEADER, DATA_MAXIMUM);
  if (n < 0 && errno == EINTR) return true;
  if (n < 0 && errno == EAGAIN) return false;
  if (n <= 0) { /* a terminal that no process holds any more answers EIO */
    close_descriptor(fd);
    return false;
  }
  if (p == first) log_append(stream, chunk + FRAME_HEADER, (size_t)n);
  frame_header(chunk, stream, (size_t)n);
  for (struct client *c = clients; c; c = c->next) {
    if (c->process != p || c->closing || !(stream == FRAME_STDOUT ? c->wants_out : c->wants_err)) continue;
    size_t sent = 0, total = FRAME_HEADER + (size_t)n;
    if (buffer_length(&c->out) == 0) {
      ssize_t direct = send(c->fd, chunk, total, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (direct > 0) sent = (size_t)direct;
    }
    if (sent < total) buffer_append(&c->out, chunk + sent, total - sent);
  }
  return true;
}

/* --- the end --- */

static void count_oom_kills(void) {
  char text[1024];
  int fd = *oom_file ? open(oom_file, O_RDONLY | O_CLOEXEC) : -1;
  ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  close_descriptor(&fd);
  if (n <= 0) return;
  text[n] = 0;
  const char *line = strstr(text, "oom_kill ");
  if (line && strtoll(line + 9, NULL, 10) > 0) oom_killed = true;
}

static void write_exit_file(void) {
  char text[80], a[24], b[24];
  int length = snprintf(text, sizeof text, "%s %d %s\n", decimal(a, first->code), oom_killed, nanoseconds(b, finished));
  int fd = openat(folder, EXIT_NAME ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return;
  /* not synced: what runs is over after a power cut, and the folder is emptied */
  if (write(fd, text, (size_t)length) == length) renameat(folder, EXIT_NAME ".new", folder, EXIT_NAME);
  close(fd);
}

static void stop_listening(void) {
  close_descriptor(&listener);
  if (folder >= 0) unlinkat(folder, SOCKET_NAME, 0);
}

static void process_ended(struct process *p) {
  while (take_output(p, &p->out, FRAME_STDOUT) || take_output(p, &p->err, FRAME_STDERR));
  clock_gettime(CLOCK_REALTIME, &finished);
  bool started = p->state == RUNNING;
  p->state = EXITED;
  if (p == first) {
    for (struct process *other = processes; other; other = other->next)
      if (other != p && other->state != EXITED) syscall(SYS_pidfd_send_signal, other->pidfd, SIGKILL, NULL, 0);
    if (started) {
      count_oom_kills();
      write_exit_file();
    }
    stop_listening();
    over = true;
  }
  struct client *owner = owner_of(p);
  if (!started && !p->failed && owner) tell_failure(owner, -1, ECHILD, "the process was killed while it set itself up");
  for (struct client *c = clients; c; c = c->next) {
    if (c->process != p && !(p == first && c->watches)) continue;
    if (started) tell_exit(c, p);
    c->closing = true;
  }
}

/* --- processes --- */

static void handle_reports(struct process *p) {
  struct report r;
  int descriptor, got;
  char a[24], b[24];
  while (p->status >= 0 && (got = process_report(p, &r, &descriptor)) != 0) {
    struct client *owner = owner_of(p);
    if (got < 0) {
      if (!p->executing || p->failed) return;
      p->state = RUNNING; /* closed by execve */
      clock_gettime(CLOCK_REALTIME, &p->started);
      if (owner) message_append(&owner->out, "started", decimal(a, p->pid), nanoseconds(b, p->started), NULL);
      if (p == first && owner) owner->watches = true;
      return;
    }
    if (r.kind == REPORT_TERMINAL && descriptor >= 0) {
      p->out = descriptor;
      p->in = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    } else if (r.kind == REPORT_READY) {
      p->state = READY;
      if (owner) message_append(&owner->out, "ready", NULL);
    } else if (r.kind == REPORT_EXECUTING) {
      p->executing = true;
    } else if (r.kind == REPORT_FAILED) {
      p->failed = true;
      if (owner) tell_failure(owner, r.step, r.error, "");
    }
  }
}

static void reap(void) {
  int status;
  pid_t pid;
  while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
    for (struct process *p = processes; p; p = p->next) {
      if (p->pid != pid || p->state == EXITED) continue;
      handle_reports(p);
      p->code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
      process_ended(p);
    }
  }
}

static int launch(struct client *c, struct process *p, const struct launch *l) {
  if (process_launch(p, l) < 0) return -1;
  p->next = processes;
  processes = p;
  c->process = p;
  c->creator = true;
  char a[24];
  message_append(&c->out, "pid", decimal(a, p->pid), NULL);
  return 0;
}

static int listen_in(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = SOCKET_NAME};
  folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  /* by a relative name: the whole path may be longer than an address holds */
  if (folder < 0 || listener < 0 || fchdir(folder) < 0) return -1;
  unlink(SOCKET_NAME);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 64) < 0) return -1;
  return chdir("/");
}

static int enter_pid_namespace(const char *path) {
  if (!*path) return 0;
  int fd = open(path, O_RDONLY | O_CLOEXEC), result = fd < 0 ? -1 : setns(fd, CLONE_NEWPID), error = errno;
  close_descriptor(&fd);
  errno = error;
  return result;
}

/* create version folder log maximum files oom-file pid-namespace cgroup namespaces tty stdin stdin-once steps… */
static void create(struct client *c, const struct message *m) {
  long long maximum, files, namespaces;
  const struct field *f = m->fields;
  const char *what = "arguments";
  errno = EINVAL;
  if (first || m->count < 13 || !number(&f[4], &maximum) || !number(&f[5], &files) || !number(&f[9], &namespaces) ||
      f[6].length >= sizeof oom_file)
    goto failed;
  strcpy(oom_file, f[6].text);
  what = f[2].text;
  if (listen_in(f[2].text) < 0) goto failed;
  what = f[3].text;
  if (log_open(f[3].text, maximum, (int)files) < 0) goto failed;
  what = "pid namespace";
  if (enter_pid_namespace(f[7].text) < 0) goto failed;
  struct process *p = calloc(1, sizeof *p);
  struct launch l = {namespaces, f[8].text, *f[10].text == '1', *f[11].text == '1', true, -1, m, 13};
  what = "clone";
  if (!p || launch(c, p, &l) < 0) goto failed;
  p->stdin_once = *f[12].text == '1';
  first = p;
  return;
failed:
  tell_failure(c, -1, errno, what);
  c->closing = over = true;
  stop_listening();
}

/* exec version id tty stdin steps… */
static void exec(struct client *c, const struct message *m) {
  static bool entered;
  const struct field *f = m->fields;
  struct process *p = NULL;
  errno = EINVAL;
  if (m->count < 5 || !f[2].length || f[2].length >= sizeof p->id || find(f[2].text)) goto failed;
  errno = ESRCH;
  if (!first || first->state != RUNNING) goto failed;
  if (!entered && setns(first->pidfd, CLONE_NEWPID) < 0) goto failed;
  entered = true;
  if (!(p = calloc(1, sizeof *p))) goto failed;
  struct launch l = {0, "", *f[3].text == '1', *f[4].text == '1', false, first->pidfd, m, 5};
  strcpy(p->id, f[2].text);
  p->stdin_once = true;
  if (launch(c, p, &l) < 0) goto failed;
  c->wants_in = l.input;
  c->wants_out = c->wants_err = true;
  return;
failed:
  free(p);
  tell_failure(c, -1, errno, "exec");
  c->closing = true;
}

static int start(struct client *c, const char *payload, size_t length) {
  char header[FRAME_HEADER];
  struct process *p = c->process;
  if (!c->creator || p != first || p->state != READY) return errno = EINVAL, -1;
  frame_header(header, FRAME_MESSAGE, length);
  struct iovec parts[] = {{header, sizeof header}, {(void *)payload, length}};
  /* blocks only while the process reads it */
  for (size_t left = sizeof header + length; left > 0;) {
    ssize_t n = writev(p->status, parts, 2);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    left -= (size_t)n;
    for (int i = 0; i < 2; i++) {
      size_t used = (size_t)n < parts[i].iov_len ? (size_t)n : parts[i].iov_len;
      parts[i].iov_base = (char *)parts[i].iov_base + used;
      parts[i].iov_len -= used;
      n -= (ssize_t)used;
    }
  }
  return 0;
}

static int resize(const struct process *p, long long rows, long long columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  if (!p->terminal || p->out < 0) return 0;
  return ioctl(p->out, TIOCSWINSZ, &size);
}

static void handle_message(struct client *c, char *payload, size_t length, struct message *m) {
  const struct field *f = m->fields;
  const char *name = f[0].text;
  long long n[2];
  struct process *p;
  if (strcmp(name, "create") == 0) {
    create(c, m);
  } else if (strcmp(name, "exec") == 0) {
    exec(c, m);
  } else if (strcmp(name, "start") == 0) {
    if (start(c, payload, length) < 0) tell_failure(c, -1, errno, "start");
  } else if (strcmp(name, "watch") == 0 && first) {
    c->watches = true;
    tell_state(c, first);
  } else if (strcmp(name, "attach") == 0 && m->count >= 5 && (p = find(f[1].text)) && !c->process) {
    c->process = p;
    c->wants_in = *f[2].text == '1';
    c->wants_out = *f[3].text == '1';
    c->wants_err = *f[4].text == '1';
    tell_state(c, p);
    if (p->state == EXITED) tell_exit(c, p), c->closing = true;
  } else if (strcmp(name, "kill") == 0 && m->count >= 3 && number(&f[1], &n[0]) && (p = find(f[2].text))) {
    errno = ESRCH;
    tell_result(c, p->state == EXITED ? -1 : (int)syscall(SYS_pidfd_send_signal, p->pidfd, (int)n[0], NULL, 0));
  } else if (strcmp(name, "resize") == 0 && m->count >= 4 && number(&f[1], &n[0]) && number(&f[2], &n[1]) &&
             (p = find(f[3].text))) {
    tell_result(c, resize(p, n[0], n[1]));
  } else {
    errno = EINVAL;
    tell_result(c, -1);
  }
}

static void handle_frames(struct client *c) {
  int kind, there = 0;
  char *payload;
  size_t length;
  while (c->fd >= 0 && !c->closing && !(c->wants_in && c->process && buffer_length(&c->process->pending_in)) &&
         (there = frame_peek(&c->in, &kind, &payload, &length)) > 0) {
    if (kind == FRAME_MESSAGE) {
      struct message m;
      if (!message_parse(&m, payload, length)) {
        c->closing = true;
        return;
      }
      handle_message(c, payload, length, &m);
      free(m.fields);
    } else if (c->wants_in && c->process) {
      if (length > 0) process_input(c->process, payload, length);
      else process_input_end(c->process);
    }
    buffer_consume(&c->in, FRAME_HEADER + length);
  }
  if (there < 0) c->closing = true;
}

static void client_gone(struct client *c) {
  close_descriptor(&c->fd);
  buffer_free(&c->in);
  buffer_free(&c->out);
  struct process *p = c->process;
  if (!p) {
    if (!first) over = true; /* asked for a monitor and left */
    return;
  }
  if (c->wants_in) process_input_end(p);
  /* what nobody waits for any more shall not run */
  if (c->creator && p->state < RUNNING && p->pidfd >= 0) syscall(SYS_pidfd_send_signal, p->pidfd, SIGKILL, NULL, 0);
}

static void client_read(struct client *c) {
  ssize_t n = recv(c->fd, chunk, sizeof chunk, MSG_DONTWAIT);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0 || !buffer_append(&c->in, chunk, (size_t)n)) client_gone(c);
}

static void client_add(int fd) {
  struct client *c = fd < 0 ? NULL : calloc(1, sizeof *c);
  if (!c) return;
  c->fd = fd;
  c->next = clients;
  clients = c;
}

/* --- the loop --- */

static void sweep(void) {
  for (struct client **at = &clients, *c; (c = *at);) {
    if (c->fd >= 0) client_flush(c);
    if (c->fd >= 0 && c->closing && buffer_length(&c->out) == 0) client_gone(c);
    if (c->fd >= 0) {
      at = &c->next;
      continue;
    }
    *at = c->next;
    free(c);
  }
  for (struct process **at = &processes, *p; (p = *at);) {
    bool used = p == first || p->state != EXITED;
    for (struct client *c = clients; c && !used; c = c->next) used = c->process == p;
    if (used) {
      at = &p->next;
      continue;
    }
    *at = p->next;
    process_free(p);
  }
}

static void watch(struct pollfd **polls, size_t *count, size_t *capacity, int fd, int events) {
  if (*count == *capacity) {
    size_t larger = *capacity ? *capacity * 2 : 16;
    struct pollfd *more = realloc(*polls, larger * sizeof *more);
    if (!more) return;
    *polls = more;
    *capacity = larger;
  }
  (*polls)[(*count)++] = (struct pollfd){fd, (short)events, 0};
}

static bool ready(const struct pollfd *polls, size_t count, int fd) {
  if (fd < 0) return false;
  for (size_t i = 0; i < count; i++)
    if (polls[i].fd == fd) return polls[i].revents != 0;
  return false;
}

static bool alive(void) {
  for (struct process *p = processes; p; p = p->next)
    if (p->state != EXITED) return true;
  return false;
}

_Noreturn void monitor_run(int connection) {
  struct pollfd *polls = NULL;
  size_t count, capacity = 0;
  sigset_t set;
  sigfillset(&set);
  sigprocmask(SIG_SETMASK, &set, NULL);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGCHLD, SIG_DFL);
  setsid();
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  if (chdir("/") < 0) _exit(125);
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  client_add(connection);
  while (!over || clients || alive()) {
    count = 0;
    watch(&polls, &count, &capacity, signals, POLLIN);
    if (listener >= 0) watch(&polls, &count, &capacity, listener, POLLIN);
    for (struct process *p = processes; p; p = p->next) {
      if (p->status >= 0) watch(&polls, &count, &capacity, p->status, POLLIN);
      bool take = !held_back(p);
      if (take && p->out >= 0) watch(&polls, &count, &capacity, p->out, POLLIN);
      if (take && p->err >= 0) watch(&polls, &count, &capacity, p->err, POLLIN);
      if (p->in >= 0 && buffer_length(&p->pending_in) > 0) watch(&polls, &count, &capacity, p->in, POLLOUT);
    }
    for (struct client *c = clients; c; c = c->next) {
      bool full = c->wants_in && c->process && buffer_length(&c->process->pending_in) > 0;
      watch(&polls, &count, &capacity, c->fd, (full ? 0 : POLLIN) | (buffer_length(&c->out) > 0 ? POLLOUT : 0));
    }
    if (poll(polls, count, -1) < 0) continue;
    for (struct process *p = processes; p; p = p->next) {
      if (ready(polls, count, p->status)) handle_reports(p);
      if (ready(polls, count, p->in)) process_input_flush(p);
      if (ready(polls, count, p->out)) take_output(p, &p->out, FRAME_STDOUT);
      if (ready(polls, count, p->err)) take_output(p, &p->err, FRAME_STDERR);
    }
    if (ready(polls, count, signals)) {
      struct signalfd_siginfo drained[8];
      while (read(signals, drained, sizeof drained) > 0);
      reap();
    }
    for (struct client *c = clients; c; c = c->next) {
      if (ready(polls, count, c->fd)) client_read(c);
      handle_frames(c);
    }
    if (ready(polls, count, listener)) client_add(accept4(listener, NULL, NULL, SOCK_CLOEXEC));
    sweep();
  }
  _exit(0);
}
