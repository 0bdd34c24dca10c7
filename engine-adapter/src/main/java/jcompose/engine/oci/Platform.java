package jcompose.engine.oci;

import java.util.Locale;
import java.util.Optional;

/// What an image runs on, with Go's names: `linux/amd64`, `linux/arm64/v8`.
public record Platform(String os, String architecture, Optional<String> variant) {
  /// Reads `os/arch[/variant]` or `arch` alone; `x86_64`, `aarch64` and their like are known.
  ///
  /// @throws IllegalArgumentException when it has no such form
  public static Platform parse(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split("/", -1);
    if (parts.length > 3 || text.isBlank() || !text.matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")) {
      throw new IllegalArgumentException(
          "\"" + text + "\": platform specifier must be os/architecture[/variant]");
    }
    if (parts.length == 1) {
      return normal("linux", parts[0], Optional.empty());
    }
    return normal(parts[0], parts[1], parts.length == 3 ? Optional.of(parts[2]) : Optional.empty());
  }

  /// The machine this runs on.
  public static Platform host() {
    return normal("linux", System.getProperty("os.arch"), Optional.empty());
  }

  /// Makes the usual variant explicit or implicit, so that equal platforms are equal.
  public static Platform normal(String os, String architecture, Optional<String> variant) {
    return switch (architecture) {
      case "x86_64", "x86-64", "amd64" ->
          new Platform(os, "amd64", variant.filter(it -> !it.equals("v1")));
      case "aarch64", "arm64" -> new Platform(os, "arm64", variant.filter(it -> !it.equals("v8")));
      case "i386", "i686", "x86" -> new Platform(os, "386", variant);
      case "armhf", "arm" -> new Platform(os, "arm", Optional.of(variant.orElse("v7")));
      case "armel" -> new Platform(os, "arm", Optional.of(variant.orElse("v6")));
      default -> new Platform(os, architecture, variant);
    };
  }

  @Override
  public String toString() {
    return os + "/" + architecture + variant.map(it -> "/" + it).orElse("");
  }
}
