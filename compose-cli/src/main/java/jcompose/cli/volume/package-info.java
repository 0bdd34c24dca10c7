/// `jcompose volume`: one class a verb.
@NullMarked
package jcompose.cli.volume;

import org.jspecify.annotations.NullMarked;
