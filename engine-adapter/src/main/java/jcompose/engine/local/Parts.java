package jcompose.engine.local;

import jcompose.engine.image.ImageStore;
import jcompose.engine.network.ContainerNetworks;
import jcompose.engine.runtime.ContainerLog;
import jcompose.engine.runtime.ContainerRuntime;
import jcompose.engine.snapshot.Snapshotter;
import jcompose.engine.volume.VolumeStore;

/// What containers are made with.
record Parts(
    ImageStore images,
    Snapshotter snapshots,
    VolumeStore volumes,
    ContainerNetworks networks,
    ContainerRuntime runtime,
    ContainerLog logs,
    RecordFiles files,
    ContainerIndex index,
    EventBus bus) {

  ContainerEvents events() {
    return new ContainerEvents(bus);
  }
}
