#pragma once

/* The tiny first process of `--init`: runs the words, hands signals on, reaps. */
int init_run(char **words);
