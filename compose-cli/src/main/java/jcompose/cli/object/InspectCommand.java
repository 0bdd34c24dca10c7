package jcompose.cli.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jcompose.cli.output.Failures;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.template.GoTemplate;
import jcompose.cli.template.TreeJson;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ObjectKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `inspect` of any kind of object.
@Command(name = "inspect", sortOptions = false)
public class InspectCommand implements Callable<Integer> {
  private final Session session;
  private final ObjectKind kind;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "string",
      description = {
        "Format output using a custom template:",
        "'json':             Print in JSON format",
        "'TEMPLATE':         Print output using the given Go template"
      })
  private @Nullable String format;

  @Parameters(paramLabel = "NAME", arity = "1..*")
  private List<String> references = new ArrayList<>();

  public InspectCommand(Session session, ObjectKind kind) {
    this.session = session;
    this.kind = kind;
  }

  /// Whether what it occupies on disk is told too.
  protected boolean sizes() {
    return false;
  }

  @Override
  public final Integer call() {
    var invocation = session.invocation();
    Optional<GoTemplate> template =
        Optional.ofNullable(format).filter(it -> !it.equals("json")).map(GoTemplate::of);
    var found = new ArrayList<String>();
    int status = ExitStatus.OK;
    var failures = new ArrayList<String>();
    for (String reference : references) {
      try {
        found.add(session.engine().documents().inspect(kind, reference, sizes()).strip());
      } catch (EngineException.Unavailable e) {
        throw e;
      } catch (EngineException e) {
        failures.add(Failures.sentence(e));
        status = ExitStatus.FAILED;
      }
    }
    if (template.isPresent()) {
      for (String each : found) {
        invocation.output().println(template.get().fill(TreeJson.read(each), Map.of()));
      }
    } else if (format != null) {
      invocation.output().println("[" + String.join(",", found) + "]");
    } else {
      invocation.output().println(Indented.of("[" + String.join(",", found) + "]"));
    }
    failures.forEach(invocation.error()::println);
    return status;
  }
}
