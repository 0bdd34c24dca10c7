package jcompose.core.model;

/// A device node given to a container, or, where `target` is empty, the name of a CDI device.
///
/// @param permissions letters of `rwm`
public record Device(String source, String target, String permissions) {}
