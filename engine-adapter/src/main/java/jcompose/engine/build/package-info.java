/// Runs a Dockerfile's build graph: cache keys, copied files, layers, and the images that come out.
@NullMarked
package jcompose.engine.build;

import org.jspecify.annotations.NullMarked;
