#include "protocol.h"

bool buffer_append(struct buffer *b, const void *data, size_t length) {
  if (b->size - b->end < length && b->at > 0) {
    memmove(b->data, b->data + b->at, buffer_length(b));
    b->end -= b->at;
    b->at = 0;
  }
  if (b->size - b->end < length) {
    size_t size = b->size ? b->size : 512;
    while (size - b->end < length) size *= 2;
    char *larger = realloc(b->data, size);
    if (!larger) return false;
    b->data = larger;
    b->size = size;
  }
  memcpy(b->data + b->end, data, length);
  b->end += length;
  return true;
}

void buffer_consume(struct buffer *b, size_t length) {
  b->at += length;
  if (b->at == b->end) buffer_free(b); /* what was once needed should not stay resident */
}

bool buffer_flush(struct buffer *b, int fd) {
  while (buffer_length(b) > 0) {
    ssize_t n = write(fd, b->data + b->at, buffer_length(b));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno == EAGAIN;
    buffer_consume(b, (size_t)n);
  }
  return true;
}

void buffer_free(struct buffer *b) {
  free(b->data);
  *b = (struct buffer){0};
}

bool frame_append(struct buffer *b, int kind, const void *payload, size_t length) {
  uint32_t header[] = {htobe32((uint32_t)kind << 24), htobe32((uint32_t)length)};
  return buffer_append(b, header, FRAME_HEADER) && (length == 0 || buffer_append(b, payload, length));
}

int frame_peek(const struct buffer *b, int *kind, char **payload, size_t *length) {
  uint32_t header[2];
  if (buffer_length(b) < FRAME_HEADER) return 0;
  memcpy(header, b->data + b->at, FRAME_HEADER);
  *kind = (int)(be32toh(header[0]) >> 24);
  *length = be32toh(header[1]);
  if (*kind > FRAME_MESSAGE || *length > (*kind == FRAME_MESSAGE ? MESSAGE_MAXIMUM : DATA_MAXIMUM)) return -1;
  if (buffer_length(b) - FRAME_HEADER < *length) return 0;
  *payload = b->data + b->at + FRAME_HEADER;
  return 1;
}

bool message_parse(struct message *m, char *payload, size_t length) {
  /* a field takes five bytes at least */
  *m = (struct message){calloc(length / 5 + 1, sizeof *m->fields), 0};
  while (m->fields && length >= 5) {
    uint32_t big;
    memcpy(&big, payload, 4);
    uint32_t size = be32toh(big);
    if (size > length - 5 || payload[4 + size] != 0) break;
    m->fields[m->count++] = (struct field){payload + 4, size};
    payload += 5 + size;
    length -= 5 + size;
  }
  if (length == 0 && m->count > 0) return true;
  free(m->fields);
  return false;
}

bool number(const struct field *f, long long *value) {
  char *end;
  *value = strtoll(f->text, &end, 10);
  return f->length > 0 && *end == 0;
}

int listen_at(const char *name) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(name) >= sizeof address.sun_path) return errno = ENAMETOOLONG, -1;
  strcpy(address.sun_path, name);
  if (unlink(name) < 0 && errno != ENOENT) return -1;
  CLOSED_AT_END int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 512) < 0) return -1;
  return take(&fd);
}
