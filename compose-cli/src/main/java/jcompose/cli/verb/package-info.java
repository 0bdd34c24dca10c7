/// Commands by name, created when a line names them.
@NullMarked
package jcompose.cli.verb;

import org.jspecify.annotations.NullMarked;
