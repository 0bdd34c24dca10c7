/// The values both sides of the engine port speak: what to create, and what is there.
@NullMarked
package jcompose.core.resource;

import org.jspecify.annotations.NullMarked;
