/// Tests of the networks.
@NullMarked
package jcompose.engine.network;

import org.jspecify.annotations.NullMarked;
