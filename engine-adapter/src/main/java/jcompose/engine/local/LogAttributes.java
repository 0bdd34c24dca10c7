package jcompose.engine.local;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import jcompose.core.engine.EngineException;

/// What the log options `labels`, `env`, their `-regex` forms and `tag` add to each line of a log
/// that is asked for with its details.
final class LogAttributes {
  private static final Pattern FIELD = Pattern.compile("\\{\\{-?\\s*\\.(\\w+)\\s*-?\\}\\}");

  private LogAttributes() {}

  /// `name=value,name=value`, sorted, both as in a URL's query; empty without any.
  ///
  /// @throws EngineException.Failed when an option makes no sense, in Docker's words
  static String of(ContainerRecord record) {
    Map<String, String> options = record.spec().logging().map(it -> it.options()).orElse(Map.of());
    Map<String, String> attributes = new TreeMap<>();
    Predicate<String> labels = chosen(options, "labels");
    record
        .merged()
        .labels()
        .forEach(
            (name, value) -> {
              if (labels.test(name)) {
                attributes.put(name, value);
              }
            });
    Predicate<String> variables = chosen(options, "env");
    for (String variable : record.merged().environment()) {
      int equals = variable.indexOf('=');
      if (equals > 0 && variables.test(variable.substring(0, equals))) {
        attributes.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    Optional.ofNullable(options.get("tag"))
        .filter(it -> !it.isEmpty())
        .ifPresent(it -> attributes.put("tag", tag(it, record)));
    return attributes.entrySet().stream()
        .map(it -> escaped(it.getKey()) + "=" + escaped(it.getValue()))
        .collect(Collectors.joining(","));
  }

  private static Predicate<String> chosen(Map<String, String> options, String option) {
    Set<String> names = new HashSet<>(List.of(options.getOrDefault(option, "").split(",")));
    String regex = options.getOrDefault(option + "-regex", "");
    if (regex.isEmpty()) {
      return names::contains;
    }
    try {
      Pattern pattern = Pattern.compile(regex);
      return name -> names.contains(name) || pattern.matcher(name).find();
    } catch (PatternSyntaxException e) {
      throw LogOptions.refused("error parsing regexp: " + e.getDescription() + ": `" + regex + "`");
    }
  }

  /// A template of which the fields are known, and nothing else.
  private static String tag(String template, ContainerRecord record) {
    var text = new StringBuilder();
    Matcher field = FIELD.matcher(template);
    while (field.find()) {
      field.appendReplacement(
          text, Matcher.quoteReplacement(field(template, field.group(1), record)));
    }
    field.appendTail(text);
    if (text.indexOf("{{") >= 0 && FIELD.matcher(template).replaceAll("").contains("{{")) {
      throw LogOptions.refused(
          template.contains("}}")
              ? "template: log-tag:1: only fields such as {{.Name}} are supported: " + template
              : "template: log-tag:1: unclosed action");
    }
    return text.toString();
  }

  private static String field(String template, String name, ContainerRecord record) {
    String image = record.imageId().value();
    return switch (name) {
      case "ID" -> record.id().shortId();
      case "FullID" -> record.id().value();
      case "Name" -> record.name().value();
      case "ImageID" -> image.substring(0, 12);
      case "ImageFullID" -> image;
      case "ImageName" -> record.spec().image();
      case "DaemonName" -> "docker";
      case "Command" -> String.join(" ", record.merged().arguments());
      case "Hostname" -> hostname();
      default ->
          throw LogOptions.refused(
              "template: log-tag:1:%d: executing \"log-tag\" at <.%s>: can't evaluate field %s in type *logger.Info"
                  .formatted(template.indexOf("." + name), name, name));
    };
  }

  private static String hostname() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "localhost";
    }
  }

  /// As Go's url.QueryEscape.
  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }
}
