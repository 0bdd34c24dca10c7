package jcompose.cli.image;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jcompose.cli.output.Failures;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageRemoval;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jcompose image rm`.
@Command(name = "rm", sortOptions = false)
final class RemoveImagesCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = {"-f", "--force"},
      description = "Force removal of the image")
  private boolean force;

  @Option(names = "--no-prune", description = "Do not delete untagged parents")
  private boolean parents;

  @Parameters(paramLabel = "IMAGE", arity = "1..*")
  private List<String> images = new ArrayList<>();

  RemoveImagesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    int status = ExitStatus.OK;
    var failures = new ArrayList<String>();
    for (String image : images) {
      try {
        session.engine().cleaning().removeImage(image, force, !parents).forEach(this::print);
      } catch (EngineException.Unavailable e) {
        throw e;
      } catch (EngineException e) {
        failures.add(Failures.sentence(e));
        if (!(force && e instanceof EngineException.NotFound)) {
          status = ExitStatus.FAILED;
        }
      }
    }
    failures.forEach(session.invocation().error()::println);
    return status;
  }

  private void print(ImageRemoval removal) {
    session
        .invocation()
        .output()
        .println((removal.deleted() ? "Deleted: " : "Untagged: ") + removal.what());
  }
}
