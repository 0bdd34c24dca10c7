/* Linked into the monitor of `SANITIZE=1 build.sh`: a monitor has no environment to read these from, and its standard
 * error is /dev/null. What is found is in /tmp/jcompose-monitor.PID, and the monitor dies of it. */
const char *__asan_default_options(void) { return "detect_leaks=0:abort_on_error=1:log_path=/tmp/jcompose-monitor"; }
const char *__ubsan_default_options(void) { return "print_stacktrace=1:log_path=/tmp/jcompose-monitor"; }
