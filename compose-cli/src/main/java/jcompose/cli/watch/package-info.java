/// Watching the folders that services are developed in, and doing what their `develop.watch` rules
/// say.
@NullMarked
package jcompose.cli.watch;

import org.jspecify.annotations.NullMarked;
