package jcompose.cli.verb;

/// A verb as help texts show it.
///
/// @param synopsis what follows it, such as `[OPTIONS] NETWORK`; empty where its options tell
/// @param summary what it does, in a line
public record Verb(String name, String synopsis, String summary) {
  /// Reads `name :: synopsis :: summary`, or `name summary`.
  static Verb of(String line) {
    String[] parts = line.split(" :: ", 3);
    if (parts.length == 3) {
      return new Verb(parts[0].strip(), parts[1].strip(), parts[2].strip());
    }
    int blank = line.indexOf(' ');
    return new Verb(line.substring(0, blank), "", line.substring(blank).strip());
  }
}
