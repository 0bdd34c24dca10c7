/// The bundled engine: one class a resource, the containers' records on disk, restarts, health
/// checks, events, and what happens when the engine starts again.
@NullMarked
package jcompose.engine.local;

import org.jspecify.annotations.NullMarked;
