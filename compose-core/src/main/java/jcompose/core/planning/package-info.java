/// Compares what should be with what is and answers with a plan: pure, no calls, no clock.
@NullMarked
package jcompose.core.planning;

import org.jspecify.annotations.NullMarked;
