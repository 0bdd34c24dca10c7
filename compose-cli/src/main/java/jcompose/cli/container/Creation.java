package jcompose.cli.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jcompose.cli.image.Transfers;
import jcompose.cli.object.References;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.engine.Containers;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.ExposedPort;
import jcompose.core.resource.ImageDetails;
import jcompose.core.resource.ImageReference;

/// Makes the container that the flags describe, and first its image where that is missing.
final class Creation {
  private final Session session;
  private final CreateFlags flags;

  Creation(Session session, CreateFlags flags) {
    this.session = session;
    this.flags = flags;
  }

  /// @param detached whether no one is attached
  ContainerId create(boolean detached) {
    Optional<Path> idFile = idFile();
    flags.spec(session.invocation(), detached, List.of()); // what is wrong is told before a pull
    String when = flags.pull();
    if (when.equals("always")) {
      pull();
    }
    ContainerId id;
    try {
      id = make(detached);
    } catch (EngineException.NotFound e) {
      if (!when.equals("missing") || !e.getMessage().contains("No such image")) {
        throw e;
      }
      String name = References.image(flags.image()).familiar();
      if (!flags.quiet()) {
        session.invocation().error().println("Unable to find image '" + name + "' locally");
      }
      pull();
      id = make(detached);
    }
    write(id, idFile);
    return id;
  }

  private ContainerId make(boolean detached) {
    ContainerSpec spec =
        flags.spec(
            session.invocation(), detached, flags.publishAll() ? exposedByImage() : List.of());
    Containers containers = session.engine().containers();
    return flags
        .name()
        .map(it -> containers.create(it, spec))
        .orElseGet(() -> containers.create(spec));
  }

  private void pull() {
    ImageReference reference = References.image(flags.image());
    Thread worker = Thread.currentThread();
    try (var _ = session.invocation().interrupts().handle(worker::interrupt)) {
      session
          .engine()
          .images()
          .pull(reference, flags.platform(), Transfers.asides(session, flags.quiet()));
    }
  }

  private List<ExposedPort> exposedByImage() {
    return session.engine().images().find(flags.image()).map(ImageDetails::exposedPorts).stream()
        .flatMap(it -> it.stream().map(ExposedPort::parse))
        .toList();
  }

  /// @throws UsageError when there is one already: it tells of another container
  private Optional<Path> idFile() {
    Optional<Path> file = flags.idFile().map(it -> GlobalOptions.resolve(session.invocation(), it));
    if (file.filter(Files::exists).isPresent()) {
      throw new UsageError(
          "container ID file found, make sure the other container isn't running or delete "
              + flags.idFile().orElse(""));
    }
    return file;
  }

  private static void write(ContainerId id, Optional<Path> file) {
    if (file.isPresent()) {
      try {
        Files.writeString(file.get(), id.value());
      } catch (IOException e) {
        throw new UsageError("failed to create the container ID file: " + e.getMessage());
      }
    }
  }
}
