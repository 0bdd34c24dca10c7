package jcompose.engine.runtime;

import java.time.Instant;
import jcompose.core.resource.ExitCode;

/// How a container ended.
///
/// @param oomKilled the kernel killed a process of it for want of memory
public record ExitStatus(ExitCode code, boolean oomKilled, Instant finishedAt) {}
