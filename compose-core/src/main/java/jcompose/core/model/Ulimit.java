package jcompose.core.model;

/// A resource limit of processes, see getrlimit(2); -1 for unlimited.
public record Ulimit(long soft, long hard) {}
