/* The monitor of one container: its processes, its streams, its clients. */
#include "log.h"
#include "process.h"
#include "roles.h"

#define SOCKET_NAME "monitor.sock"
#define EXIT_NAME "exit"

struct client {
  struct client *next;
  int fd; /* -1 once gone */
  struct buffer in, out;
  struct process *process; /* what it created or is attached to */
  bool wants[3], closing; /* wants: standard input, output, error */
};

static struct client *clients;
static struct process *processes; /* the container's first is the last of the list */
static struct process *first;
static int folder = -1, listener = -1, signals = -1;
static bool over;
static int living; /* processes */
static long long finished;
static char chunk[DATA_MAXIMUM];

/* --- clients --- */

static void client_flush(struct client *c) {
  if (buffer_flush(&c->out, c->fd)) return;
  buffer_free(&c->out);
  c->closing = true;
}

static void client_send(struct client *c, int kind, const char *payload, size_t length) {
  if (!frame_append(&c->out, kind, payload, length)) c->closing = true;
}

/* A message: words between blanks. Nobody may be there to be told. */
__attribute__((format(printf, 2, 3))) static void tell(struct client *c, const char *format, ...) {
  char text[PATH_MAX + 64];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  if (c && length >= 0) client_send(c, FRAME_MESSAGE, text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1);
}

static void tell_result(struct client *c, int result) { tell(c, "done %d", result == 0 ? 0 : errno); }

static void tell_exit(struct client *c, const struct process *p) { tell(c, "exited %d %lld", p->code, finished); }

static void tell_state(struct client *c, const struct process *p) {
  static const char *const words[] = {"created", "created", "running", "exited"};
  tell(c, "state " PROTOCOL_VERSION " %s %d %lld %d", words[p->state], p->pid, p->started, p->code);
}

