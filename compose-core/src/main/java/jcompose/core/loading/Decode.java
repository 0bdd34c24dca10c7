package jcompose.core.loading;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jcompose.core.loading.Shape.Any;
import jcompose.core.loading.Shape.Field;
import jcompose.core.loading.Shape.Later;
import jcompose.core.loading.Shape.Leaf;
import jcompose.core.loading.Shape.ListOf;
import jcompose.core.loading.Shape.MapOf;
import jcompose.core.loading.Shape.Nullable;
import jcompose.core.loading.Shape.OneOf;
import jcompose.core.loading.Shape.Struct;
import jcompose.core.yaml.Origin;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlPath;
import jcompose.core.yaml.YamlScalar;
import jcompose.core.yaml.YamlScalar.Kind;
import jcompose.core.yaml.YamlSequence;

/// Phase: reads texts that have a grammar of their own (commands, durations, sizes) and gives every
/// value the type and the form in which it is printed and bound.
final class Decode {
  private enum Rule {
    WORDS,
    TEST,
    HOSTS,
    OPTION_LIST,
    ULIMIT,
    RESOURCE,
    NOT_EMPTY
  }

  private static final PathTable<Rule> TABLE =
      new PathTable<Rule>()
          .putAll(
              Rule.WORDS,
              "services.*.command",
              "services.*.entrypoint",
              "services.*.pre_start.*.command",
              "services.*.post_start.*.command",
              "services.*.pre_stop.*.command",
              "services.*.develop.watch.*.exec.command")
          .put("services.*.healthcheck.test", Rule.TEST)
          .putAll(Rule.HOSTS, "services.*.extra_hosts", "services.*.build.extra_hosts")
          .put("services.*.provider.options.*", Rule.OPTION_LIST)
          .putAll(Rule.ULIMIT, "services.*.ulimits.*", "services.*.build.ulimits.*")
          .putAll(Rule.RESOURCE, "networks.*", "volumes.*", "secrets.*", "configs.*")
          .put("services.*.dns", Rule.NOT_EMPTY);

  private static final Set<LeafType> NOTHING_IS_TEXT =
      Set.of(LeafType.TEXT, LeafType.LOG_OPTION, LeafType.STORAGE_OPTION);

  private final Problems problems;

  Decode(Problems problems) {
    this.problems = problems;
  }

  YamlMapping apply(YamlMapping tree) {
    YamlMapping whole = new Canonicalise(problems, true).afterMerge(tree);
    YamlMapping read =
        Rewrite.tree(whole, TABLE, (rule, node, path) -> Optional.of(read(rule, node, path)));
    return (YamlMapping) decode(read, ComposeShape.PROJECT, YamlPath.ROOT);
  }

  private YamlNode read(Rule rule, YamlNode node, YamlPath path) {
    return switch (rule) {
      case WORDS ->
          node instanceof YamlScalar scalar && !scalar.isNull() ? words(scalar, path) : node;
      case TEST -> test(node, path);
      case HOSTS -> hosts(node, path);
      case ULIMIT ->
          node instanceof YamlScalar scalar
              ? YamlMapping.empty(scalar.origin()).with("single", scalar)
              : node;
      case RESOURCE -> node.isNull() ? YamlMapping.empty(node.origin()) : node;
      case NOT_EMPTY ->
          node instanceof YamlSequence sequence
              ? sequence.withItems(
                  sequence.items().stream()
                      .filter(it -> !(it instanceof YamlScalar text) || !text.text().isEmpty())
                      .toList())
              : node;
      case OPTION_LIST ->
          node instanceof YamlScalar scalar
              ? YamlSequence.of(List.of(scalar), scalar.origin())
              : node;
    };
  }

  private YamlNode words(YamlScalar scalar, YamlPath path) {
    Either<String, List<String>> words = ShellWords.split(scalar.text());
    if (words.isLeft()) {
      wrong("bad-command", scalar, path, words.getLeft());
      return scalar.withOrigin(scalar.origin());
    }
    return strings(words.get(), scalar.origin());
  }

  private static YamlSequence strings(List<String> texts, Origin origin) {
    return YamlSequence.of(
        texts.stream().map(it -> YamlScalar.string(it, origin)).toList(), origin);
  }

  private YamlNode test(YamlNode node, YamlPath path) {
    if (node instanceof YamlScalar scalar) {
      return scalar.isNull()
          ? scalar
          : strings(List.of("CMD-SHELL", scalar.text()), scalar.origin());
    }
    if (node instanceof YamlSequence sequence && !sequence.items().isEmpty()) {
      String first = sequence.items().getFirst() instanceof YamlScalar it ? it.text() : "";
      if (!List.of("NONE", "CMD", "CMD-SHELL").contains(first)) {
        problems.error(
            "bad-healthcheck",
            sequence.items().getFirst().range(),
            path + ": healthcheck test must start either by \"CMD\", \"CMD-SHELL\" or \"NONE\"");
      }
    }
    return node;
  }

  /// Sorted by host, then by address.
  private YamlNode hosts(YamlNode node, YamlPath path) {
    if (!(node instanceof YamlSequence sequence)) {
      return node;
    }
    var items = new ArrayList<>(sequence.items());
    for (YamlNode item : items) {
      if (item instanceof YamlScalar scalar && !scalar.text().contains("=")) {
        wrong(
            "bad-extra-host",
            scalar,
            path,
            "invalid additional host, missing IP: " + scalar.text());
      } else if (item instanceof YamlScalar scalar && scalar.text().startsWith("=")) {
        wrong(
            "bad-extra-host",
            scalar,
            path,
            "invalid additional host, missing name: " + scalar.text());
      }
    }
    items.sort(
        java.util.Comparator.comparing((YamlNode it) -> ((YamlScalar) it).text().split("=", 2)[0])
            .thenComparing(it -> ((YamlScalar) it).text()));
    return sequence.withItems(items);
  }

