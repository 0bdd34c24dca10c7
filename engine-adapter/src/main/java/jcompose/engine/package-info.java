/// The engines behind the port.
@NullMarked
package jcompose.engine;

import org.jspecify.annotations.NullMarked;
