package jcompose.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.output.Sizes;
import jcompose.cli.output.Table;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.observation.Observer;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ImageId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose images`.
@Command(
    name = "images",
    description = "List images used by the created containers",
    sortOptions = false)
final class ImagesCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only display IDs")
  private boolean quiet;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  ImagesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var known = session.knownProject();
    var project = known.project();
    Work.services(project, services);
    var out = session.invocation().output();
    var table = new Table("CONTAINER", "REPOSITORY", "TAG", "IMAGE ID", "SIZE");
    var seen = new LinkedHashSet<String>();
    for (Replica replica :
        new Observer(session.engine())
            .containers(project.name()).replicas().stream()
                .filter(it -> services.isEmpty() || services.contains(it.service()))
                .sorted(Comparator.comparing(it -> it.summary().name().value()))
                .toList()) {
      ImageId id = replica.summary().imageId();
      String hex = id.value().replaceFirst("sha256:", "");
      seen.add(hex);
      var image = session.engine().images().find(id.value());
      String tag = image.flatMap(it -> it.tags().stream().findFirst()).orElse("<none>:<none>");
      int colon = tag.lastIndexOf(':');
      table.row(
          replica.summary().name().value(),
          tag.substring(0, colon),
          tag.substring(colon + 1),
          hex.substring(0, Math.min(12, hex.length())),
          image.map(it -> Sizes.decimal(it.sizeBytes())).orElse("?"));
    }
    if (quiet) {
      seen.forEach(out::println);
    } else {
      table.print(out);
    }
    return ExitStatus.OK;
  }
}
