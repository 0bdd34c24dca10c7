package jcompose.core.conversion;

import java.util.ArrayList;
import java.util.List;
import jcompose.core.model.Service;
import jcompose.core.resource.ProcessSpec;

/// What runs in a container.
final class ProcessConversion {
  private ProcessConversion() {}

  static ProcessSpec process(Service service) {
    var process = service.process();
    List<String> environment = new ArrayList<>();
    // a name alone takes the image's variable of that name away
    process
        .environment()
        .forEach((name, value) -> environment.add(value.map(it -> name + "=" + it).orElse(name)));
    return new ProcessSpec(
        process.entrypoint(),
        process.command(),
        environment,
        process.user(),
        process.workingDir(),
        process.tty(),
        process.stdinOpen(),
        false);
  }
}
