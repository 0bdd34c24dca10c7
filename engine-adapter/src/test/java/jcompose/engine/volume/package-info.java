/// Tests of the volumes.
@NullMarked
package jcompose.engine.volume;

import org.jspecify.annotations.NullMarked;
