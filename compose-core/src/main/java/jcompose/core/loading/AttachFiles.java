package jcompose.core.loading;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jcompose.core.interpolation.EnvFile;
import jcompose.core.interpolation.Variables;
import jcompose.core.loading.LoadResult.Reason;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.Origin.Cause;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlSequence;
import org.jspecify.annotations.Nullable;

/// Phase: reads env files into `environment` and label files into `labels`; what the service says
/// itself counts more.
final class AttachFiles {
  private final Texts texts;
  private final Path directory;
  private final Function<YamlNode, Variables> variablesAt;
  private final Problems problems;

  /// @param variablesAt what references see where a value is written
  AttachFiles(
      Texts texts, Path directory, Function<YamlNode, Variables> variablesAt, Problems problems) {
    this.texts = texts;
    this.directory = directory;
    this.variablesAt = variablesAt;
    this.problems = problems;
  }

  YamlMapping service(YamlMapping service) {
    return labels(environment(service));
  }

  private YamlMapping environment(YamlMapping service) {
    Optional<YamlSequence> files = service.sequence("env_file");
    if (files.isEmpty()) {
      return service.without("env_file");
    }
    var entries = new LinkedHashMap<String, YamlEntry>();
    for (YamlNode it : files.get().items()) {
      if (it instanceof YamlMapping file) {
        read(file, entries);
      }
    }
    return over(service, "environment", entries, files.get().origin()).without("env_file");
  }

  private void read(YamlMapping entry, Map<String, YamlEntry> entries) {
    Optional<YamlScalar> path = entry.scalar("path");
    if (path.isEmpty()) {
      return;
    }
    boolean required = !entry.text("required").equals(Optional.of("false"));
    Optional<SourceFile> text = text(path.get(), required, "env file");
    if (text.isEmpty()) {
      return;
    }
    Optional<String> format = entry.text("format");
    if (format.isPresent() && !format.get().equals("raw") && !format.get().isEmpty()) {
      problems.error(
          "unknown-value",
          entry.range(),
          "unsupported env_file format \"%s\"".formatted(format.get()),
          "\"raw\" takes lines as they are; leave format out for the usual syntax");
      return;
    }
    Variables variables = variablesAt.apply(path.get());
    Variables known =
        name -> {
          Optional<Variables.Variable> outer = variables.find(name);
          if (outer.isPresent()) {
            return outer;
          }
          return earlier(entries).find(name);
        };
    EnvFile parsed =
        format.isPresent() ? EnvFile.parseRaw(text.get()) : EnvFile.parse(text.get(), known);
    parsed.problems().forEach(problems::add);
    parsed
        .entries()
        .forEach(
            (name, it) -> {
              Optional<String> value =
                  it.value().or(() -> variables.find(name).map(Variables.Variable::value));
              Origin origin = origin(it.range(), "env_file", path.get(), entries.get(name));
              value.ifPresent(
                  found ->
                      entries.put(
                          name, new YamlEntry(it.range(), YamlScalar.string(found, origin))));
            });
  }

  /// What earlier files say.
  private static Variables earlier(Map<String, YamlEntry> entries) {
    return name ->
        Optional.ofNullable(entries.get(name))
            .filter(it -> !it.value().isNull())
            .map(it -> new Variables.Variable(((YamlScalar) it.value()).text(), "an earlier file"));
  }

  private YamlMapping labels(YamlMapping service) {
    Optional<YamlSequence> files = service.sequence("label_file");
    if (files.isEmpty()) {
      return service.without("label_file");
    }
    var entries = new LinkedHashMap<String, YamlEntry>();
    for (YamlNode it : files.get().items()) {
      if (!(it instanceof YamlScalar path)) {
        continue;
      }
      Optional<SourceFile> text = text(path, true, "label file");
      if (text.isPresent()) {
        EnvFile parsed = EnvFile.parse(text.get(), earlier(entries));
        parsed.problems().forEach(problems::add);
        parsed
            .entries()
            .forEach(
                (name, entry) ->
                    entry
                        .value()
                        .ifPresent(
                            value -> {
                              Origin origin =
                                  origin(entry.range(), "label_file", path, entries.get(name));
                              entries.put(
                                  name,
                                  new YamlEntry(entry.range(), YamlScalar.string(value, origin)));
                            }));
      }
    }
    return over(service, "labels", entries, files.get().origin()).without("label_file");
  }

  private Optional<SourceFile> text(YamlScalar name, boolean required, String kind) {
    Path path = directory.resolve(name.text()).normalize();
    if (!Files.exists(path)) {
      if (required) {
        problems.add(
            Reason.NOT_FOUND,
            Diagnostic.error(
                "no-such-env-file",
                name.range(),
                "%s %s not found: no such file or directory".formatted(kind, path),
                kind.startsWith("env") ? "with required: false it may be missing" : "create it"));
      }
      return Optional.empty();
    }
    if (Files.isDirectory(path)) {
      problems.error("not-a-file", name.range(), "%s %s is a directory".formatted(kind, path));
      return Optional.empty();
    }
    return texts.file(path);
  }

  private static Origin origin(
      SourceRange range, String key, YamlScalar path, @Nullable YamlEntry earlier) {
    Origin origin = Origin.at(range).derived("%s at %s".formatted(key, path.range()));
    return earlier == null ? origin : origin.replacing(earlier.value(), Cause.FILE);
  }

  private static YamlNode over(YamlNode own, YamlEntry file) {
    return own.withOrigin(own.origin().replacing(file.value(), Cause.OWN));
  }

  private static YamlMapping over(
      YamlMapping service, String key, Map<String, YamlEntry> below, Origin origin) {
    if (below.isEmpty()) {
      return service;
    }
    var entries = new LinkedHashMap<>(below);
    service
        .mapping(key)
        .ifPresent(
            own ->
                own.entries()
                    .forEach(
                        (name, entry) ->
                            entries.merge(
                                name, entry, (file, it) -> it.with(over(it.value(), file)))));
    return service.with(key, YamlMapping.of(entries, origin));
  }
}