static struct process *find(const char *id) {
  for (struct process *p = processes; p; p = p->next)
    if (strcmp(p->id, id) == 0) return p;
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
static bool take_output(struct process *p, int stream) {
  if (p->ends[stream] < 0) return false;
  ssize_t n = read(p->ends[stream], chunk, sizeof chunk);
  if (n < 0 && errno == EINTR) return true;
  if (n < 0 && errno == EAGAIN) return false;
  if (n <= 0) { /* a terminal that no process holds any more answers EIO */
    close_descriptor(&p->ends[stream]);
    return false;
  }
  if (p == first) log_append(stream, chunk, (size_t)n);
  for (struct client *c = clients; c; c = c->next) {
    if (c->process != p || c->closing || !c->wants[stream]) continue;
    client_send(c, stream, chunk, (size_t)n);
    client_flush(c);
  }
  return true;
}

/* --- the end --- */

static void write_exit_file(void) {
  char text[80];
  int length = snprintf(text, sizeof text, "%d %lld\n", first->code, finished);
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
  for (int left = 32; left > 0 && (take_output(p, FRAME_STDOUT) | take_output(p, FRAME_STDERR)); left--);
  finished = now();
  bool started = p->state == RUNNING;
  p->state = EXITED;
  living--;
  if (p == first) {
    for (struct process *other = processes; other; other = other->next)
      if (other != p && other->state != EXITED) send_signal(other->pidfd, SIGKILL);
    if (started) write_exit_file();
    stop_listening();
    over = true;
  }
  if (!started && !p->failed) tell(p->owner, "failed -1 %d %s", ECHILD, "the process was killed while it set itself up");
  for (struct client *c = clients; c; c = c->next) {
    if (c->process != p) continue;
    if (started) tell_exit(c, p);
    c->closing = true;
  }
}

/* --- processes --- */

static void handle_reports(struct process *p) {
  struct report r;
  int got = 0;
  while (p->status >= 0 && (got = process_report(p, &r)) > 0) {
    if (r.kind == REPORT_TERMINAL) {
      if (process_terminal(p, r.error)) continue;
      p->failed = true;
      tell(p->owner, "failed -1 %d %s", errno, "its terminal");
      send_signal(p->pidfd, SIGKILL);
    } else if (r.kind == REPORT_READY) {
      p->state = READY;
      tell(p->owner, "ready");
    } else if (r.kind == REPORT_EXECUTING) {
      p->executing = true;
    } else if (r.kind == REPORT_FAILED) {
      p->failed = true;
      tell(p->owner, "failed %d %d ", r.step, r.error);
    }
  }
  if (got == 0 || !p->executing || p->failed) return;
  p->state = RUNNING; /* closed by execve */
  p->started = now();
  tell(p->owner, "started %d %lld", p->pid, p->started);
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

static struct process *launch(struct client *c, const struct launch *l) {
  struct process *p = process_launch(l);
  if (!p) return NULL;
  p->next = processes;
  processes = p;
  c->process = p;
  p->owner = c;
  living++;
  tell(c, "pid %d", p->pid);
  return p;
}

static int listen_in(const char *path) {
  folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0 || fchdir(folder) < 0 || (listener = listen_at(SOCKET_NAME)) < 0) return -1;
  return chdir("/");
}

/* create version folder log maximum files number pid-namespace cgroup namespaces tty stdin stdin-once steps… */
static void create(struct client *c, const struct message *m) {
  long long maximum, files, number_of_next, namespaces;
  const struct field *f = m->fields;
  const char *what = "arguments";
  errno = EINVAL;
  if (first || m->count < 13 || !number(&f[4], &maximum) || !number(&f[5], &files)) goto failed;
  if (!number(&f[6], &number_of_next) || !number(&f[9], &namespaces)) goto failed;
  what = f[2].text;
  if (listen_in(f[2].text) < 0) goto failed;
  what = f[3].text;
  if (log_open(f[3].text, maximum, files, number_of_next) < 0) goto failed;
  what = "pid namespace";
  if (f[7].length > 0 && join_namespace(f[7].text, CLONE_NEWPID) < 0) goto failed;
  what = "clone";
  first = launch(c, &(struct launch){namespaces, f[8].text, *f[10].text == '1', *f[11].text == '1', true, -1, m, 13});
  if (!first) goto failed;
  first->stdin_once = *f[12].text == '1';
  return;
failed:
  tell(c, "failed -1 %d %s", errno, what);
  c->closing = over = true;
  stop_listening();
}

/* exec version id tty stdin steps… */
static void exec(struct client *c, const struct message *m) {
  static bool entered;
  const struct field *f = m->fields;
  errno = EINVAL;
  if (m->count < 5 || !f[2].length || f[2].length >= sizeof first->id || find(f[2].text)) goto failed;
  errno = ESRCH;
  if (!first || first->state != RUNNING) goto failed;
  if (!entered && setns(first->pidfd, CLONE_NEWPID) < 0) goto failed;
  entered = true;
  bool terminal = *f[3].text == '1', input = *f[4].text == '1';
  struct process *p = launch(c, &(struct launch){0, "", terminal, input, false, first->pidfd, m, 5});
  if (!p) goto failed;
  strcpy(p->id, f[2].text);
  p->stdin_once = true;
  c->wants[FRAME_STDIN] = input;
  c->wants[FRAME_STDOUT] = c->wants[FRAME_STDERR] = true;
  return;
failed:
  tell(c, "failed -1 %d %s", errno, "exec");
  c->closing = true;
}

/* Hands the frame with the second list on. */
static int start(struct client *c, const char *frame, size_t length) {
  struct process *p = c->process;
  if (!p || p != first || p->owner != c || p->state != READY) return errno = EINVAL, -1;
  /* blocks only while the process reads it */
  return send(p->status, frame, length, MSG_NOSIGNAL) == (ssize_t)length ? 0 : -1;
}

static int resize(const struct process *p, long long rows, long long columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  if (!p->terminal || p->ends[1] < 0) return 0;
  return ioctl(p->ends[1], TIOCSWINSZ, &size);
}

static void handle_message(struct client *c, char *payload, size_t length, const struct message *m) {
  const struct field *f = m->fields;
  const char *name = f[0].text;
  long long n[2];
  struct process *p;
  if (strcmp(name, "create") == 0) {
    create(c, m);
  } else if (strcmp(name, "exec") == 0) {
    exec(c, m);
  } else if (strcmp(name, "start") == 0) {
    if (start(c, payload - FRAME_HEADER, FRAME_HEADER + length) < 0) tell(c, "failed -1 %d %s", errno, "start");
  } else if (strcmp(name, "attach") == 0 && m->count >= 5 && (p = find(f[1].text)) && !c->process) {
    c->process = p;
    for (int i = 0; i < 3; i++) c->wants[i] = *f[2 + i].text == '1';
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

/* Input, or the end of it where its process is to see that. */
static void handle_input(struct client *c, const char *data, size_t length) {
  struct process *p = c->process;
  if (!p || !c->wants[FRAME_STDIN] || p->ends[0] < 0 || p->in_ending) return;
  if (length == 0) p->in_ending = p->stdin_once;
  else if (!buffer_append(&p->pending_in, data, length)) c->closing = true;
  process_input(p);
}

/* Whether what it sent before waits for its process. */
static bool input_full(const struct client *c) {
  return c->wants[FRAME_STDIN] && c->process && buffer_length(&c->process->pending_in) > 0;
}

static void handle_frames(struct client *c) {
  int kind, there = 0;
  char *payload;
  size_t length;
  while (c->fd >= 0 && !c->closing && !input_full(c) && (there = frame_peek(&c->in, &kind, &payload, &length)) > 0) {
    struct message m;
    if (kind != FRAME_MESSAGE) {
      handle_input(c, payload, length);
    } else if (message_parse(&m, payload, length)) {
      handle_message(c, payload, length, &m);
      free(m.fields);
    } else {
      c->closing = true;
    }
    buffer_consume(&c->in, FRAME_HEADER + length);
  }
  if (there < 0) c->closing = true;
}

static void client_gone(struct client *c) {
  struct process *p = c->process;
  handle_input(c, NULL, 0);
  if (p && p->owner == c) {
    handle_reports(p);
    /* what nobody waits for any more shall not run; but a program that may have begun is not killed in the middle */
    if (p->state < RUNNING && !p->executing) {
      p->failed = true;
      send_signal(p->pidfd, SIGKILL);
    }
    p->owner = NULL;
  }
  close_descriptor(&c->fd);
  buffer_free(&c->in);
  buffer_free(&c->out);
  if (!first) over = true; /* asked for a monitor and left */
}

static void client_read(struct client *c) {
  ssize_t n = read(c->fd, chunk, sizeof chunk);
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
static size_t watched;

static void watch(int fd, int events) {
  struct pollfd *more = fd < 0 ? NULL : realloc(polls, (watched + 1) * sizeof *polls);
  if (!more) return;
  polls = more;
  polls[watched++] = (struct pollfd){fd, (short)events, 0};
}

static bool ready(int fd) {
  for (size_t i = 0; fd >= 0 && i < watched; i++)
    if (polls[i].fd == fd) return polls[i].revents != 0;
  return false;
}

_Noreturn void monitor_run(int connection) {
  sigset_t set;
  sigfillset(&set);
  sigprocmask(SIG_SETMASK, &set, NULL);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGCHLD, SIG_DFL);
  setsid();
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  if (signals < 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0 || chdir("/") < 0)
    _exit(125);
  client_add(connection);
  while (!over || clients || living > 0) {
    watched = 0;
    watch(signals, POLLIN);
    watch(listener, POLLIN);
    for (struct process *p = processes; p; p = p->next) {
      watch(p->status, POLLIN);
      if (!held_back(p)) watch(p->ends[1], POLLIN), watch(p->ends[2], POLLIN);
      if (buffer_length(&p->pending_in) > 0) watch(p->ends[0], POLLOUT);
    }
    for (struct client *c = clients; c; c = c->next)
      watch(c->fd, (input_full(c) ? 0 : POLLIN) | (buffer_length(&c->out) > 0 ? POLLOUT : 0));
    if (poll(polls, watched, -1) < 0) continue;
    for (struct process *p = processes; p; p = p->next) {
      if (ready(p->status)) handle_reports(p);
      if (ready(p->ends[0])) process_input(p);
      if (ready(p->ends[1])) take_output(p, FRAME_STDOUT);
      if (ready(p->ends[2])) take_output(p, FRAME_STDERR);
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
    if (ready(listener)) client_add(accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK));
    sweep();
  }
  _exit(0);
}
