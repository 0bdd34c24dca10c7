package jcompose.cli.image;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import jcompose.cli.object.InspectCommand;
import jcompose.cli.object.PruneAllCommand;
import jcompose.cli.settings.Session;
import jcompose.cli.verb.Verbs;
import jcompose.core.resource.ObjectKind;

/// The verbs of `jcompose image`.
public final class ImageVerbs {
  private static final String LIST =
      """
      build :: [OPTIONS] PATH | - :: Build an image from a Dockerfile
      history :: [OPTIONS] IMAGE :: Show the history of an image
      import :: [OPTIONS] file|URL|- [REPOSITORY[:TAG]] :: Import the contents from a tarball to create a filesystem image
      inspect :: [OPTIONS] IMAGE [IMAGE...] :: Display detailed information on one or more images
      load :: [OPTIONS] :: Load an image from a tar archive or STDIN
      ls :: [OPTIONS] [REPOSITORY[:TAG]] :: List images
      prune :: [OPTIONS] :: Remove unused images
      pull :: [OPTIONS] NAME[:TAG|@DIGEST] :: Download an image from a registry
      push :: [OPTIONS] NAME[:TAG] :: Upload an image to a registry
      rm :: [OPTIONS] IMAGE [IMAGE...] :: Remove one or more images
      save :: [OPTIONS] IMAGE [IMAGE...] :: Save one or more images to a tar archive (streamed to STDOUT by default)
      tag :: SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG] :: Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE
      """;

  public static final Verbs ALL =
      new Verbs(LIST, Map.of("list", "ls", "remove", "rm"), Set.of(), ImageVerbs::create);

  private ImageVerbs() {}

  private static Callable<Integer> create(String verb, Session session) {
    return switch (verb) {
      case "build" -> new BuildImageCommand(session);
      case "history" -> new HistoryCommand(session);
      case "import" -> new ImportCommand(session);
      case "inspect" -> new InspectCommand(session, ObjectKind.IMAGE);
      case "load" -> new LoadCommand(session);
      case "ls" -> new ListImagesCommand(session);
      case "prune" -> new PruneAllCommand(session, ObjectKind.IMAGE);
      case "pull" -> new PullImageCommand(session);
      case "push" -> new PushImageCommand(session);
      case "rm" -> new RemoveImagesCommand(session);
      case "save" -> new SaveCommand(session);
      case "tag" -> new TagCommand(session);
      default -> throw new IllegalArgumentException("no such verb: " + verb);
    };
  }
}
