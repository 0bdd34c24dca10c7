/// The bundled engine as a command line uses it: its daemon, started when none answers, behind its
/// socket.
@NullMarked
package jcompose.engine.bundled;

import org.jspecify.annotations.NullMarked;
