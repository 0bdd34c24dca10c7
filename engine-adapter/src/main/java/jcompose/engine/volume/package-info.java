/// Volumes of the bundled engine: named storage that outlives containers.
@NullMarked
package jcompose.engine.volume;

import org.jspecify.annotations.NullMarked;
