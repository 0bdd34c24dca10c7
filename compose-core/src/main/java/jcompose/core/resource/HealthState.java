package jcompose.core.resource;

/// What the health check of a running container says; `NONE` where there is no check.
public enum HealthState {
  NONE,
  STARTING,
  HEALTHY,
  UNHEALTHY
}
