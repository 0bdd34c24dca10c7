@NullMarked
package jcompose.engine.build;

import org.jspecify.annotations.NullMarked;
