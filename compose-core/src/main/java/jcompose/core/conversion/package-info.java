/// From the compose model to what an engine is asked for, one class a topic.
@NullMarked
package jcompose.core.conversion;

import org.jspecify.annotations.NullMarked;
