/// Serves many commands of one user in one process, which thereby start in milliseconds: the other
/// end of `bin/jcompose`.
@NullMarked
package jcompose.cli.warm;

import org.jspecify.annotations.NullMarked;
