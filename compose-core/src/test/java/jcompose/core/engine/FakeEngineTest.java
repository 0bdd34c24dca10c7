package jcompose.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jcompose.core.engine.FakeEngine.Behaviour;
import jcompose.core.resource.ContainerId;
import jcompose.core.resource.ContainerName;
import jcompose.core.resource.ExitCode;
import org.junit.jupiter.api.Test;

/// The fake keeps the part of the contract that needs no process, and does what a script says.
final class FakeEngineTest implements ContainerLifeContract, EventContract {
  private final FakeEngine engine = new FakeEngine();

  @Override
  public Engine engine() {
    return engine;
  }

  @Test
  void a_scripted_call_fails_and_is_noted() {
    engine.failOn("start web-1", new EngineException.Failed("no"));
    ContainerId id = engine.containers().create(new ContainerName("web-1"), sleeper().build());
    assertThatThrownBy(() -> engine.containers().start(id)).hasMessage("no");
    assertThat(engine.calls()).endsWith("create web-1", "start web-1");
  }

  @Test
  void a_scripted_container_prints_and_ends() {
    engine.behave("init-1", Behaviour.exiting(2).printing("done\n"));
    ContainerId id = engine.containers().create(new ContainerName("init-1"), sleeper().build());
    engine.containers().start(id);
    assertThat(engine.containers().waitForExit(id)).isEqualTo(new ExitCode(2));
    assertThat(logs(id, LogRequest.ALL).stdout()).isEqualTo("done\n");
  }
}
