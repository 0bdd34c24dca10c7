package jcompose.cli.command;

import java.util.List;
import java.util.Optional;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.conversion.Names;
import jcompose.core.engine.EngineException;
import jcompose.core.model.Project;
import jcompose.core.planning.ImagePlanner;
import jcompose.core.planning.Services;
import jcompose.core.planning.UpOptions;
import jcompose.core.resource.ImageDetails;
import jcompose.core.usecase.Up;

/// Builds images anew and replaces the containers that ran the old ones.
final class Rebuild {
  private static final ImagePlanner.Options BUILD =
      new ImagePlanner.Options(ImagePlanner.Building.ALWAYS, Optional.empty(), false, false);

  private final Session session;
  private final Project project;
  private final boolean prune;
  private final boolean quiet;

  /// @param prune removes an image that has lost its name to the new one
  Rebuild(Session session, Project project, boolean prune, boolean quiet) {
    this.session = session;
    this.project = project;
    this.prune = prune;
    this.quiet = quiet;
  }

  /// @return the exit code
  int all() {
    return up(project);
  }

  /// @return whether the service runs on its new image now
  boolean one(String service) {
    Project alone = Services.select(project, List.of(service), true);
    String image =
        Optional.ofNullable(alone.services().get(service))
            .map(it -> Names.image(alone, it))
            .orElse("");
    Optional<ImageDetails> before = session.engine().images().find(image);
    if (up(alone) != ExitStatus.OK) {
      return false;
    }
    if (prune) {
      before.ifPresent(it -> remove(it, image));
    }
    return true;
  }

  private void remove(ImageDetails old, String image) {
    var images = session.engine().images();
    boolean same = images.find(image).map(it -> it.id().equals(old.id())).orElse(true);
    if (!same && images.find(old.id().value()).map(it -> it.tags().isEmpty()).orElse(false)) {
      try {
        images.remove(old.id().value(), false);
      } catch (EngineException e) {
        // something still uses it
      }
    }
  }

  private int up(Project wanted) {
    var request = new Up.Request(wanted, BUILD, UpOptions.of(wanted.services().keySet()));
    try (var _ = session.lock(wanted)) {
      return Work.run(session, quiet, bench -> new Up(bench).run(request));
    }
  }
}
