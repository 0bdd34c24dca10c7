/// The daemon: the bundled engine behind the Docker Engine API, and how it is started.
@NullMarked
package jcompose.engine.daemon;

import org.jspecify.annotations.NullMarked;
