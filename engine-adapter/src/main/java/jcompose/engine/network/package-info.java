/// Networks of the bundled engine: bridges, endpoints, addresses, names and published ports.
@NullMarked
package jcompose.engine.network;

import org.jspecify.annotations.NullMarked;
