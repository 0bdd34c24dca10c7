/* What the files of jcompose-monitor share. The protocol is in ../README.md. */
#pragma once
#include "kernel.h"

/* --- protocol.c: frames and messages --- */

#define PROTOCOL_VERSION "2"

enum { FRAME_STDIN = 0, FRAME_STDOUT = 1, FRAME_STDERR = 2, FRAME_MESSAGE = 3 };
enum { FRAME_HEADER = 8, DATA_MAXIMUM = 65536, MESSAGE_MAXIMUM = 16 << 20 };

/* Bytes that grow; `at` is where the unread ones begin. */
struct buffer {
  char *data;
  size_t at, end, size;
};

bool buffer_append(struct buffer *b, const void *data, size_t length);
void buffer_consume(struct buffer *b, size_t length);
void buffer_free(struct buffer *b);
static inline size_t buffer_length(const struct buffer *b) { return b->end - b->at; }

/* A field is followed by a zero byte, so that `text` is a C string when it holds none itself. */
struct field {
  char *text;
  uint32_t length;
};

struct message {
  struct field *fields;
  int count;
};

void frame_header(char *header, int kind, size_t length);
/* 1: a whole frame is there, 0: not yet, -1: no frame can begin so. */
int frame_peek(const struct buffer *b, int *kind, char **payload, size_t *length);
/* Points into payload; false for a malformed one. Free `fields` after use. */
bool message_parse(struct message *m, char *payload, size_t length);
/* Appends a message frame; the last argument is NULL. */
bool message_append(struct buffer *b, const char *name, ...);
bool number(const struct field *f, long long *value);
char *decimal(char out[24], long long value);

/* --- log.c: the container's log file --- */

/* An empty path is no log. -1 leaves errno. */
int log_open(const char *path, long long maximum_bytes, int maximum_files);
void log_append(int stream, const char *data, size_t length);

/* --- process.c: a process of the container, its first one or an exec session's --- */

enum state { SETTING_UP, READY, RUNNING, EXITED };

struct process {
  struct process *next;
  char id[65]; /* empty for the container's first */
  enum state state;
  pid_t pid;
  int pidfd, status;   /* status: socket to it until it executes */
  int in, out, err;    /* our ends; with a terminal `in` is a duplicate of `out`; -1 when closed */
  bool terminal, stdin_once, executing, failed, in_ending;
  struct buffer pending_in; /* what a full pipe did not take yet */
  struct timespec started;
  int code; /* exit code once EXITED */
};

struct launch {
  long long namespaces; /* CLONE_NEW… */
  const char *cgroup;   /* v2 folder to be born in, or "" */
  bool terminal, input, two_phases;
  int init_pidfd; /* for exec sessions, else -1 */
  const struct message *list;
  int from; /* where in the list the steps begin */
};

/* What the setting-up process tells the monitor; a terminal's master comes with it as SCM_RIGHTS. */
enum { REPORT_READY = 1, REPORT_FAILED, REPORT_EXECUTING, REPORT_TERMINAL };
struct report {
  int32_t kind, step, error;
};

/* Clones the process and lets it run its steps; -1 with errno when it cannot be cloned. */
int process_launch(struct process *p, const struct launch *l);
/* Takes one report: 1 for a report, 0 for none yet, -1 when there will be no more. `descriptor` is -1 or the caller's. */
int process_report(struct process *p, struct report *r, int *descriptor);
void process_input(struct process *p, const char *data, size_t length);
void process_input_flush(struct process *p);
void process_input_end(struct process *p);
void process_free(struct process *p);

/* --- steps*.c: what the setting-up process does, in order, before it becomes the container's program --- */

struct setup {
  int root;       /* O_PATH of the root being built; -1 before `root`, and after `pivot` that of "/" */
  int init_pidfd; /* the container's first process, for `enter` */
  int status;     /* socket to the monitor */
  char **environment;
};

int report(int status, int kind, int step, int error, int descriptor);
/* Runs the steps in fields[from..]; reports a failure and returns -1, its number offset by `first`. */
int steps_run(struct setup *s, const struct message *list, int from, int first);
int steps_count(const struct message *list, int from);
int bind_descriptor(struct setup *s, int fd, const char *target);

/* a: the arguments, count of them; n: those that are numbers. 0, or -1 with errno. */
#define STEP(name) int step_##name(struct setup *s, const struct field *a, const long long *n, int count)
STEP(bind); STEP(bounding); STEP(capabilities); STEP(device); STEP(directory); STEP(domainname); STEP(enter);
STEP(environment); STEP(execute); STEP(groups); STEP(host_mount); STEP(hostname); STEP(join_namespace); STEP(keyring);
STEP(limit); STEP(link); STEP(mask); STEP(mount); STEP(no_new_privileges); STEP(pivot); STEP(read_only);
STEP(read_only_root); STEP(root); STEP(seccomp); STEP(share); STEP(take); STEP(terminal); STEP(umask);
STEP(unshare_cgroup); STEP(user); STEP(working_directory); STEP(write);

/* --- the roles --- */

/* Serves the connection that asked for it, then everyone who connects, until the container has ended. */
_Noreturn void monitor_run(int connection);
/* The tiny first process of `--init`: runs the words, hands signals on, reaps. */
int init_run(char **words);
