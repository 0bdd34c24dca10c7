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

/* keep: standard input, output, error, the socket to the monitor, and perhaps the container's first process. */
static _Noreturn void set_up(const struct launch *l, int keep[5]) {
  sigset_t none;
  sigemptyset(&none);
  signal(SIGPIPE, SIG_DFL); /* the spawner did the others */
  sigprocmask(SIG_SETMASK, &none, NULL);
  setsid();
  umask(0);
  /* Nothing of the monitor's stays open: clients would not see it close, and the program could reach them. */
  int kept = keep[4] < 0 ? 4 : 5;
  for (int i = 0; i < kept; i++)
    if ((keep[i] = fcntl(keep[i], F_DUPFD, 16)) < 0) _exit(125);
  for (int i = 0; i < kept; i++)
    if (dup3(keep[i], i, i < 3 ? 0 : O_CLOEXEC) < 0) _exit(125);
  if (syscall(SYS_close_range, kept, ~0u, 0) < 0) _exit(125);
  struct setup s = {.root = -1, .init_pidfd = kept > 4 ? 4 : -1, .status = 3};
  struct message second;
  if (steps_run(&s, l->list, l->from) && l->two_phases && report(3, REPORT_READY, 0, 0) && receive_list(3, &second))
    steps_run(&s, &second, 1);
  _exit(125);
}

static bool nonblocking(int fd) { return fcntl(fd, F_SETFL, O_NONBLOCK) == 0; }

static bool make_pipe(int *reader, int *writer, const int *ours) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return false;
  *reader = ends[0];
  *writer = ends[1];
  return nonblocking(*ours);
}

static int launch(struct process *p, const struct launch *l) {
  CLOSED_AT_END int null = open("/dev/null", O_RDWR | O_CLOEXEC), in = -1, out = -1, err = -1, cgroup = -1;
  int both[2];
  if (null < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both) < 0) return -1;
  CLOSED_AT_END int status = both[1];
  p->status = both[0];
  p->terminal = l->terminal;
  if (!l->terminal) {
    if (l->input && !make_pipe(&in, &p->ends[0], &p->ends[0])) return -1;
    if (!make_pipe(&p->ends[1], &out, &p->ends[1]) || !make_pipe(&p->ends[2], &err, &p->ends[2])) return -1;
    fcntl(p->ends[1], F_SETPIPE_SZ, PIPE_SIZE); /* or what the user's limit leaves it */
  }
  if (*l->cgroup && (cgroup = open(l->cgroup, O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0) return -1;
  struct clone_args args = {.flags = (unsigned long long)l->namespaces | CLONE_PIDFD | (cgroup >= 0 ? CLONE_INTO_CGROUP : 0),
                            .pidfd = (uintptr_t)&p->pidfd,
                            .exit_signal = SIGCHLD,
                            .cgroup = cgroup >= 0 ? (unsigned)cgroup : 0};
  p->pid = (pid_t)syscall(SYS_clone3, &args, sizeof args);
  if (p->pid == 0)
    set_up(l, (int[]){in >= 0 ? in : null, out >= 0 ? out : null, err >= 0 ? err : null, status, l->init_pidfd});
  return p->pid < 0 ? -1 : 0;
}

struct process *process_launch(const struct launch *l) {
  struct process *p = malloc(sizeof *p);
  if (!p) return NULL;
  *p = (struct process){.pidfd = -1, .status = -1, .ends = {-1, -1, -1}};
  if (launch(p, l) == 0) return p;
  process_free(p);
  return NULL;
}

int process_report(struct process *p, struct report *r) {
  ssize_t n = recv(p->status, r, sizeof *r, MSG_DONTWAIT);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
  if (n == sizeof *r) return 1;
  close_descriptor(&p->status);
  return -1;
}

bool process_terminal(struct process *p, int descriptor) {
  p->ends[1] = (int)syscall(SYS_pidfd_getfd, p->pidfd, descriptor, 0);
  if (p->ends[1] < 0 || !nonblocking(p->ends[1])) return false;
  p->ends[0] = fcntl(p->ends[1], F_DUPFD_CLOEXEC, 0);
  return p->ends[0] >= 0 && send(p->status, "", 1, MSG_NOSIGNAL) == 1;
}

void process_input(struct process *p) {
  bool read = p->ends[0] >= 0 && buffer_flush(&p->pending_in, p->ends[0]);
  if (!read) buffer_free(&p->pending_in);
  /* a terminal stays, for whoever attaches next */
  if (!p->terminal && (!read || (p->in_ending && buffer_length(&p->pending_in) == 0))) close_descriptor(&p->ends[0]);
}

void process_free(struct process *p) {
  int error = errno;
  int *all[] = {&p->pidfd, &p->status, &p->ends[0], &p->ends[1], &p->ends[2]};
  for (int i = 0; i < 5; i++) close_descriptor(all[i]);
  buffer_free(&p->pending_in);
  free(p);
  errno = error;
}
