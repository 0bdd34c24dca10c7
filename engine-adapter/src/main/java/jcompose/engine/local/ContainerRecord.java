package jcompose.engine.local;

import java.time.Instant;
import java.util.List;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ImageId;
import jcompose.engine.network.Attachment;
import org.jspecify.annotations.Nullable;

/// All that is kept of a container: one file, replaced as a whole with each change.
///
/// @param spec as asked for; its networks follow `connect` and `disconnect`
/// @param options what API clients asked for beyond the spec
/// @param merged the spec with the image's defaults filled in
/// @param layers of the image by diff id, lowest first
/// @param mounts with volumes by name; the files the engine itself mounts are not among them
/// @param attachment what it has on the networks while it runs
public record ContainerRecord(
    ContainerId id,
    ContainerName name,
    Instant created,
    ImageId imageId,
    ContainerSpec spec,
    CreateOptions options,
    MergedConfig merged,
    List<String> layers,
    List<ResolvedMount> mounts,
    RunState state,
    @Nullable Attachment attachment) {

  public ContainerRecord {
    layers = List.copyOf(layers);
    mounts = List.copyOf(mounts);
  }

  ContainerRecord withName(ContainerName value) {
    return new ContainerRecord(
        id, value, created, imageId, spec, options, merged, layers, mounts, state, attachment);
  }

  ContainerRecord withState(RunState value) {
    return new ContainerRecord(
        id, name, created, imageId, spec, options, merged, layers, mounts, value, attachment);
  }

  ContainerRecord withSpec(ContainerSpec value) {
    return new ContainerRecord(
        id, name, created, imageId, value, options, merged, layers, mounts, state, attachment);
  }

  ContainerRecord withAttachment(@Nullable Attachment value) {
    return new ContainerRecord(
        id, name, created, imageId, spec, options, merged, layers, mounts, state, value);
  }
}
