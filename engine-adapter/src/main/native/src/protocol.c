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

void buffer_free(struct buffer *b) {
  free(b->data);
  *b = (struct buffer){0};
}

void frame_header(char *header, int kind, size_t length) {
  uint32_t big = htonl((uint32_t)length);
  memset(header, 0, FRAME_HEADER);
  header[0] = (char)kind;
  memcpy(header + 4, &big, 4);
}

int frame_peek(const struct buffer *b, int *kind, char **payload, size_t *length) {
  size_t there = buffer_length(b);
  if (there < FRAME_HEADER) return 0;
  const char *at = b->data + b->at;
  uint32_t big;
  memcpy(&big, at + 4, 4);
  *kind = at[0];
  *length = ntohl(big);
  if (*kind < FRAME_STDIN || *kind > FRAME_MESSAGE) return -1;
  if (*length > (*kind == FRAME_MESSAGE ? MESSAGE_MAXIMUM : DATA_MAXIMUM)) return -1;
  if (there - FRAME_HEADER < *length) return 0;
  *payload = b->data + b->at + FRAME_HEADER;
  return 1;
}

bool message_parse(struct message *m, char *payload, size_t length) {
  *m = (struct message){0};
  while (length >= 5) {
    uint32_t big;
    memcpy(&big, payload, 4);
    uint32_t size = ntohl(big);
    if (size > length - 5 || payload[4 + size] != 0) break;
    if ((m->count & 63) == 0) {
      struct field *more = realloc(m->fields, ((size_t)m->count + 64) * sizeof *more);
      if (!more) break;
      m->fields = more;
    }
    m->fields[m->count++] = (struct field){payload + 4, size};
    payload += 5 + size;
    length -= 5 + size;
  }
  if (length == 0 && m->count > 0) return true;
  free(m->fields);
  m->fields = NULL;
  return false;
}

bool message_append(struct buffer *b, const char *name, ...) {
  char header[FRAME_HEADER];
  size_t total = 0;
  va_list list;
  va_start(list, name);
  for (const char *text = name; text; text = va_arg(list, const char *)) total += 5 + strlen(text);
  va_end(list);
  frame_header(header, FRAME_MESSAGE, total);
  bool done = buffer_append(b, header, sizeof header);
  va_start(list, name);
  for (const char *text = name; done && text; text = va_arg(list, const char *)) {
    uint32_t big = htonl((uint32_t)strlen(text));
    done = buffer_append(b, &big, 4) && buffer_append(b, text, strlen(text) + 1);
  }
  va_end(list);
  return done;
}

bool number(const struct field *f, long long *value) {
  char *end;
  *value = strtoll(f->text, &end, 10);
  return f->length > 0 && *end == 0;
}

char *decimal(char out[24], long long value) {
  snprintf(out, 24, "%lld", value);
  return out;
}
