package jcompose.engine.dockerfile;

/// One `name=value`, not yet expanded.
public record KeyValue(String name, String value) {}
