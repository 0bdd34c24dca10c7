/// Any Docker daemon behind the engine port, through docker-java and a transport of our own.
///
/// docker-java's commands make the calls that are rare. Those of every `up`, `down` and `ps` go as
/// plain JSON through the same transport: docker-java's models lack fields we need (several
/// endpoints of one container, masked paths, bind options), and loading them takes longer than the
/// calls do.
@NullMarked
package jcompose.engine.docker;

import org.jspecify.annotations.NullMarked;
