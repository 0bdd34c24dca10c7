package jcompose.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jcompose.cli.output.PictureJson;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.GlobalOptions;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.core.model.Project;
import jcompose.core.observation.Observer;
import jcompose.core.picture.DotPicture;
import jcompose.core.picture.LiveStates;
import jcompose.core.picture.MermaidPicture;
import jcompose.core.picture.Picture;
import jcompose.core.picture.Picture.Live;
import jcompose.core.picture.ProjectPicture;
import jcompose.core.picture.SvgPicture;
import jcompose.core.planning.Services;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose graph`.
@Command(
    name = "graph",
    description = "Draw the services, what each waits for, and what they share",
    sortOptions = false)
final class GraphCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "svg, mermaid, dot or json (default: svg)")
  private String format = "svg";

  @Option(names = "--live", description = "Colour each service by how its containers are")
  private boolean live;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Save to file (default to stdout)")
  private String output = "";

  @Parameters(
      paramLabel = "SERVICE",
      arity = "0..*",
      description = "Services, and what they depend on; all when none")
  private List<String> services = new ArrayList<>();

  GraphCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!List.of("svg", "mermaid", "dot", "json").contains(format)) {
      throw new UsageError("unsupported format \"" + format + "\": use svg, mermaid, dot or json");
    }
    Project project = Services.select(session.project(), services, false);
    Map<String, Live> states =
        live
            ? LiveStates.of(project, new Observer(session.engine()).containers(project.name()))
            : Map.of();
    Picture picture = ProjectPicture.of(project, states);
    String text =
        switch (format) {
          case "mermaid" -> MermaidPicture.of(picture);
          case "dot" -> DotPicture.of(picture);
          case "json" -> PictureJson.of(picture);
          default -> SvgPicture.of(picture);
        };
    if (output.isEmpty()) {
      session.invocation().output().print(text);
      session.invocation().output().flush();
      return ExitStatus.OK;
    }
    Path file = GlobalOptions.resolve(session.invocation(), output);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UsageError("cannot write " + file + ": " + e.getMessage());
    }
    return ExitStatus.OK;
  }
}
