package jcompose.cli.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jcompose.cli.output.NaturalOrder;
import jcompose.cli.settings.ExitStatus;
import jcompose.cli.settings.Session;
import jcompose.cli.settings.UsageError;
import jcompose.cli.template.Tree;
import jcompose.core.resource.ObjectKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jcompose container port`.
@Command(name = "port", sortOptions = false)
final class ContainerPortCommand implements Callable<Integer> {
  private static final int HIGHEST = 65535;

  private final Session session;

  @Parameters(index = "0", paramLabel = "CONTAINER")
  private String container = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "PRIVATE_PORT")
  private String port = "";

  ContainerPortCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Map<String, Tree> published =
        Tree.parse(session.engine().documents().inspect(ObjectKind.CONTAINER, container, false))
            .at("NetworkSettings", "Ports")
            .entries();
    List<String> lines = new ArrayList<>();
    if (port.isEmpty()) {
      published.forEach(
          (inside, outside) -> addresses(outside).forEach(it -> lines.add(inside + " -> " + it)));
      lines.sort(NaturalOrder.INSTANCE);
    } else {
      String wanted = wanted();
      Tree outside = published.get(wanted);
      if (outside == null || outside.items().isEmpty()) {
        throw new UsageError("Error: No public port '" + wanted + "' published for " + container);
      }
      lines.addAll(addresses(outside));
      lines.sort(NaturalOrder.INSTANCE);
    }
    lines.forEach(session.invocation().output()::println);
    return ExitStatus.OK;
  }

  private String wanted() {
    int slash = port.indexOf('/');
    String number = slash < 0 ? port : port.substring(0, slash);
    if (!number.matches("\\d{1,5}") || Integer.parseInt(number) > HIGHEST) {
      throw new UsageError("Error: invalid port (" + number + "): write a number up to 65535");
    }
    return number + (slash < 0 ? "/tcp" : port.substring(slash));
  }

  private static List<String> addresses(Tree bindings) {
    return bindings.items().stream()
        .map(
            it -> {
              String address = it.at("HostIp").text();
              String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
              return host + ":" + it.at("HostPort").text();
            })
        .toList();
  }
}
