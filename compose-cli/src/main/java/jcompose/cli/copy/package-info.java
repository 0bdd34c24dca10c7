/// Files between the caller's folders and containers, as `docker cp` copies them.
@NullMarked
package jcompose.cli.copy;

import org.jspecify.annotations.NullMarked;
