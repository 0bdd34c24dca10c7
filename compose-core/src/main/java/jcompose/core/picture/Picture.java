package jcompose.core.picture;

import java.util.List;
import java.util.Optional;
import jcompose.core.model.Dependency.Condition;

/// What a picture of a project shows, whatever it is drawn with.
///
/// @param services in the order of the files
/// @param networks those that a shown service joins, as the volumes are those that one mounts
public record Picture(
    String project,
    List<Box> services,
    List<Arrow> arrows,
    List<Shared> networks,
    List<Shared> volumes) {
  public Picture {
    services = List.copyOf(services);
    arrows = List.copyOf(arrows);
    networks = List.copyOf(networks);
    volumes = List.copyOf(volumes);
  }

  /// A service.
  ///
  /// @param wave counted from 1: those of wave 1 depend on nothing, others on one of the wave
  ///   before
  /// @param source what it runs: an image, or `build FOLDER`, or `provider NAME`
  /// @param ports `8080→80`, `127.0.0.1:53→53/udp`, `→80` where any host port will do
  /// @param networks keys under the project's `networks`, or one `network_mode` other than a
  ///   network
  /// @param volumes keys under the project's `volumes`
  /// @param live how its containers are, where that was asked for
  public record Box(
      String name,
      int wave,
      String source,
      int replicas,
      List<String> ports,
      List<String> networks,
      List<String> volumes,
      Optional<Live> live) {
    public Box {
      ports = List.copyOf(ports);
      networks = List.copyOf(networks);
      volumes = List.copyOf(volumes);
    }
  }

  /// One service waits for another: the arrow leads the way things start.
  ///
  /// @param from the service that is depended on
  /// @param required without it, a missing `from` is no hindrance
  /// @param restart `to` restarts when `from` is restarted
  public record Arrow(
      String from, String to, Condition condition, boolean required, boolean restart) {
    /// What `to` waits for: `healthy, optional, restart`.
    public String label() {
      String word =
          switch (condition) {
            case SERVICE_STARTED -> "started";
            case SERVICE_HEALTHY -> "healthy";
            case SERVICE_COMPLETED_SUCCESSFULLY -> "completed";
          };
      return word + (required ? "" : ", optional") + (restart ? ", restart" : "");
    }
  }

  /// A network or volume.
  ///
  /// @param note `external`, `internal`, or empty
  public record Shared(String key, String note) {
    /// `data (external)`.
    public String label() {
      return note.isEmpty() ? key : key + " (" + note + ")";
    }
  }

  /// How the containers of a service are.
  ///
  /// @param text for people: `healthy`, `running 1/3`, `exited (1)`
  public record Live(Mood mood, String text) {}

  /// What a picture gives a colour to.
  public enum Mood {
    HEALTHY,
    RUNNING,
    /// Not there yet, or between: created, starting, paused, restarting, fewer than wanted.
    WAITING,
    /// All ended with 0.
    DONE,
    /// Unhealthy, or ended otherwise.
    FAILED,
    MISSING
  }
}
