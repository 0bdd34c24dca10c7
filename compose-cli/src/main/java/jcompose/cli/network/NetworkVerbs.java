package jcompose.cli.network;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import jcompose.cli.object.InspectCommand;
import jcompose.cli.object.PruneCommand;
import jcompose.cli.settings.Session;
import jcompose.cli.verb.Verbs;
import jcompose.core.resource.ObjectKind;

/// The verbs of `jcompose network`.
public final class NetworkVerbs {
  private static final String LIST =
      """
      connect :: [OPTIONS] NETWORK CONTAINER :: Connect a container to a network
      create :: [OPTIONS] NETWORK :: Create a network
      disconnect :: [OPTIONS] NETWORK CONTAINER :: Disconnect a container from a network
      inspect :: [OPTIONS] NETWORK [NETWORK...] :: Display detailed information on one or more networks
      ls :: [OPTIONS] :: List networks
      prune :: [OPTIONS] :: Remove all unused networks
      rm :: NETWORK [NETWORK...] :: Remove one or more networks
      """;

  public static final Verbs ALL =
      new Verbs(LIST, Map.of("list", "ls", "remove", "rm"), Set.of(), NetworkVerbs::create);

  private NetworkVerbs() {}

  private static Callable<Integer> create(String verb, Session session) {
    return switch (verb) {
      case "connect" -> new ConnectCommand(session);
      case "create" -> new CreateNetworkCommand(session);
      case "disconnect" -> new DisconnectCommand(session);
      case "inspect" -> new InspectCommand(session, ObjectKind.NETWORK);
      case "ls" -> new ListNetworksCommand(session);
      case "prune" -> new PruneCommand(session, ObjectKind.NETWORK);
      case "rm" -> new RemoveNetworksCommand(session);
      default -> throw new IllegalArgumentException("no such verb: " + verb);
    };
  }
}
