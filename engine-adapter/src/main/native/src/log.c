/* The container's log file: see ../README.md, "The log file". */
#include "log.h"

struct record_header {
  uint64_t nanoseconds;
  uint32_t length;
  uint8_t stream;
  uint8_t zero[3];
};

static char path[PATH_MAX - 32]; /* room for a number behind it */
static int fd = -1;
static long long maximum, size, next, files;

static int open_current(void) {
  fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
  size = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);
  return fd < 0 ? -1 : 0;
}

int log_open(const char *file, long long maximum_bytes, long long maximum_files, long long number) {
  if (!*file) return 0;
  if (strlen(file) >= sizeof path) return errno = ENAMETOOLONG, -1;
  strcpy(path, file);
  maximum = maximum_bytes;
  files = maximum_files;
  next = number;
  return open_current();
}

/* The current file becomes the next numbered one, and the oldest goes, which the engine may have compressed. */
static void turn_over(void) {
  static char name[PATH_MAX];
  close(fd);
  snprintf(name, sizeof name, "%s.%lld", path, next);
  rename(path, name);
  snprintf(name, sizeof name, "%s.%lld", path, ++next - files);
  unlink(name);
  snprintf(name, sizeof name, "%s.%lld.gz", path, next - files);
  unlink(name);
  open_current();
}

void log_append(int stream, const char *data, size_t length) {
  if (fd < 0 || length == 0) return;
  struct record_header header = {
      htobe64((uint64_t)now()), htobe32((uint32_t)length), (uint8_t)stream, {0}};
  long long total = (long long)(sizeof header + length + 4);
  if (maximum > 0 && size > 0 && size + total > maximum) turn_over();
  if (fd < 0) return;
  struct iovec parts[] = {{&header, sizeof header}, {(void *)data, length}, {&header.length, 4}};
  ssize_t written = writev(fd, parts, 3);
  if (written == total) size += total;
  else if (ftruncate(fd, size) < 0) size = lseek(fd, 0, SEEK_END); /* a full disk loses the piece, not the file */
}
