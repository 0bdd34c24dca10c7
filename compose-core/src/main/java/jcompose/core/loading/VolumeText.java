package jcompose.core.loading;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The short form of a service's volume: `[source:]target[:options]`.
///
/// @param source absent for an anonymous volume
public record VolumeText(Optional<String> source, String target, List<String> options) {
  private static final Set<String> PROPAGATIONS =
      Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");

  static Optional<String> targetOf(String text) {
    return parse(text).fold(_ -> Optional.empty(), it -> Optional.of(it.target));
  }

  /// The left says why it is none.
  public static Either<String, VolumeText> parse(String text) {
    if (text.isEmpty()) {
      return Either.left("invalid empty volume spec");
    }
    if (text.length() <= 2) {
      return Either.right(new VolumeText(Optional.empty(), text, List.of()));
    }
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == ':' && !isDrive(text, start, i)) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    if (parts.size() > 3) {
      return Either.left("invalid volume spec \"" + text + "\": too many colons");
    }
    if (parts.stream().anyMatch(String::isEmpty)) {
      return Either.left("invalid volume spec \"" + text + "\": empty section between colons");
    }
    if (parts.size() == 1) {
      return Either.right(new VolumeText(Optional.empty(), text, List.of()));
    }
    return Either.right(
        new VolumeText(
            Optional.of(parts.getFirst()),
            ResolvePaths.clean(parts.get(1)),
            parts.size() > 2 ? List.of(parts.get(2).split(",", -1)) : List.of()));
  }

  /// A colon after a single letter that begins a part belongs to a Windows drive.
  private static boolean isDrive(String text, int start, int colon) {
    return colon - start == 1 && Character.isLetter(text.charAt(start));
  }

  /// Whether the source is a path of the host, not a volume's name.
  public boolean isBind() {
    return source
        .map(
            it ->
                it.startsWith(".")
                    || it.startsWith("/")
                    || it.startsWith("~")
                    || it.startsWith("\\\\")
                    || (it.length() > 1 && it.charAt(1) == ':'))
        .orElse(false);
  }

  /// Such as `rshared`, when one is among the options.
  public Optional<String> propagation() {
    return options.stream().filter(PROPAGATIONS::contains).reduce((_, later) -> later);
  }
}
