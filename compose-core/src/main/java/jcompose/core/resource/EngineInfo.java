package jcompose.core.resource;

/// What an engine says of itself.
///
/// @param kind `jcompose` for the bundled engine, `docker` for a Docker daemon
/// @param address for people: the socket or URL it was reached at, or `in-process`
/// @param local whether paths of this machine are paths of the engine's host
public record EngineInfo(
    String kind,
    String version,
    String apiVersion,
    String operatingSystem,
    String architecture,
    String address,
    boolean local) {}
