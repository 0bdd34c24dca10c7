/// What depends on what, and in which order that can be done.
@NullMarked
package jcompose.core.graph;

import org.jspecify.annotations.NullMarked;
