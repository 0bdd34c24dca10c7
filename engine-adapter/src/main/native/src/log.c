#define _GNU_SOURCE
#include "log.h"

#include <endian.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "protocol.h"

struct record_header {
  uint64_t nanoseconds;
  uint32_t length;
  uint8_t stream;
  uint8_t zero[3];
};

static char path[PATH_MAX];
static int fd = -1;
static long long maximum, size;
static int files;

static int open_current(void) {
  fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
  struct stat st;
  if (fd < 0 || fstat(fd, &st) < 0) return -1;
  size = st.st_size;
  return 0;
}

/* A machine that went down in the middle of a write leaves half a record: what follows it could not be read. */
static void drop_torn_end(void) {
  uint32_t big;
  struct record_header header;
  if (size == 0) return;
  if (pread(fd, &big, 4, size - 4) == 4) {
    long long at = size - 4 - (long long)be32toh(big) - (long long)sizeof header;
    if (at >= 0 && pread(fd, &header, sizeof header, at) == sizeof header && header.length == big) return;
  }
  long long at = 0;
  while (pread(fd, &header, sizeof header, at) == sizeof header) {
    long long next = at + (long long)sizeof header + be32toh(header.length) + 4;
    if (next > size) break;
    at = next;
  }
  if (ftruncate(fd, at) == 0) size = at;
}

int log_open(const char *file, long long maximum_bytes, int maximum_files) {
  if (!*file) return 0;
  if (strlen(file) > sizeof path - 16) return -1;
  strcpy(path, file);
  maximum = maximum_bytes;
  files = maximum_files;
  if (open_current() < 0) return -1;
  drop_torn_end();
  return 0;
}

static char *turned(char out[PATH_MAX], int generation) {
  char digits[24];
  strcpy(out, path);
  if (generation > 0) strcat(strcat(out, "."), decimal(digits, generation));
  return out;
}

static void turn_over(void) {
  static char from[PATH_MAX], to[PATH_MAX];
  close(fd);
  for (int i = files - 1; i > 0; i--) rename(turned(from, i - 1), turned(to, i));
  if (files <= 1) unlink(path);
  open_current();
}

void log_append(int stream, const char *data, size_t length) {
  if (fd < 0 || length == 0) return;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  struct record_header header = {
      htobe64((uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec), htobe32((uint32_t)length), (uint8_t)stream, {0}};
  long long total = (long long)(sizeof header + length + 4);
  if (maximum > 0 && size > 0 && size + total > maximum) turn_over();
  if (fd < 0) return;
  uint32_t trailer = header.length;
  struct iovec parts[] = {{&header, sizeof header}, {(void *)data, length}, {&trailer, 4}};
  ssize_t written = writev(fd, parts, 3);
  if (written == total) size += total;
  else if (ftruncate(fd, size) < 0) size = lseek(fd, 0, SEEK_END); /* a full disk loses the piece, not the file */
}
