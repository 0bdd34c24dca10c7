/// Carries plans out; decides nothing.
@NullMarked
package jcompose.core.execution;

import org.jspecify.annotations.NullMarked;
