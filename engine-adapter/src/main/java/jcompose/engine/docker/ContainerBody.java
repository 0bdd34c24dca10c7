package jcompose.engine.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jcompose.core.resource.ContainerSpec;
import jcompose.core.resource.HealthCheck;
import jcompose.core.resource.LogConfig;
import jcompose.core.resource.NameResolution;
import jcompose.core.resource.ProcessSpec;

/// The body of `POST /containers/create`; the larger topics have a class each.
final class ContainerBody {
  private ContainerBody() {}

  static ObjectNode of(ContainerSpec spec, boolean ofOurs) {
    ObjectNode body = Json.object();
    body.put("Image", spec.image());
    process(spec.process(), body);
    body.set("Labels", Json.object(spec.labels()));
    spec.stopSignal().ifPresent(it -> body.put("StopSignal", it));
    spec.stopTimeoutSeconds().ifPresent(it -> body.put("StopTimeout", it));
    spec.healthCheck().ifPresent(it -> body.set("Healthcheck", health(it)));
    spec.isolation().hostname().ifPresent(it -> body.put("Hostname", it));
    spec.isolation().domainname().ifPresent(it -> body.put("Domainname", it));

    ObjectNode host = body.putObject("HostConfig");
    host.put("AutoRemove", spec.removeWhenExited());
    ObjectNode restart = host.putObject("RestartPolicy");
    restart.put("Name", spec.restart().mode().word());
    restart.put("MaximumRetryCount", spec.restart().maximumRetries());
    spec.logging().ifPresent(it -> host.set("LogConfig", logging(it)));
    names(spec.names(), host);
    IsolationBody.write(spec.isolation(), host);
    LimitsBody.write(spec.limits(), host);
    MountsBody.write(spec.mounts(), host, ofOurs);
    PortsBody.write(spec, body, host);
    EndpointsBody.write(spec, body, host);
    return body;
  }

  private static void process(ProcessSpec process, ObjectNode body) {
    process.entrypoint().ifPresent(it -> body.set("Entrypoint", Json.array(it)));
    process.command().ifPresent(it -> body.set("Cmd", Json.array(it)));
    if (!process.environment().isEmpty()) {
      body.set("Env", Json.array(process.environment()));
    }
    process.user().ifPresent(it -> body.put("User", it));
    process.workingDirectory().ifPresent(it -> body.put("WorkingDir", it));
    body.put("Tty", process.tty());
    body.put("OpenStdin", process.openStdin());
    body.put("StdinOnce", process.stdinOnce());
  }

  private static ObjectNode health(HealthCheck check) {
    ObjectNode body = Json.object();
    body.set("Test", Json.array(check.test()));
    check.interval().ifPresent(it -> body.put("Interval", it.toNanos()));
    check.timeout().ifPresent(it -> body.put("Timeout", it.toNanos()));
    check.retries().ifPresent(it -> body.put("Retries", it));
    check.startPeriod().ifPresent(it -> body.put("StartPeriod", it.toNanos()));
    check.startInterval().ifPresent(it -> body.put("StartInterval", it.toNanos()));
    return body;
  }

  private static ObjectNode logging(LogConfig logging) {
    ObjectNode body = Json.object();
    body.put("Type", logging.driver());
    body.set("Config", Json.object(logging.options()));
    return body;
  }

  private static void names(NameResolution names, ObjectNode host) {
    host.set("Dns", Json.array(names.servers()));
    host.set("DnsSearch", Json.array(names.search()));
    host.set("DnsOptions", Json.array(names.options()));
    host.set("ExtraHosts", Json.array(names.extraHosts()));
  }
}
