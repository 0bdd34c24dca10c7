/* What reads the frames and messages that come over a monitor's socket, fed with what no engine sends. For libFuzzer, or
 * by itself: `fuzz_reader COUNT SEED` takes messages as an engine sends them and damages each in some places. */
#include "../../main/native/src/protocol.h"

static size_t touched; /* keeps the compiler from leaving the reading out */

static void read_message(char *payload, size_t length) {
  struct message m;
  long long value;
  if (!message_parse(&m, payload, length)) return;
  for (int i = 0; i < m.count; i++) {
    struct field f = m.fields[i];
    if (f.text < payload || f.text + f.length >= payload + length || f.text[f.length] != 0) abort();
    touched += strlen(f.text);
    if (number(&f, &value)) touched += (size_t)(value & 1);
  }
  free(m.fields);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct buffer b = {0};
  size_t at = 0, length;
  int kind, there = 0;
  char *payload;
  while (at < size && there >= 0) { /* as a socket gives it: in pieces */
    size_t piece = 1 + data[at] % 97u;
    if (piece > size - at) piece = size - at;
    if (!buffer_append(&b, data + at, piece)) abort();
    at += piece;
    while ((there = frame_peek(&b, &kind, &payload, &length)) > 0) {
      if (kind == FRAME_MESSAGE) read_message(payload, length);
      buffer_consume(&b, FRAME_HEADER + length);
    }
  }
  buffer_free(&b);
  return 0;
}

#ifndef LIBFUZZER
static uint64_t state;
static uint32_t random_number(uint32_t below) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return (uint32_t)(state >> 33) % below;
}

static void append_message(struct buffer *b, const char *const *fields) {
  struct buffer payload = {0};
  for (; *fields; fields++) {
    uint32_t length = htobe32((uint32_t)strlen(*fields));
    if (!buffer_append(&payload, &length, 4) || !buffer_append(&payload, *fields, strlen(*fields) + 1)) abort();
  }
  if (!frame_append(b, FRAME_MESSAGE, payload.data, payload.end)) abort();
  buffer_free(&payload);
}

int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 100000;
  state = argc > 2 ? strtoull(argv[2], NULL, 10) | 1 : 1;
  for (int i = 0; i < count; i++) {
    struct buffer b = {0};
    append_message(&b, (const char *[]){"create", PROTOCOL_VERSION, "/run/x", "", "0", "1", "1", "", "", "131072", "0", "1", "1",
                                        "3", "chdir", "/", "1", "umask", "4", "prlimit", "0", "7", "99999999999999999999",
                                        NULL});
    if (!frame_append(&b, FRAME_STDIN, "hello", 5)) abort();
    append_message(&b, (const char *[]){"kill", "9", "", NULL});
    size_t size = buffer_length(&b) - random_number(3) * random_number(20);
    for (uint32_t damage = random_number(6); damage > 0; damage--) {
      static const uint8_t edges[] = {0, 1, 3, 4, 5, 0x7f, 0x80, 0xff};
      size_t place = random_number(random_number(2) ? 40 : (uint32_t)size);
      b.data[place] = (char)(random_number(2) ? edges[random_number(sizeof edges)] : random_number(256));
    }
    LLVMFuzzerTestOneInput((const uint8_t *)b.data, size);
    buffer_free(&b);
  }
  printf("%d inputs read, %zu\n", count, touched);
  return 0;
}
#endif
