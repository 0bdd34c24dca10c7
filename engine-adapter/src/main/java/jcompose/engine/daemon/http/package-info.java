/// HTTP/1.1 with hijacked streams over Unix and TCP sockets, one virtual thread a connection.
@NullMarked
package jcompose.engine.daemon.http;

import org.jspecify.annotations.NullMarked;
