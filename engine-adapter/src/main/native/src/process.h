/* A process of the container, its first one or an exec session's. */
#pragma once
#include "steps.h"

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

/* Clones the process and lets it run its steps; -1 with errno when it cannot be cloned. */
int process_launch(struct process *p, const struct launch *l);
/* Takes one report: 1 for a report, 0 for none yet, -1 when there will be no more. */
int process_report(struct process *p, struct report *r);
/* Takes the other end of its terminal, as it told us. */
bool process_terminal(struct process *p, int descriptor);
void process_input(struct process *p, const char *data, size_t length);
void process_input_flush(struct process *p);
void process_input_end(struct process *p);
void process_free(struct process *p);
