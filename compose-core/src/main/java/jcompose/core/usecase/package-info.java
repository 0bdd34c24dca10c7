/// One class a verb: load, observe, plan, execute.
@NullMarked
package jcompose.core.usecase;

import org.jspecify.annotations.NullMarked;
