package jcompose.core.planning;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.ImageDetails;
import jcompose.core.resource.NetworkDetails;
import jcompose.core.resource.VolumeDetails;

/// What an engine had when it was asked.
///
/// @param replicas all containers with the project's label, one-off ones among them
/// @param networks all networks of the engine: an external one carries no label
/// @param volumes all volumes of the engine
/// @param images by the name that services use; a missing one has no entry
public record ObservedState(
    List<Replica> replicas,
    List<NetworkDetails> networks,
    List<VolumeDetails> volumes,
    Map<String, ImageDetails> images) {

  public ObservedState {
    replicas = List.copyOf(replicas);
    networks = List.copyOf(networks);
    volumes = List.copyOf(volumes);
    images = Map.copyOf(images);
  }

  /// Replicas of a service, one-off containers left out, by number.
  public List<Replica> replicas(String service) {
    return replicas.stream()
        .filter(it -> !it.oneOff() && it.service().equals(service))
        .sorted(java.util.Comparator.comparingInt(Replica::number))
        .toList();
  }

  public Optional<NetworkDetails> network(String name) {
    return networks.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  public Optional<VolumeDetails> volume(String name) {
    return volumes.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /// The same with other images, for after some were pulled or built.
  public ObservedState withImages(Map<String, ImageDetails> value) {
    return new ObservedState(replicas, networks, volumes, value);
  }
}
