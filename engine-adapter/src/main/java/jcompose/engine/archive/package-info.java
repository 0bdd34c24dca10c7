/// Tar streams, and file trees to and from them.
@NullMarked
package jcompose.engine.archive;

import org.jspecify.annotations.NullMarked;
