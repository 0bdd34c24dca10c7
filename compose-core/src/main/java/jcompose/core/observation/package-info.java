/// Reads a project's state from an engine, once.
@NullMarked
package jcompose.core.observation;

import org.jspecify.annotations.NullMarked;
