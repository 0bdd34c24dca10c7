/// `jcompose image`: one class a verb.
@NullMarked
package jcompose.cli.image;

import org.jspecify.annotations.NullMarked;
