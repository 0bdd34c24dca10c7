package jcompose.engine.runtime;

/// Numbers of mount(2), umount2(2) and mount_setattr(2).
final class MountFlags {
  static final long READ_ONLY = 0x1; // MOUNT_ATTR_RDONLY and MS_RDONLY
  static final long NO_SET_USER_ID = 0x2; // MOUNT_ATTR_NOSUID
  static final long NO_DEVICES = 0x4; // MOUNT_ATTR_NODEV
  static final long NO_EXECUTION = 0x8; // MOUNT_ATTR_NOEXEC
  static final long NO_ACCESS_TIMES = 0x10; // MOUNT_ATTR_NOATIME
  static final long STRICT_ACCESS_TIMES = 0x20; // MOUNT_ATTR_STRICTATIME
  static final long DETACH = 0x2; // MNT_DETACH
  static final long BIND = 1 << 12; // MS_BIND
  static final long RECURSIVE = 1 << 14; // MS_REC
  static final long PRIVATE = 1 << 18; // MS_PRIVATE
  static final long SLAVE = 1 << 19; // MS_SLAVE
  static final long SHARED = 1 << 20; // MS_SHARED

  private MountFlags() {}

  /// @param word `rprivate`, `slave`, …
  static long propagation(String word) {
    return switch (word) {
      case "private", "rprivate", "" -> PRIVATE;
      case "slave", "rslave" -> SLAVE;
      case "shared", "rshared" -> SHARED;
      default ->
          throw new jcompose.core.engine.EngineException.Invalid(
              "invalid propagation mode '"
                  + word
                  + "': one of rprivate, private, rslave, slave, rshared, shared");
    };
  }
}
