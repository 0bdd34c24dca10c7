/// All that is printed: tables, progress, logs, JSON.
@NullMarked
package jcompose.cli.output;

import org.jspecify.annotations.NullMarked;
