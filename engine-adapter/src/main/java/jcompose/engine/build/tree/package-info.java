/// Trees of files that a build copies from, and the layer it copies into. Paths are byte strings
/// (see [jcompose.engine.host.files.FileCalls]), relative to the tree's root and clean; the root
/// itself is the empty path. No path and no symbolic link leads out of a tree.
@NullMarked
package jcompose.engine.build.tree;

import org.jspecify.annotations.NullMarked;
