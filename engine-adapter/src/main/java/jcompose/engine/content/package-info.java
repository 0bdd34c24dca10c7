/// Blobs by digest, verified while they stream.
@NullMarked
package jcompose.engine.content;

import org.jspecify.annotations.NullMarked;
