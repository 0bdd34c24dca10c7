package jcompose.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import jcompose.cli.output.RowFormat;
import jcompose.cli.output.VolumeRows;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.conversion.ComposeLabels;
import jcompose.core.model.Project;
import jcompose.core.observation.Observer;
import jcompose.core.planning.Replica;
import jcompose.core.resource.ContainerSummary.MountPoint;
import jcompose.core.resource.VolumeDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose volumes`.
@Command(name = "volumes", description = "List volumes", sortOptions = false)
final class VolumesCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, 'table TEMPLATE', json, or a Go template (default: table)")
  private String format = "table";

  @Option(
      names = {"-q", "--quiet"},
      description = "Only display volume names")
  private boolean quiet;

  @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "Services; all when none")
  private List<String> services = new ArrayList<>();

  VolumesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var printed = new RowFormat(format, VolumeRows.TABLE, VolumeRows.TITLES);
    Project project = session.knownProject().project();
    Work.services(project, services);
    var volumes = new ArrayList<VolumeDetails>();
    volumes.addAll(
        session.engine().volumes().list(List.of(ComposeLabels.PROJECT + "=" + project.name())));
    if (!services.isEmpty()) {
      Set<String> mounted = mounted(project);
      volumes.removeIf(it -> !mounted.contains(it.name()));
    }
    volumes.sort(Comparator.comparing(VolumeDetails::name));
    var out = session.invocation().output();
    if (quiet) {
      volumes.forEach(it -> out.println(it.name()));
    } else {
      printed.print(volumes.stream().map(VolumeRows::of).toList(), VolumeRows.NAMES, out);
    }
    return ExitStatus.OK;
  }

  /// Volumes in containers of the services that were named.
  private Set<String> mounted(Project project) {
    var names = new LinkedHashSet<String>();
    for (Replica replica : new Observer(session.engine()).containers(project.name()).replicas()) {
      if (services.contains(replica.service())) {
        replica.summary().mounts().stream().map(MountPoint::name).forEach(names::add);
      }
    }
    return names;
  }
}
