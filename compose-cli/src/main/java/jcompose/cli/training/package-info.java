/// What the packaging runs so that the AOT cache holds the classes of everyday commands.
@NullMarked
package jcompose.cli.training;

import org.jspecify.annotations.NullMarked;
