package jcompose.cli.image;

import java.util.concurrent.Callable;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.cli.template.Tree;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import jcompose.core.resource.ObjectKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jcompose image tag`.
@Command(name = "tag", sortOptions = false)
final class TagCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "SOURCE_IMAGE")
  private String source = "";

  @Parameters(index = "1", paramLabel = "TARGET_IMAGE")
  private String target = "";

  TagCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String name = "Error parsing reference: \"" + target + "\" is not a valid repository/tag: ";
    ImageReference reference;
    try {
      reference = ImageReference.parse(target);
    } catch (IllegalArgumentException e) {
      throw new UsageError(name + e.getMessage());
    }
    if (reference.digest().isPresent()) {
      throw new UsageError("refusing to create a tag with a digest reference");
    }
    Tree image = Tree.parse(session.engine().documents().inspect(ObjectKind.IMAGE, source, false));
    session.engine().images().tag(new ImageId(image.at("Id").text()), reference);
    return ExitStatus.OK;
  }
}
