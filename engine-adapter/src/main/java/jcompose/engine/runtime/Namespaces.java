package jcompose.engine.runtime;

/// Where each of a container's namespaces comes from. The mount namespace is always its own.
public record Namespaces(Source pid, Source ipc, Source net, Source uts, Source cgroup) {
  /// All its own.
  public static final Namespaces OWN =
      new Namespaces(Source.OWN, Source.OWN, Source.OWN, Source.OWN, Source.OWN);

  /// Where one namespace comes from.
  public sealed interface Source {
    Source OWN = new Own();
    Source HOST = new Host();

    /// A new one.
    record Own() implements Source {}

    /// The one the engine runs in.
    record Host() implements Source {}

    /// That of a running process, such as another container's first.
    record OfProcess(int pid) implements Source {}
  }
}
