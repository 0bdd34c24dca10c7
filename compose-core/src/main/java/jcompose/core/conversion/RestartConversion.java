package jcompose.core.conversion;

import java.util.Optional;
import jcompose.core.model.Deploy;
import jcompose.core.model.Service;
import jcompose.core.resource.RestartPolicy;

/// When the engine starts a container again; `restart` wins over `deploy.restart_policy`.
final class RestartConversion {
  private RestartConversion() {}

  static RestartPolicy policy(Service service) {
    if (service.restart().isPresent()) {
      return RestartPolicy.parse(service.restart().orElseThrow());
    }
    Optional<Deploy.RestartRule> rule = service.deploy().flatMap(Deploy::restartPolicy);
    if (rule.isEmpty()) {
      return RestartPolicy.NO;
    }
    int attempts = rule.flatMap(Deploy.RestartRule::maxAttempts).orElse(0);
    return switch (rule.flatMap(Deploy.RestartRule::condition).orElse("any")) {
      case "none" -> RestartPolicy.NO;
      case "on-failure" -> new RestartPolicy(RestartPolicy.Mode.ON_FAILURE, attempts);
      default -> new RestartPolicy(RestartPolicy.Mode.ALWAYS, 0);
    };
  }
}
