/* The container's log file: see ../README.md, "The log file". */
#pragma once
#include "kernel.h"

/* An empty path is no log; `number` is the first that a file is turned over to. -1 leaves errno. */
int log_open(const char *path, long long maximum_bytes, long long maximum_files, long long number);
void log_append(int stream, const char *data, size_t length);
