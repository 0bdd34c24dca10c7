package jcompose.cli.warm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A call as it came over the socket: folder, terminals, number of arguments, arguments, variables;
/// each ended by a zero byte.
///
/// @param terminals whether standard input, output and error are terminals
record CallText(
    Path folder, List<Boolean> terminals, List<String> arguments, Map<String, String> environment) {
  private static final int STREAMS = 3;

  /// @throws IOException when it is not as `bin/jcompose` writes it
  static CallText parse(byte[] text) throws IOException {
    List<String> words = words(text);
    if (words.size() < 3 || words.get(1).length() != STREAMS) {
      throw new IOException("a call without its head");
    }
    var terminals = new ArrayList<Boolean>();
    words.get(1).chars().forEach(it -> terminals.add(it == 'y'));
    int count = count(words.get(2), words.size() - STREAMS);
    var environment = new LinkedHashMap<String, String>();
    for (String variable : words.subList(STREAMS + count, words.size())) {
      int equals = variable.indexOf('=', 1);
      if (equals > 0) {
        environment.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return new CallText(
        Path.of(words.getFirst()),
        List.copyOf(terminals),
        List.copyOf(words.subList(STREAMS, STREAMS + count)),
        environment);
  }

  private static int count(String word, int most) throws IOException {
    try {
      int count = Integer.parseInt(word);
      if (count >= 0 && count <= most) {
        return count;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IOException("a call of " + word + " arguments that holds " + most + " words");
  }

  private static List<String> words(byte[] text) throws IOException {
    var words = new ArrayList<String>();
    int begin = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == 0) {
        words.add(new String(text, begin, i - begin, StandardCharsets.UTF_8));
        begin = i + 1;
      }
    }
    if (begin != text.length) {
      throw new IOException("a call whose last word has no end");
    }
    return words;
  }

  /// A daemon in the foreground has settings and a life of its own; ssh, which a context may mean
  /// too, speaks to the caller's terminal itself.
  boolean wantsOwnProcess() {
    return (arguments.contains("engine") && arguments.contains("serve"))
        || arguments.stream().anyMatch(it -> it.contains("ssh://") || it.startsWith("--context"))
        || environment.getOrDefault("DOCKER_HOST", "").startsWith("ssh://")
        || environment.containsKey("DOCKER_CONTEXT");
  }
}
