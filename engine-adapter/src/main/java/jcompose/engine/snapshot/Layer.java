package jcompose.engine.snapshot;

import jcompose.engine.oci.DiffId;

/// A layer that is unpacked.
///
/// @param sizeBytes of its files' contents, each hard-linked file counted once
public record Layer(DiffId diffId, long sizeBytes) {}
