/// Where a command runs and what the global options say.
@NullMarked
package jcompose.cli.settings;

import org.jspecify.annotations.NullMarked;
