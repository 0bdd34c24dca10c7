/* Frames and messages, as ../README.md has them. */
#pragma once
#include "kernel.h"

#define PROTOCOL_VERSION "3"

enum { FRAME_STDIN = 0, FRAME_STDOUT = 1, FRAME_STDERR = 2, FRAME_MESSAGE = 3 };
enum { FRAME_HEADER = 8, DATA_MAXIMUM = 65536, MESSAGE_MAXIMUM = 16 << 20 };

/* Bytes that grow; `at` is where the unread ones begin. */
struct buffer {
  char *data;
  size_t at, end, size;
};

bool buffer_append(struct buffer *b, const void *data, size_t length);
void buffer_consume(struct buffer *b, size_t length);
/* Writes what a descriptor that does not block takes now; false when nobody reads it any more. */
bool buffer_flush(struct buffer *b, int fd);
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

bool frame_append(struct buffer *b, int kind, const void *payload, size_t length);
/* 1: a whole frame is there, 0: not yet, -1: no frame can begin so. */
int frame_peek(const struct buffer *b, int *kind, char **payload, size_t *length);
/* Points into payload; false for a malformed one. Free `fields` after use. */
bool message_parse(struct message *m, char *payload, size_t length);
bool number(const struct field *f, long long *value);
/* A socket, not blocking, that listens in the folder at hand: a whole path may be longer than an address holds. */
int listen_at(const char *name);
