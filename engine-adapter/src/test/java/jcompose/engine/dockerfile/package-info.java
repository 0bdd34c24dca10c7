@NullMarked
package jcompose.engine.dockerfile;

import org.jspecify.annotations.NullMarked;
