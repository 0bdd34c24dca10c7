/// One class a verb: its flags, and the use case it calls.
@NullMarked
package jcompose.cli.command;

import org.jspecify.annotations.NullMarked;
