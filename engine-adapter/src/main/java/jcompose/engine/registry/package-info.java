/// The OCI distribution protocol: one class an endpoint, and credentials.
@NullMarked
package jcompose.engine.registry;

import org.jspecify.annotations.NullMarked;