  private void wrong(String code, YamlScalar scalar, YamlPath path, String why) {
    if (problems.isReported(scalar.range())) {
      return; // it could not become what it should be when references were replaced
    }
    problems.error(
        code, scalar.range(), path + ": " + why + Interpolate.sources(scalar.origin().variables()));
  }

  private YamlNode decode(YamlNode node, Shape shape, YamlPath path) {
    return switch (shape) {
      case Any _ -> node;
      case Later(var later) -> decode(node, later.get(), path);
      case Nullable(Shape inner) -> node.isNull() ? node : decode(node, inner, path);
      case OneOf(var alternatives) ->
          alternatives.stream()
              .filter(it -> Validate.fits(node, it))
              .findFirst()
              .map(it -> decode(node, it, path))
              .orElse(node);
      case Leaf leaf ->
          node instanceof YamlScalar scalar
              ? decode(scalar, leaf, path)
                  .getOrElseGet(
                      why -> {
                        wrong("bad-value", scalar, path, why);
                        return scalar;
                      })
              : node;
      case ListOf list -> {
        if (!(node instanceof YamlSequence sequence)) {
          yield node;
        }
        yield sequence.eachItem((i, item) -> decode(item, list.item(), path.index(i)));
      }
      case MapOf map -> {
        if (!(node instanceof YamlMapping mapping)) {
          yield node;
        }
        yield mapping.eachEntry(
            (key, entry) -> entry.with(decode(entry.value(), map.value(), path.key(key))));
      }
      case Struct struct -> {
        if (!(node instanceof YamlMapping mapping)) {
          yield node;
        }
        yield mapping.eachEntry(
            (key, entry) -> {
              Field field = struct.fields().get(key);
              return field == null
                  ? entry
                  : entry.with(decode(entry.value(), field.shape(), path.key(key)));
            });
      }
    };
  }

  private Either<String, YamlScalar> decode(YamlScalar scalar, Leaf leaf, YamlPath path) {
    if (leaf.type() == LeafType.BOOLEAN && scalar.kind() == Kind.STRING) {
      Casts.warnOfOldBoolean(scalar, path, problems);
    }
    return decode(scalar, leaf);
  }

  /// A number that was not one as written is in its range now.
  private static Either<String, YamlScalar> decode(YamlScalar scalar, Leaf leaf) {
    return decode(scalar, leaf.type())
        .flatMap(
            it ->
                it.kind() == Kind.INTEGER && !leaf.range().contains(it.text())
                    ? Either.left("must be %s, not %s".formatted(leaf.range().words(), it.text()))
                    : Either.right(it));
  }

  private static Either<String, YamlScalar> decode(YamlScalar scalar, LeafType type) {
    if (scalar.isNull() && !NOTHING_IS_TEXT.contains(type)) {
      return Either.right(scalar);
    }
    String text = scalar.text();
    return switch (type) {
      case STRING,
          STRING_OR_NUMBER,
          STRING_OR_INTEGER,
          TEXT,
          TEXT_OR_NOTHING,
          LOG_OPTION,
          STORAGE_OPTION,
          SSH_KEY,
          BOOLEAN_OR_STRING ->
          Either.right(scalar.with(Kind.STRING, scalar.shown()));
      case BOOLEAN ->
          scalar.kind() == Kind.BOOLEAN ? Either.right(scalar) : Casts.BOOLEAN.cast(scalar);
      case INTEGER, STRICT_INTEGER, WHOLE, STRICT_WHOLE, MODE ->
          scalar.kind() == Kind.INTEGER ? Either.right(scalar) : truncated(scalar);
      case NATIVE_NUMBER ->
          scalar.kind() == Kind.STRING
              ? Either.left("must be a number, not a string")
              : truncated(scalar);
      case NUMBER ->
          GoText.shortNumber(text)
              .<Either<String, YamlScalar>>map(it -> Either.right(scalar.with(Kind.FLOAT, it)))
              .orElseGet(() -> Either.left("\"" + text + "\" is no number"));
      case BYTES, WHOLE_BYTES, SIZE ->
          switch (scalar.kind()) {
            case FLOAT -> Either.right(scalar.with(Kind.STRING, "0")); // as docker compose reads it
            case INTEGER -> Either.right(scalar.with(Kind.STRING, text));
            case STRING, BOOLEAN, NULL, TIMESTAMP ->
                GoText.bytes(text).map(it -> scalar.with(Kind.STRING, Long.toString(it)));
          };
      case DURATION ->
          GoText.duration(text)
              .map(it -> scalar.with(Kind.STRING, GoText.duration(it.longValueExact())));
      case MICROSECONDS ->
          scalar.kind() == Kind.STRING && !GoText.number(text).isPresent()
              ? GoText.duration(text)
                  .map(it -> scalar.with(Kind.INTEGER, Long.toString(it.longValueExact() / 1000)))
              : truncated(scalar);
      case COUNT ->
          text.toLowerCase(Locale.ROOT).equals("all")
              ? Either.right(scalar.with(Kind.INTEGER, "-1"))
              : truncated(scalar);
    };
  }

  private static Either<String, YamlScalar> truncated(YamlScalar scalar) {
    return GoText.wholePart(scalar.text())
        .<Either<String, YamlScalar>>map(
            it -> Either.right(scalar.with(Kind.INTEGER, it.toString())))
        .orElseGet(() -> Either.left("\"" + scalar.text() + "\" is no integer"));
  }
}
