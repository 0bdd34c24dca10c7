package jcompose.engine.runtime;

/// Size of a terminal in characters.
public record TerminalSize(int rows, int columns) {}
