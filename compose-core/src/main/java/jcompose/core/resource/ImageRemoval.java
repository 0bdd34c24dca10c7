package jcompose.core.resource;

/// One thing that the removal of an image did.
///
/// @param deleted an image or layer is gone; else a name is
/// @param what its id, or the name
public record ImageRemoval(boolean deleted, String what) {}
