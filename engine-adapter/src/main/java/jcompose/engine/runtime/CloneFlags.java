package jcompose.engine.runtime;

/// Numbers of clone(2) and setns(2).
final class CloneFlags {
  static final long NEWNS = 0x20000;
  static final long NEWCGROUP = 0x2000000;
  static final long NEWUTS = 0x4000000;
  static final long NEWIPC = 0x8000000;
  static final long NEWPID = 0x20000000;
  static final long NEWNET = 0x40000000;

  private CloneFlags() {}
}
