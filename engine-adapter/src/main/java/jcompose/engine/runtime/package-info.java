/// Runs containers: one monitor process a container, driven by a compiled list of setup steps;
/// attach, exec sessions, logs, limits and exit status. Knows nothing of images, networks or the
/// Engine API.
@NullMarked
package jcompose.engine.runtime;

import org.jspecify.annotations.NullMarked;
