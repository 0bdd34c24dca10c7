#define _GNU_SOURCE
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "steps.h"

enum { PIPE_SIZE = 256 << 10 };

void close_descriptor(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static bool read_all(int fd, char *data, size_t length) {
  while (length > 0) {
    ssize_t n = read(fd, data, length);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    data += n;
    length -= (size_t)n;
  }
  return true;
}

/* The second list, of which the monitor hands the frame through. */
static bool receive_list(int fd, struct message *list) {
  struct buffer b = {0};
  char header[FRAME_HEADER], *payload;
  int kind;
  size_t length;
  if (!read_all(fd, header, sizeof header) || !buffer_append(&b, header, sizeof header)) return false;
  if (frame_peek(&b, &kind, &payload, &length) < 0 || kind != FRAME_MESSAGE) return false;
  payload = malloc(length + 1);
  return payload && read_all(fd, payload, length) && message_parse(list, payload, length);
}

static _Noreturn void set_up(const struct launch *l, int in, int out, int err, int status) {
  sigset_t none;
  sigemptyset(&none);
  /* Whoever started the engine may have had some ignored; the C library would leave out its own two. */
  for (int number = 1; number < NSIG; number++) syscall(SYS_rt_sigaction, number, (unsigned long[4]){0}, NULL, 8);
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
  if (steps_run(&s, l->list, l->from, 0) == 0 && l->two_phases) {
    report(3, REPORT_READY, 0, 0, -1);
    if (receive_list(3, &second)) steps_run(&s, &second, 1, steps_count(l->list, l->from));
  }
  _exit(125);
}

static void nonblocking(int fd) {
  if (fd >= 0) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

int process_launch(struct process *p, const struct launch *l) {
  int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1}, status[2] = {-1, -1}, null = -1, cgroup = -1;
  p->pid = -1;
  p->pidfd = p->status = p->in = p->out = p->err = -1;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, status) < 0) goto failed;
  if ((null = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0) goto failed;
  if (!l->terminal) {
    if (l->input && pipe2(in, O_CLOEXEC) < 0) goto failed;
    if (pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0) goto failed;
    fcntl(out[0], F_SETPIPE_SZ, PIPE_SIZE);
  }
  if (*l->cgroup && (cgroup = open(l->cgroup, O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0) goto failed;
  struct clone_args args = {.flags = (unsigned long long)l->namespaces | CLONE_PIDFD | (cgroup >= 0 ? CLONE_INTO_CGROUP : 0),
                            .pidfd = (uintptr_t)&p->pidfd,
                            .exit_signal = SIGCHLD,
                            .cgroup = cgroup >= 0 ? (unsigned)cgroup : 0};
  long pid = syscall(SYS_clone3, &args, sizeof args);
  if (pid < 0) goto failed;
  if (pid == 0)
    set_up(l, in[0] >= 0 ? in[0] : null, out[1] >= 0 ? out[1] : null, err[1] >= 0 ? err[1] : null, status[1]);
  p->pid = (pid_t)pid;
  p->terminal = l->terminal;
  p->status = status[0];
  p->in = in[1];
  p->out = out[0];
  p->err = err[0];
  nonblocking(p->in);
  nonblocking(p->out);
  nonblocking(p->err);
  close_descriptor(&status[1]);
  close_descriptor(&in[0]);
  close_descriptor(&out[1]);
  close_descriptor(&err[1]);
  close_descriptor(&null);
  close_descriptor(&cgroup);
  return 0;
failed:;
  int error = errno;
  for (int i = 0; i < 2; i++) {
    close_descriptor(&in[i]);
    close_descriptor(&out[i]);
    close_descriptor(&err[i]);
    close_descriptor(&status[i]);
  }
  close_descriptor(&null);
  close_descriptor(&cgroup);
  errno = error;
  return -1;
}

int process_report(struct process *p, struct report *r, int *descriptor) {
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
  } control;
  struct iovec part = {r, sizeof *r};
  struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.bytes};
  ssize_t n = recvmsg(p->status, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  *descriptor = -1;
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
  for (struct cmsghdr *c = n < 0 ? NULL : CMSG_FIRSTHDR(&m); c; c = CMSG_NXTHDR(&m, c))
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) memcpy(descriptor, CMSG_DATA(c), sizeof *descriptor);
  if (n == sizeof *r) {
    if (r->kind == REPORT_TERMINAL && *descriptor >= 0) nonblocking(*descriptor);
    return 1;
  }
  close_descriptor(descriptor);
  close_descriptor(&p->status);
  return -1;
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
  close_descriptor(&p->pidfd);
  close_descriptor(&p->status);
  close_descriptor(&p->in);
  close_descriptor(&p->out);
  close_descriptor(&p->err);
  buffer_free(&p->pending_in);
  free(p);
}
