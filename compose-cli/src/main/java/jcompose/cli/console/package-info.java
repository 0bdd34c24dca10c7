/// The caller's terminal, lent to a program in a container.
@NullMarked
package jcompose.cli.console;

import org.jspecify.annotations.NullMarked;
