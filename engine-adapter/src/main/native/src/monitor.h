#pragma once

/* Serves the connection that asked for it, then everyone who connects, until the container has ended. */
_Noreturn void monitor_run(int connection);
