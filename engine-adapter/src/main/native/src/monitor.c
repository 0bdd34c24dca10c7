/* The monitor of one container: its processes, its streams, its clients. */
#include "monitor.h"
#include "log.h"
#include "process.h"

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
static bool over;
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
  message_append(&c->out, "exited", p->id, decimal(a, p->code), nanoseconds(b, finished), NULL);
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

/* A client that does not read holds the process up, as with dockerd, once so much waits for it. */
enum { BACKLOG = 1 << 20 };

static bool held_back(const struct process *p) {
  for (struct client *c = clients; c; c = c->next)
    if (c->process == p && buffer_length(&c->out) > BACKLOG) return true;
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
    buffer_append(&c->out, chunk, FRAME_HEADER + (size_t)n);
    client_flush(c);
  }
  return true;
}

/* --- the end --- */

static void write_exit_file(void) {
  char text[80], b[24];
  int length = snprintf(text, sizeof text, "%d %s\n", first->code, nanoseconds(b, finished));
  CLOSED_AT_END int fd = openat(folder, EXIT_NAME ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  /* not synced: what runs is over after a power cut, and the folder is emptied */
  if (fd >= 0 && write(fd, text, (size_t)length) == length) renameat(folder, EXIT_NAME ".new", folder, EXIT_NAME);
}

static void stop_listening(void) {
  close_descriptor(&listener);
  if (folder >= 0) unlinkat(folder, SOCKET_NAME, 0);
}

static void process_ended(struct process *p) {
  /* what the pipes hold, and not what others that have them go on to write */
  for (int left = 32; left > 0 && (take_output(p, &p->out, FRAME_STDOUT) | take_output(p, &p->err, FRAME_STDERR)); left--);
  clock_gettime(CLOCK_REALTIME, &finished);
  bool started = p->state == RUNNING;
  p->state = EXITED;
  if (p == first) {
    for (struct process *other = processes; other; other = other->next)
      if (other != p && other->state != EXITED) send_signal(other->pidfd, SIGKILL);
    if (started) write_exit_file();
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
  int got;
  char a[24], b[24];
  while (p->status >= 0 && (got = process_report(p, &r)) != 0) {
    struct client *owner = owner_of(p);
    if (got < 0) {
      if (!p->executing || p->failed) return;
      p->state = RUNNING; /* closed by execve */
      clock_gettime(CLOCK_REALTIME, &p->started);
      if (owner) message_append(&owner->out, "started", decimal(a, p->pid), nanoseconds(b, p->started), NULL);
      if (p == first && owner) owner->watches = true;
      return;
    }
    if (r.kind == REPORT_TERMINAL) {
      if (process_terminal(p, r.error)) continue;
      p->failed = true;
      if (owner) tell_failure(owner, -1, errno, "its terminal");
      send_signal(p->pidfd, SIGKILL);
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
  CLOSED_AT_END int fd = open(path, O_RDONLY | O_CLOEXEC);
  return fd < 0 ? -1 : setns(fd, CLONE_NEWPID);
}

/* create version folder log maximum files pid-namespace cgroup namespaces tty stdin stdin-once steps… */
static void create(struct client *c, const struct message *m) {
  long long maximum, files, namespaces;
  const struct field *f = m->fields;
  const char *what = "arguments";
  errno = EINVAL;
  if (first || m->count < 12 || !number(&f[4], &maximum) || !number(&f[5], &files) || !number(&f[8], &namespaces))
    goto failed;
  what = f[2].text;
  if (listen_in(f[2].text) < 0) goto failed;
  what = f[3].text;
  if (log_open(f[3].text, maximum, (int)files) < 0) goto failed;
  what = "pid namespace";
  if (enter_pid_namespace(f[6].text) < 0) goto failed;
  struct process *p = calloc(1, sizeof *p);
  struct launch l = {namespaces, f[7].text, *f[9].text == '1', *f[10].text == '1', true, -1, m, 12};
  what = "clone";
  if (!p || launch(c, p, &l) < 0) goto failed;
  p->stdin_once = *f[11].text == '1';
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

/* Hands the second list on. */
static int start(struct client *c, const char *payload, size_t length) {
  char header[FRAME_HEADER];
  struct process *p = c->process;
  if (!c->creator || p != first || p->state != READY) return errno = EINVAL, -1;
  frame_header(header, FRAME_MESSAGE, length);
  struct iovec parts[] = {{header, sizeof header}, {(void *)payload, length}};
  /* blocks only while the process reads it */
  return writev(p->status, parts, 2) == (ssize_t)(sizeof header + length) ? 0 : -1;
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
    tell_result(c, p->state == EXITED ? -1 : send_signal(p->pidfd, (int)n[0]));
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
  if (c->creator && p->state < RUNNING && p->pidfd >= 0) send_signal(p->pidfd, SIGKILL);
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

static struct pollfd *polls;
static size_t watched, room;

static void watch(int fd, int events) {
  if (fd < 0) return;
  if (watched == room) {
    struct pollfd *more = realloc(polls, (room + 16) * sizeof *more);
    if (!more) return;
    polls = more;
    room += 16;
  }
  polls[watched++] = (struct pollfd){fd, (short)events, 0};
}

static bool ready(int fd) {
  for (size_t i = 0; fd >= 0 && i < watched; i++)
    if (polls[i].fd == fd) return polls[i].revents != 0;
  return false;
}

static bool alive(void) {
  for (struct process *p = processes; p; p = p->next)
    if (p->state != EXITED) return true;
  return false;
}

_Noreturn void monitor_run(int connection) {
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
    watched = 0;
    watch(signals, POLLIN);
    watch(listener, POLLIN);
    for (struct process *p = processes; p; p = p->next) {
      watch(p->status, POLLIN);
      if (!held_back(p)) watch(p->out, POLLIN), watch(p->err, POLLIN);
      if (buffer_length(&p->pending_in) > 0) watch(p->in, POLLOUT);
    }
    for (struct client *c = clients; c; c = c->next) {
      bool full = c->wants_in && c->process && buffer_length(&c->process->pending_in) > 0;
      watch(c->fd, (full ? 0 : POLLIN) | (buffer_length(&c->out) > 0 ? POLLOUT : 0));
    }
    if (poll(polls, watched, -1) < 0) continue;
    for (struct process *p = processes; p; p = p->next) {
      if (ready(p->status)) handle_reports(p);
      if (ready(p->in)) process_input_flush(p);
      if (ready(p->out)) take_output(p, &p->out, FRAME_STDOUT);
      if (ready(p->err)) take_output(p, &p->err, FRAME_STDERR);
    }
    if (ready(signals)) {
      struct signalfd_siginfo drained[8];
      while (read(signals, drained, sizeof drained) > 0);
      reap();
    }
    for (struct client *c = clients; c; c = c->next) {
      if (ready(c->fd)) client_read(c);
      handle_frames(c);
    }
    if (ready(listener)) client_add(accept4(listener, NULL, NULL, SOCK_CLOEXEC));
    sweep();
  }
  _exit(0);
}
