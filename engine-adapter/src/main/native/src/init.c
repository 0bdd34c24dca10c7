#include "kernel.h"
#include "roles.h"

int init_run(char **words) {
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  pid_t child = fork();
  if (child < 0) return 125;
  if (child == 0) {
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (setpgid(0, 0) == 0 && isatty(0)) {
      signal(SIGTTOU, SIG_IGN);
      tcsetpgrp(0, getpid());
      signal(SIGTTOU, SIG_DFL);
    }
    execvp(words[0], words);
    int missing = errno == ENOENT;
    static const char text[] = "init: cannot execute the program\n";
    if (write(2, text, sizeof text - 1) < 0) return 126;
    return missing ? 127 : 126;
  }
  for (;;) {
    siginfo_t info;
    int signal_number = sigwaitinfo(&all, &info), status;
    if (signal_number < 0) continue;
    if (signal_number != SIGCHLD) {
      kill(child, signal_number);
      continue;
    }
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
      if (pid == child) return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }
}
