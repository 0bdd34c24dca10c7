/* A process of the container, its first one or an exec session's. */
#pragma once
#include "steps.h"

enum state { SETTING_UP, READY, RUNNING, EXITED };

struct process {
  struct process *next;
  char id[65]; /* empty for the container's first */
  enum state state;
  struct client *owner; /* who asked for it, while connected */
  pid_t pid;
  int pidfd, status; /* status: socket to it until it executes */
  int ends[3];       /* ours of its standard streams, -1 when closed; with a terminal, input is a duplicate of output */
  bool terminal, stdin_once, executing, failed, in_ending;
  struct buffer pending_in; /* what a full pipe did not take yet */
  long long started;
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

/* Clones the process and lets it run its steps. NULL with errno when it cannot be cloned. */
struct process *process_launch(const struct launch *l);
/* Takes one report: 1 for a report, 0 for none yet, -1 when there will be no more. */
int process_report(struct process *p, struct report *r);
/* Takes the other end of its terminal, as it told us. */
bool process_terminal(struct process *p, int descriptor);
/* Writes input that waits for it, and closes its input at the end. */
void process_input(struct process *p);
void process_free(struct process *p);
