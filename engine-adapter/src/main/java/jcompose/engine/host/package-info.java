/// The one door to the kernel: control groups, files below a foreign root, system calls.
@NullMarked
package jcompose.engine.host;

import org.jspecify.annotations.NullMarked;
