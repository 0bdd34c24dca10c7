/// The port to a container engine: one small interface a resource. Engines implement it, planning
/// and use cases call it.
@NullMarked
package jcompose.core.engine;

import org.jspecify.annotations.NullMarked;
