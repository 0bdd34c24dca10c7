/// Where a text stands in a file, and what is to be said about it.
@NullMarked
package jcompose.core.source;

import org.jspecify.annotations.NullMarked;
