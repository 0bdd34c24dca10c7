package jcompose.core.conversion;

/// The labels by which docker compose knows what belongs to which project. Both programs read and
/// write them, so each sees the other's projects.
public final class ComposeLabels {
  private static final String PREFIX = "com.docker.compose.";

  public static final String PROJECT = PREFIX + "project";
  public static final String SERVICE = PREFIX + "service";
  public static final String CONTAINER_NUMBER = PREFIX + "container-number";

  /// `True` for containers of `run`, else `False`.
  public static final String ONE_OFF = PREFIX + "oneoff";

  /// Random hex digits of a one-off container.
  public static final String SLUG = PREFIX + "slug";

  public static final String CONFIG_HASH = PREFIX + "config-hash";

  /// Id of the image a container was created from.
  public static final String IMAGE = PREFIX + "image";

  /// `service:condition:restart`, separated by commas.
  public static final String DEPENDS_ON = PREFIX + "depends_on";

  public static final String WORKING_DIR = PREFIX + "project.working_dir";

  /// Absolute paths, separated by commas.
  public static final String CONFIG_FILES = PREFIX + "project.config_files";

  /// Id of the container that this one was created to replace.
  public static final String REPLACE = PREFIX + "replace";

  /// Key of a network in the project.
  public static final String NETWORK = PREFIX + "network";

  /// Key of a volume in the project.
  public static final String VOLUME = PREFIX + "volume";

  /// Who made it.
  public static final String VERSION = PREFIX + "version";

  /// Our value of [#VERSION].
  public static final String VERSION_VALUE = "jcompose";

  private ComposeLabels() {}
}
