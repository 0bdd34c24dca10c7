/* jcompose-monitor: see ../README.md. Roles, by the words it is started with:
 *   spawner SOCKET   forks a monitor for each connection; ends when standard input does, the monitors do not
 *   init WORDS…      the first process of a container that asked for one; also by the name docker-init */
#include "protocol.h"
#include "roles.h"

static int complain(const char *text) {
  if (write(2, text, strlen(text)) < 0) return 125;
  return 125;
}

/* A container may reach our program file through /proc/self/exe: let it find a sealed copy in memory. */
static int run_sealed(char **argv) {
  int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  int copy = memfd_create("jcompose-monitor", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  ssize_t n = -1;
  while (from >= 0 && copy >= 0 && (n = sendfile(copy, from, NULL, 1 << 30)) > 0);
  if (n < 0 || fchmod(copy, 0555) < 0) return complain("jcompose-monitor: cannot copy itself into memory\n");
  if (fcntl(copy, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) < 0)
    return complain("jcompose-monitor: cannot seal its copy in memory\n");
  argv[1] = "sealed-spawner";
  char *environment[] = {NULL};
  fexecve(copy, argv, environment);
  return complain("jcompose-monitor: cannot execute its copy in memory\n");
}

/* What a JVM changed for itself, or who started the engine, is not for the containers. */
static void restore_defaults(void) {
  /* the C library would leave out its own two signals */
  for (int number = 1; number < NSIG; number++) syscall(SYS_rt_sigaction, number, (unsigned long[4]){0}, NULL, 8);
  int filter = open("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);
  if (write(filter, "0x33", 4) < 0) return; /* a kernel without core dumps */
  close(filter);
}

static int spawner(const char *path) {
  umask(077);
  restore_defaults();
  int listener = listen_at(path);
  if (listener < 0) return complain("jcompose-monitor: cannot listen on its socket\n");
  signal(SIGCHLD, SIG_IGN);
  if (write(1, PROTOCOL_VERSION "\n", 2) != 2) return 125;
  for (;;) {
    struct pollfd polls[] = {{0, POLLIN, 0}, {listener, POLLIN, 0}};
    if (poll(polls, 2, -1) < 0) continue;
    char byte;
    if (polls[0].revents && read(0, &byte, 1) <= 0) return 0;
    if (!polls[1].revents) continue;
    int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (connection < 0) continue;
    if (fork() == 0) {
      close(listener);
      int null = open("/dev/null", O_RDWR | O_CLOEXEC);
      for (int fd = 0; fd < 3; fd++)
        if (dup2(null, fd) < 0) _exit(125);
      close(null);
      monitor_run(connection);
    }
    close(connection);
  }
}

int main(int argc, char **argv) {
  const char *name = argc > 0 && strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argc > 0 ? argv[0] : "";
  if (strcmp(name, "docker-init") == 0 && argc > 1) return init_run(argv + (strcmp(argv[1], "--") == 0 && argc > 2 ? 2 : 1));
  if (argc > 2 && strcmp(argv[1], "init") == 0) return init_run(argv + 2);
  if (argc == 3 && strcmp(argv[1], "spawner") == 0) return run_sealed(argv);
  if (argc == 3 && strcmp(argv[1], "sealed-spawner") == 0) return spawner(argv[2]);
  return complain("jcompose-monitor: started by the engine, not by hand\n");
}
