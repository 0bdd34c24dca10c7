package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jcompose.core.engine.EngineException;
import jcompose.engine.host.DeviceRule;

/// A device file of the container.
///
/// @param mode permission bits
/// @param access what the control group lets the container do: some of `rwm`
record DeviceNode(
    String path, char type, int major, int minor, int mode, long uid, long gid, String access) {
  private static final List<DeviceNode> STANDARD =
      List.of(
          standard("/dev/null", 1, 3),
          standard("/dev/zero", 1, 5),
          standard("/dev/full", 1, 7),
          standard("/dev/random", 1, 8),
          standard("/dev/urandom", 1, 9),
          standard("/dev/tty", 5, 0));

  /// Docker's: nodes may be made, the standard ones and terminals used.
  private static final List<DeviceRule> STANDARD_RULES =
      List.of(
          new DeviceRule('b', -1, -1, "m"),
          new DeviceRule('c', -1, -1, "m"),
          new DeviceRule('c', 1, 3, "rwm"),
          new DeviceRule('c', 1, 5, "rwm"),
          new DeviceRule('c', 1, 7, "rwm"),
          new DeviceRule('c', 1, 8, "rwm"),
          new DeviceRule('c', 1, 9, "rwm"),
          new DeviceRule('c', 5, 0, "rwm"),
          new DeviceRule('c', 5, 1, "rwm"),
          new DeviceRule('c', 5, 2, "rwm"),
          new DeviceRule('c', 10, 200, "rwm"), // tun
          new DeviceRule('c', 136, -1, "rwm"));

  private static DeviceNode standard(String path, int major, int minor) {
    return new DeviceNode(path, 'c', major, minor, 0666, 0, 0, "rwm");
  }

  SetupStep step() {
    int kind = type == 'b' ? 0060000 : 0020000;
    return SetupStep.of("device", path, kind | mode, major, minor, uid, gid);
  }

  /// What the control group allows for these nodes and the rules asked for.
  ///
  /// @param more as `--device-cgroup-rule` takes them: `c 1:3 rwm`
  static List<DeviceRule> rules(List<DeviceNode> nodes, List<String> more) {
    List<DeviceRule> rules = new ArrayList<>(STANDARD_RULES);
    nodes.stream()
        .filter(node -> !STANDARD.contains(node))
        .forEach(node -> rules.add(new DeviceRule(node.type, node.major, node.minor, node.access)));
    for (String text : more) {
      if (!text.matches("[abc] ([0-9]+|\\*):([0-9]+|\\*) [rwm]{1,3}")) {
        throw new EngineException.Invalid("invalid device cgroup rule format: '" + text + "'");
      }
      String[] words = text.split("[ :]");
      rules.add(new DeviceRule(words[0].charAt(0), number(words[1]), number(words[2]), words[3]));
    }
    return rules;
  }

  private static int number(String word) {
    return word.equals("*") ? -1 : Integer.parseInt(word);
  }

  /// The standard nodes and those asked for.
  ///
  /// @param texts `/dev/on/host[:/dev/in/container][:rwm]`; a folder stands for all devices in it
  static List<DeviceNode> resolve(List<String> texts) {
    List<DeviceNode> nodes = new ArrayList<>(STANDARD);
    for (String text : texts) {
      String[] parts = text.split(":");
      String target = parts.length > 1 && parts[1].startsWith("/") ? parts[1] : parts[0];
      String last = parts[parts.length - 1];
      String access = parts.length > 1 && last.matches("[rwm]{1,3}") ? last : "rwm";
      Path source = Path.of(parts[0]);
      try {
        if (Files.isDirectory(source)) {
          try (var below = Files.walk(source)) {
            for (Path path : below.filter(path -> isDevice(path)).toList()) {
              nodes.add(
                  read(path, Path.of(target).resolve(source.relativize(path)).toString(), access));
            }
          }
        } else {
          nodes.add(read(source.toRealPath(), target, access));
        }
      } catch (IOException e) {
        throw new EngineException.Invalid(
            "error gathering device information while adding custom device \""
                + parts[0]
                + "\": "
                + (Files.exists(source) ? "not a device node" : "no such file or directory"));
      }
    }
    return nodes;
  }

  /// Every device of the host, for privileged containers.
  static List<DeviceNode> ofHost() {
    List<DeviceNode> nodes = new ArrayList<>(STANDARD);
    Set<String> own =
        Set.of("/dev/pts", "/dev/shm", "/dev/fd", "/dev/mqueue", "/dev/.lxc", "/dev/.udev");
    try {
      Files.walkFileTree(
          Path.of("/dev"),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return own.contains(folder.toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
              String name = path.toString();
              boolean standard = STANDARD.stream().anyMatch(node -> node.path.equals(name));
              if (attributes.isOther()
                  && isDevice(path)
                  && !standard
                  && !name.equals("/dev/console")
                  && !name.equals("/dev/ptmx")) {
                nodes.add(read(path, name, "rwm"));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) {
              return FileVisitResult.CONTINUE; // a device unplugged meanwhile
            }
          });
    } catch (IOException e) {
      throw new EngineException.Failed("cannot list the devices of the host: " + e.getMessage(), e);
    }
    return nodes;
  }

  private static int unixMode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isDevice(Path path) {
    try {
      int kind = unixMode(path) & 0170000;
      return kind == 0020000 || kind == 0060000;
    } catch (IOException e) {
      return false;
    }
  }

  private static DeviceNode read(Path path, String target, String access) throws IOException {
    int mode = unixMode(path);
    if (!isDevice(path)) {
      throw new IOException(path + " is not a device");
    }
    long device = (Long) Files.getAttribute(path, "unix:rdev", LinkOption.NOFOLLOW_LINKS);
    int uid = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    int gid = (Integer) Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS);
    int major = (int) (((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL));
    int minor = (int) ((device & 0xff) | ((device >>> 12) & ~0xffL));
    char type = (mode & 0170000) == 0060000 ? 'b' : 'c';
    return new DeviceNode(target, type, major, minor, mode & 07777, uid, gid, access);
  }
}
