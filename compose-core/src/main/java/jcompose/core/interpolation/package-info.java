/// The `${}` grammar of compose files and the grammar of env files.
@NullMarked
package jcompose.core.interpolation;

import org.jspecify.annotations.NullMarked;
