package jcompose.cli.object;

import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.cli.template.Tree;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ImageReference;
import jcompose.core.resource.ObjectKind;

/// What the references on a command line stand for.
public final class References {
  private References() {}

  /// @param reference a container's name, its id or the beginning of one
  /// @throws EngineException.NotFound in docker's words
  public static ContainerId container(Session session, String reference) {
    return id(
        Tree.parse(session.engine().documents().inspect(ObjectKind.CONTAINER, reference, false)));
  }

  /// An image as it is to be named.
  ///
  /// @throws UsageError when it is none
  public static ImageReference image(String name) {
    try {
      return ImageReference.parse(name);
    } catch (IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  /// @param container as the engine tells of it
  public static ContainerId id(Tree container) {
    return new ContainerId(container.at("Id").text());
  }
}
