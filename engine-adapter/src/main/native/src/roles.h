#pragma once

/* Serves the connection that asked for it, then everyone who connects, until the container has ended. */
_Noreturn void monitor_run(int connection);
/* The tiny first process of `--init`: runs the words, hands signals on, reaps. */
int init_run(char **words);
