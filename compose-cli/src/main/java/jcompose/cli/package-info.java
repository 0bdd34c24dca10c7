/// The jcompose command: wiring only.
@NullMarked
package jcompose.cli;

import org.jspecify.annotations.NullMarked;
