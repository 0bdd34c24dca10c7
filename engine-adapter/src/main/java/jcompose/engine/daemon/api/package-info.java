/// The Docker Engine API: one router a resource, wire records in its JSON shapes, errors to
/// statuses.
@NullMarked
package jcompose.engine.daemon.api;

import org.jspecify.annotations.NullMarked;
