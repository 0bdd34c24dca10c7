#include "process.h"

enum { PIPE_SIZE = 256 << 10 };

/* The second list, of which the monitor hands the frame through. */
static bool receive_list(int fd, struct message *list) {
  char header[FRAME_HEADER], *payload;
  struct buffer b = {.data = header, .end = sizeof header, .size = sizeof header};
  int kind;
  size_t length;
  if (recv(fd, header, sizeof header, MSG_WAITALL) != sizeof header) return false;
  if (frame_peek(&b, &kind, &payload, &length) < 0 || kind != FRAME_MESSAGE || !(payload = malloc(length + 1))) return false;
  return recv(fd, payload, length, MSG_WAITALL) == (ssize_t)length && message_parse(list, payload, length);
}

static _Noreturn void set_up(const struct launch *l, int in, int out, int err, int status) {
  sigset_t none;
  sigemptyset(&none);
  signal(SIGPIPE, SIG_DFL); /* the spawner did the others */
  sigprocmask(SIG_SETMASK, &none, NULL);
  setsid();
  umask(0);
  /* Nothing of the monitor's stays open: clients would not see it close, and the program could reach them. */
  int keep[] = {in, out, err, status, l->init_pidfd};
  for (int i = 0; i < 5; i++) keep[i] = keep[i] < 0 ? -1 : fcntl(keep[i], F_DUPFD, 16);
  for (int i = 0; i < 5; i++)
    if (keep[i] >= 0) dup3(keep[i], i, i < 3 ? 0 : O_CLOEXEC);
  syscall(SYS_close_range, l->init_pidfd < 0 ? 4u : 5u, ~0u, 0);
  struct setup s = {.root = -1, .init_pidfd = l->init_pidfd < 0 ? -1 : 4, .status = 3};
  struct message second;
  if (steps_run(&s, l->list, l->from) && l->two_phases && report(3, REPORT_READY, 0, 0) && receive_list(3, &second))
    steps_run(&s, &second, 1);
  _exit(125);
}

static int nonblocking(int fd) {
  if (fd >= 0) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  return fd;
}

static bool make_pipe(int *reader, int *writer) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return false;
  *reader = ends[0];
  *writer = ends[1];
  return true;
}

int process_launch(struct process *p, const struct launch *l) {
  CLOSED_AT_END int our_in = -1, our_out = -1, our_err = -1, in = -1, out = -1, err = -1, cgroup = -1;
  CLOSED_AT_END int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  int both[2];
  p->pid = -1;
  p->pidfd = p->status = p->in = p->out = p->err = -1;
  if (null < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both) < 0) return -1;
  CLOSED_AT_END int our_status = both[0], status = both[1];
  if (!l->terminal) {
    if (l->input && !make_pipe(&in, &our_in)) return -1;
    if (!make_pipe(&our_out, &out) || !make_pipe(&our_err, &err)) return -1;
    fcntl(our_out, F_SETPIPE_SZ, PIPE_SIZE);
  }
  if (*l->cgroup && (cgroup = open(l->cgroup, O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0) return -1;
  struct clone_args args = {.flags = (unsigned long long)l->namespaces | CLONE_PIDFD | (cgroup >= 0 ? CLONE_INTO_CGROUP : 0),
                            .pidfd = (uintptr_t)&p->pidfd,
                            .exit_signal = SIGCHLD,
                            .cgroup = cgroup >= 0 ? (unsigned)cgroup : 0};
  long pid = syscall(SYS_clone3, &args, sizeof args);
  if (pid < 0) return -1;
  if (pid == 0) set_up(l, in >= 0 ? in : null, out >= 0 ? out : null, err >= 0 ? err : null, status);
  p->pid = (pid_t)pid;
  p->terminal = l->terminal;
  p->status = take(&our_status);
  p->in = nonblocking(take(&our_in));
  p->out = nonblocking(take(&our_out));
  p->err = nonblocking(take(&our_err));
  return 0;
}

int process_report(struct process *p, struct report *r) {
  ssize_t n = recv(p->status, r, sizeof *r, MSG_DONTWAIT);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
  if (n == sizeof *r) return 1;
  close_descriptor(&p->status);
  return -1;
}

bool process_terminal(struct process *p, int descriptor) {
  p->out = nonblocking((int)syscall(SYS_pidfd_getfd, p->pidfd, descriptor, 0));
  p->in = p->out < 0 ? -1 : fcntl(p->out, F_DUPFD_CLOEXEC, 0);
  return p->in >= 0 && send(p->status, "", 1, MSG_NOSIGNAL) == 1;
}

void process_input_flush(struct process *p) {
  while (p->in >= 0 && buffer_length(&p->pending_in) > 0) {
    ssize_t n = write(p->in, p->pending_in.data + p->pending_in.at, buffer_length(&p->pending_in));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) return;
    if (n < 0) {
      buffer_free(&p->pending_in);
      if (!p->terminal) close_descriptor(&p->in);
      return;
    }
    buffer_consume(&p->pending_in, (size_t)n);
  }
  if (p->in_ending && !p->terminal) close_descriptor(&p->in);
}

void process_input(struct process *p, const char *data, size_t length) {
  if (p->in < 0 || p->in_ending) return;
  buffer_append(&p->pending_in, data, length);
  process_input_flush(p);
}

void process_input_end(struct process *p) {
  if (!p->stdin_once || p->terminal) return; /* a terminal stays, for whoever attaches next */
  p->in_ending = true;
  process_input_flush(p);
}

void process_free(struct process *p) {
  int *all[] = {&p->pidfd, &p->status, &p->in, &p->out, &p->err};
  for (int i = 0; i < 5; i++) close_descriptor(all[i]);
  buffer_free(&p->pending_in);
  free(p);
}
