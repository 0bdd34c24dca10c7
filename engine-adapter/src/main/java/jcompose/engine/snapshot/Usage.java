package jcompose.engine.snapshot;

/// What a file tree takes on disk.
///
/// @param bytes of the files' contents, each hard-linked file counted once
public record Usage(long bytes, long inodes) {}
