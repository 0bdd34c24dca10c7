/// File calls of Linux that java.nio lacks: relative to open folders, never outside a root.
@NullMarked
package jcompose.engine.host.files;

import org.jspecify.annotations.NullMarked;
