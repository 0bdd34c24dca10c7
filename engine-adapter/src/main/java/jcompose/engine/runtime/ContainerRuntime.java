package jcompose.engine.runtime;

import java.nio.file.Path;
import java.util.List;
import jcompose.core.resource.ContainerId;

/// Runs containers. Each gets a monitor process that outlives this Java process: what was started
/// here is found again by [#recover(ContainerId)] of a later process with the same run folder. All
/// calls block and may be made from many threads at once, two calls for one container excepted: the
/// caller orders those.
///
/// The life of a container here is `create`, `start`, exit, `remove`. A second start is a second
/// `create`.
public interface ContainerRuntime extends AutoCloseable {
  /// Starts a monitor and, in new namespaces, the process that will become the container's first
  /// one. Returns as soon as that process exists, while it still mounts and sets itself up, so that
  /// the caller can move network links into `/proc/PID/ns/net` meanwhile. It goes no further than
  /// the brink of `execve` before [CreatedContainer#start()].
  ///
  /// When this process ends before `start` was called, the container ends too and leaves nothing
  /// behind.
  ///
  /// @throws ContainerStartException when the namespaces, the cgroup or the monitor cannot be made
  /// @throws jcompose.core.engine.EngineException.Invalid when the spec asks for what cannot be,
  ///   such as an unknown capability or sysctl
  CreatedContainer create(RuntimeSpec spec);

  /// What became of a container that a former process started. Never starts anything.
  Recovered recover(ContainerId id);

  /// Takes away what `create` made outside the container: run folder, cgroup, exit file. Kills what
  /// still runs. Does nothing when there is nothing. The log file and the root file system are the
  /// caller's.
  void remove(ContainerId id);

  /// Every container, running or ended, of which there is something in the run folder or a control
  /// group of the engine. What a creation left that had only begun is removed.
  List<ContainerId> known();

  /// A folder that lies below a container's layers: it has the places of mounts that an image may
  /// lack, such as `/proc` and `/etc/hosts`. To be left as it is.
  Path skeleton();

  /// Ends this process's part; containers go on.
  @Override
  void close();

  /// What [#recover(ContainerId)] found.
  sealed interface Recovered {
    /// It runs; the monitor answered.
    record Running(RunningContainer container) implements Recovered {}

    /// It has ended and the monitor wrote down how.
    record Ended(ExitStatus status) implements Recovered {}

    /// There is no monitor and no exit file: it never ran, was removed, or the machine was
    /// restarted under it.
    record Gone() implements Recovered {}
  }
}
