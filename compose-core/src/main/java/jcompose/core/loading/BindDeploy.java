package jcompose.core.loading;

import java.util.List;
import java.util.Optional;
import jcompose.core.model.Deploy;

/// Makes the record of a service's `deploy`.
final class BindDeploy {
  private BindDeploy() {}

  static Deploy bind(Reader it) {
    Reader resources = it.section("resources");
    return new Deploy(
        it.text("mode"),
        it.integer("replicas"),
        it.text("endpoint_mode"),
        it.map("labels"),
        resources.inner("limits").map(BindDeploy::resources),
        resources.inner("reservations").map(BindDeploy::resources),
        it.inner("restart_policy")
            .map(
                policy ->
                    new Deploy.RestartRule(
                        policy.text("condition"),
                        policy.duration("delay"),
                        policy.integer("max_attempts"),
                        policy.duration("window"))),
        it.inner("update_config").map(BindDeploy::update),
        it.inner("rollback_config").map(BindDeploy::update),
        it.inner("placement").map(BindDeploy::placement));
  }

  private static Deploy.Resources resources(Reader it) {
    return new Deploy.Resources(
        it.decimalLimit("cpus"),
        it.limit("memory"),
        it.limit("pids"),
        it.list("devices", BindService::deviceRequest),
        it.list(
            "generic_resources",
            resource -> {
              Reader discrete = resource.section("discrete_resource_spec");
              return new Deploy.GenericResource(
                  discrete.text("kind", ""), discrete.number("value").orElse(0L));
            }));
  }

  private static Deploy.UpdateRule update(Reader it) {
    return new Deploy.UpdateRule(
        it.integer("parallelism"),
        it.duration("delay"),
        it.text("failure_action"),
        it.duration("monitor"),
        it.decimal("max_failure_ratio"),
        it.text("order"));
  }

  private static Deploy.Placement placement(Reader it) {
    List<String> spread =
        it.list("preferences", preference -> preference.text("spread")).stream()
            .flatMap(Optional::stream)
            .toList();
    return new Deploy.Placement(
        it.texts("constraints"), spread, it.integer("max_replicas_per_node"));
  }
}
