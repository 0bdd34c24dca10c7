/// Mounts that only one thread sees.
@NullMarked
package jcompose.engine.host.mount;

import org.jspecify.annotations.NullMarked;
