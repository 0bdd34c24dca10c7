package jcompose.engine.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.EndpointSpec;
import jcompose.core.resource.NameResolution;
import jcompose.core.resource.PortBinding;

/// What a container asks of the networks for its next run.
///
/// @param hostname what the container calls itself; resolves to it on user-defined networks
/// @param networks network name or id to the endpoint asked for, in the order of attaching
/// @param ports to publish; for "publish all" the caller adds one without host port an exposed port
public record AttachmentSpec(
    ContainerId container,
    ContainerName name,
    String hostname,
    Map<String, EndpointSpec> networks,
    List<PortBinding> ports,
    NameResolution names) {
  public AttachmentSpec {
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
    ports = List.copyOf(ports);
  }
}
