package jcompose.cli.volume;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import jcompose.cli.object.InspectCommand;
import jcompose.cli.object.PruneAllCommand;
import jcompose.cli.settings.Session;
import jcompose.cli.verb.Verbs;
import jcompose.core.resource.ObjectKind;

/// The verbs of `jcompose volume`.
public final class VolumeVerbs {
  private static final String LIST =
      """
      create :: [OPTIONS] [VOLUME] :: Create a volume
      inspect :: [OPTIONS] VOLUME [VOLUME...] :: Display detailed information on one or more volumes
      ls :: [OPTIONS] :: List volumes
      prune :: [OPTIONS] :: Remove unused local volumes
      rm :: [OPTIONS] VOLUME [VOLUME...] :: Remove one or more volumes
      """;

  public static final Verbs ALL =
      new Verbs(LIST, Map.of("list", "ls", "remove", "rm"), Set.of(), VolumeVerbs::create);

  private VolumeVerbs() {}

  private static Callable<Integer> create(String verb, Session session) {
    return switch (verb) {
      case "create" -> new CreateVolumeCommand(session);
      case "inspect" -> new InspectCommand(session, ObjectKind.VOLUME);
      case "ls" -> new ListVolumesCommand(session);
      case "prune" -> new PruneAllCommand(session, ObjectKind.VOLUME);
      case "rm" -> new RemoveVolumesCommand(session);
      default -> throw new IllegalArgumentException("no such verb: " + verb);
    };
  }
}
