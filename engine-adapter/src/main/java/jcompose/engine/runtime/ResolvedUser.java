package jcompose.engine.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.resource.ExitCode;
import jcompose.engine.host.RootedFiles;

/// A user as the kernel knows it.
///
/// @param groups supplementary ones
/// @param home of the user's entry in /etc/passwd; `/` where there is none
public record ResolvedUser(long uid, long gid, List<Long> groups, String home) {
  private static final int MAXIMUM = 1 << 20;
  private static final long LARGEST = Integer.MAX_VALUE;

  public ResolvedUser {
    groups = List.copyOf(groups);
  }

  /// Looks `user` up in a container's own files, which are not trusted.
  ///
  /// @param user `name|uid[:group|gid]`, empty for root
  /// @param root such as `/proc/PID/root`
  /// @throws ContainerStartException when a name is not there, in Docker's words
  public static ResolvedUser lookUp(String user, List<String> additional, Path root) {
    try {
      return resolve(user, additional, lines(root, "etc/passwd"), lines(root, "etc/group"));
    } catch (IOException e) {
      throw new ContainerStartException(
          "unable to find user " + user + ": " + e.getMessage(), new ExitCode(126), e);
    }
  }

  private static List<String[]> lines(Path root, String path) throws IOException {
    Optional<byte[]> bytes = RootedFiles.read(root, path, MAXIMUM);
    List<String[]> entries = new ArrayList<>();
    for (String line : new String(bytes.orElse(new byte[0]), StandardCharsets.UTF_8).split("\n")) {
      entries.add(line.strip().split(":", -1));
    }
    return entries;
  }

  static ResolvedUser resolve(
      String user, List<String> additional, List<String[]> passwd, List<String[]> group) {
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String groupName = colon < 0 ? "" : user.substring(colon + 1);
    Optional<Long> number = name.isEmpty() ? Optional.of(0L) : id(name);
    Optional<String[]> entry =
        passwd.stream()
            .filter(line -> line.length >= 6)
            .filter(
                line -> line[0].equals(name) || (number.isPresent() && id(line[2]).equals(number)))
            .findFirst();
    if (entry.isEmpty() && outOfRange(name)) {
      throw outOfRange();
    }
    if (entry.isEmpty() && number.isEmpty()) {
      throw new ContainerStartException(
          "unable to find user " + name + ": no matching entries in passwd file",
          new ExitCode(126));
    }
    long uid = entry.flatMap(line -> id(line[2])).or(() -> number).orElse(0L);
    long gid =
        groupName.isEmpty()
            ? entry.flatMap(line -> id(line[3])).orElse(0L)
            : group(groupName, group)
                .orElseThrow(() -> outOfRange(groupName) ? outOfRange() : noGroup(groupName));
    List<Long> groups = new ArrayList<>();
    if (groupName.isEmpty()) {
      entry.ifPresent(line -> memberships(line[0], group, groups));
    }
    for (String more : additional) {
      groups.add(group(more, group).orElseThrow(() -> noAdditionalGroup(more)));
    }
    groups.remove(gid);
    return new ResolvedUser(
        uid,
        gid,
        groups.stream().distinct().toList(),
        entry.map(line -> line[5]).filter(home -> !home.isEmpty()).orElse("/"));
  }

  private static void memberships(String name, List<String[]> group, List<Long> into) {
    for (String[] line : group) {
      if (line.length >= 4 && List.of(line[3].split(",")).contains(name)) {
        id(line[2]).ifPresent(into::add);
      }
    }
  }

  private static Optional<Long> group(String name, List<String[]> group) {
    return group.stream()
        .filter(line -> line.length >= 3 && line[0].equals(name))
        .findFirst()
        .flatMap(line -> id(line[2]))
        .or(() -> id(name));
  }

  /// Whether it is a number, and none of an id's.
  private static boolean outOfRange(String text) {
    return text.matches("-?[0-9]+") && id(text).isEmpty();
  }

  private static ContainerStartException outOfRange() {
    return new ContainerStartException(
        "uids and gids must be in range 0-" + LARGEST, new ExitCode(126));
  }

  private static ContainerStartException noGroup(String name) {
    return new ContainerStartException(
        "unable to find group " + name + ": no matching entries in group file", new ExitCode(126));
  }

  /// Docker finds these itself, its runtime those of the user.
  private static ContainerStartException noAdditionalGroup(String name) {
    return new ContainerStartException(
        "Unable to find group " + name + ": no matching entries in group file", new ExitCode(126));
  }

  private static Optional<Long> id(String text) {
    if (!text.matches("[0-9]{1,10}")) {
      return Optional.empty();
    }
    long number = Long.parseLong(text);
    return number <= LARGEST ? Optional.of(number) : Optional.empty();
  }
}
