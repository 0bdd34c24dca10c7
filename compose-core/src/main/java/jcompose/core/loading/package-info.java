/// From compose files to a project, one class a phase.
@NullMarked
package jcompose.core.loading;

import org.jspecify.annotations.NullMarked;
