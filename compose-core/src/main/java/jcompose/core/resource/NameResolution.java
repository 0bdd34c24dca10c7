package jcompose.core.resource;

import java.util.List;

/// How names are looked up in a container.
///
/// @param servers addresses asked for what the engine does not know; empty for the host's
/// @param extraHosts `name:address` entries of /etc/hosts; the address may be `host-gateway`
public record NameResolution(
    List<String> servers, List<String> search, List<String> options, List<String> extraHosts) {

  public static final NameResolution DEFAULT =
      new NameResolution(List.of(), List.of(), List.of(), List.of());

  public NameResolution {
    servers = List.copyOf(servers);
    search = List.copyOf(search);
    options = List.copyOf(options);
    extraHosts = List.copyOf(extraHosts);
  }
}
