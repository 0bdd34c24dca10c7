package jcompose.engine.local;

import java.time.Instant;
import jcompose.core.resource.ContainerState;
import jcompose.core.resource.HealthState;

/// Where a container is in its life.
///
/// @param pid of the first process; 0 when it does not run
/// @param exitCode of the last run; 0 before the first
/// @param error why the last start failed, or empty
/// @param startedAt `Instant.EPOCH` before the first start; `finishedAt` likewise
/// @param stoppedByHand a user ended it, so that a restart policy leaves it alone
/// @param restarts how often the policy started it since a user did
public record RunState(
    ContainerState status,
    int pid,
    int exitCode,
    String error,
    boolean oomKilled,
    Instant startedAt,
    Instant finishedAt,
    boolean stoppedByHand,
    int restarts,
    HealthState health) {

  static final RunState CREATED =
      new RunState(
          ContainerState.CREATED,
          0,
          0,
          "",
          false,
          Instant.EPOCH,
          Instant.EPOCH,
          false,
          0,
          HealthState.NONE);

  /// Whether a process is there, frozen or not.
  public boolean alive() {
    return status == ContainerState.RUNNING || status == ContainerState.PAUSED;
  }

  /// As clients see it: a container that waits for its restart counts as running.
  public boolean running() {
    return alive() || status == ContainerState.RESTARTING;
  }

  public boolean everStarted() {
    return !startedAt.equals(Instant.EPOCH);
  }

  RunState started(int newPid, Instant at, HealthState newHealth) {
    return new RunState(
        ContainerState.RUNNING, newPid, 0, "", false, at, finishedAt, false, restarts, newHealth);
  }

  RunState ended(ContainerState next, int code, boolean oom, Instant at) {
    HealthState last = health == HealthState.STARTING ? HealthState.UNHEALTHY : health;
    return new RunState(next, 0, code, error, oom, startedAt, at, stoppedByHand, restarts, last);
  }

  /// A start that did not succeed.
  RunState failed(String why, int code) {
    ContainerState next = everStarted() ? ContainerState.EXITED : ContainerState.CREATED;
    return new RunState(
        next, 0, code, why, false, startedAt, finishedAt, stoppedByHand, restarts, health);
  }

  /// Why it ended, where its exit code does not say.
  RunState because(String why) {
    return new RunState(
        status,
        pid,
        exitCode,
        why,
        oomKilled,
        startedAt,
        finishedAt,
        stoppedByHand,
        restarts,
        health);
  }

  RunState with(ContainerState next) {
    return new RunState(
        next,
        pid,
        exitCode,
        error,
        oomKilled,
        startedAt,
        finishedAt,
        stoppedByHand,
        restarts,
        health);
  }

  RunState with(HealthState next) {
    return new RunState(
        status,
        pid,
        exitCode,
        error,
        oomKilled,
        startedAt,
        finishedAt,
        stoppedByHand,
        restarts,
        next);
  }

  RunState withStoppedByHand(boolean value) {
    return new RunState(
        status, pid, exitCode, error, oomKilled, startedAt, finishedAt, value, restarts, health);
  }

  RunState withRestarts(int value) {
    return new RunState(
        status,
        pid,
        exitCode,
        error,
        oomKilled,
        startedAt,
        finishedAt,
        stoppedByHand,
        value,
        health);
  }
}
