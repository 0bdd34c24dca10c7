/// What the OCI image specification and Docker's schema 2 say: digests, manifests, indexes,
/// configurations.
@NullMarked
package jcompose.engine.oci;

import org.jspecify.annotations.NullMarked;
