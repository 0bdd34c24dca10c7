/// Layers unpacked into folders, and overlays of them for containers.
@NullMarked
package jcompose.engine.snapshot;

import org.jspecify.annotations.NullMarked;
