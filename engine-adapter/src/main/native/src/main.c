#include <stdio.h>

int main(void) {
  fputs("jcompose-monitor: started by the engine, not by hand\n", stderr);
  return 125;
}
