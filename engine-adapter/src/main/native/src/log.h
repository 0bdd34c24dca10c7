/* The container's log file: see ../README.md, "The log file". */
#ifndef JCOMPOSE_LOG_H
#define JCOMPOSE_LOG_H

#include <stddef.h>

/* An empty path is no log. False leaves errno. */
int log_open(const char *path, long long maximum_bytes, int maximum_files);
void log_append(int stream, const char *data, size_t length);

#endif
