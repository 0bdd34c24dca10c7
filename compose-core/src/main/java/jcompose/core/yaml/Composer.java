package jcompose.core.yaml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.source.Diagnostic;
import jcompose.core.source.SourceFile;
import jcompose.core.source.SourceRange;
import jcompose.core.yaml.YamlScalar.Kind;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/// Builds trees from parser events: resolves aliases and merge keys, and counts what they cost.
final class Composer {
  private static final String TAG = "tag:yaml.org,2002:";

  /// The text costs more than it may; nothing after this point is read.
  static final class LimitException extends RuntimeException {
    private final transient Diagnostic diagnostic;

    LimitException(Diagnostic diagnostic) {
      super(diagnostic.message(), null, false, false);
      this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
      return diagnostic;
    }
  }

  /// An anchored node and how many nodes an alias to it stands for.
  private record Anchored(YamlNode node, long weight) {}

  private final SourceFile file;
  private final Parser parser;
  private final YamlLimits limits;
  private final List<YamlNode> documents;
  private final List<Diagnostic> problems;
  private final Map<String, Optional<Anchored>> anchors = new HashMap<>();
  private long written;
  private long aliased;

  Composer(
      SourceFile file,
      Parser parser,
      YamlLimits limits,
      List<YamlNode> documents,
      List<Diagnostic> problems) {
    this.file = file;
    this.parser = parser;
    this.limits = limits;
    this.documents = documents;
    this.problems = problems;
  }

  void compose() {
    parser.getEvent(); // the stream's start
    while (!parser.checkEvent(Event.ID.StreamEnd)) {
      parser.getEvent(); // the document's start
      documents.add(node(0));
      parser.getEvent(); // the document's end
    }
  }

  private YamlNode node(int depth) {
    Event event = parser.getEvent();
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    long before = written + aliased;
    written++;
    @Nullable String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, Optional.empty()); // an alias to it from inside is a cycle
    }
    YamlNode node =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent sequence -> sequence(sequence, depth);
          case MappingStartEvent mapping -> mapping(mapping, depth);
          default -> throw new IllegalStateException("unexpected " + event);
        };
    if (anchor != null) {
      anchors.put(
          anchor, Optional.of(new Anchored(withoutInnerResets(node), written + aliased - before)));
    }
    return node;
  }

  private YamlNode aliased(AliasEvent alias) {
    SourceRange range = range(alias.getStartMark(), alias.getEndMark());
    Optional<Anchored> anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      throw fatal(
          "yaml-alias", range, "yaml: unknown anchor '" + alias.getAnchor() + "' referenced");
    }
    if (anchored.isEmpty()) {
      throw fatal(
          "yaml-alias", range, "yaml: anchor '" + alias.getAnchor() + "' value contains itself");
    }
    aliased += anchored.get().weight();
    if (aliased > limits.aliasedNodes() + 10 * written) {
      throw fatal(
          "yaml-aliases",
          range,
          "yaml: document contains excessive aliasing: its aliases stand for more than %d values"
              .formatted(limits.aliasedNodes()));
    }
    return anchored.get().node();
  }

  /// What `!reset` marks inside an anchored value acts where it is written and is gone where an
  /// alias repeats the value; a tag of the value itself acts in both places.
  private static YamlNode withoutInnerResets(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> scalar;
      case YamlSequence sequence ->
          sequence.withItems(sequence.items().stream().map(Composer::withoutInnerResets).toList());
      case YamlMapping mapping -> {
        var kept = new LinkedHashMap<String, YamlEntry>(mapping.entries().size() * 2);
        mapping
            .entries()
            .forEach(
                (key, entry) -> {
                  if (entry.value().directive() != Directive.RESET) {
                    kept.put(key, entry.with(withoutInnerResets(entry.value())));
                  }
                });
        yield mapping.withEntries(kept);
      }
    };
  }

  private YamlNode sequence(SequenceStartEvent start, int depth) {
    checkDepth(start, depth);
    var items = new ArrayList<YamlNode>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      YamlNode item = word(node(depth + 1), start);
      if (item.directive() != Directive.RESET) {
        items.add(item);
      }
    }
    Event end = parser.getEvent();
    return new YamlSequence(
        items, Origin.at(range(start.getStartMark(), end.getEndMark())), directive(start.getTag()));
  }

  private YamlNode mapping(MappingStartEvent start, int depth) {
    checkDepth(start, depth);
    var entries = new LinkedHashMap<String, YamlEntry>();
    var merged = new ArrayList<YamlMapping>();
    boolean merging = false;
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Event keyEvent = parser.peekEvent();
      YamlNode key = node(depth + 1);
      Event valueEvent = parser.peekEvent();
      YamlNode value = node(depth + 1);
      if (start.isFlow() && endsInColon(keyEvent, valueEvent)) {
        key = withColon((YamlScalar) key);
      }
      SourceRange keyRange = range(keyEvent.getStartMark(), keyEvent.getEndMark());
      if (!(key instanceof YamlScalar scalar) || scalar.kind() != Kind.STRING) {
        problems.add(
            Diagnostic.error(
                "non-string-key",
                keyRange,
                "non-string key: " + (key instanceof YamlScalar it ? it.text() : key.kindInWords()),
                key instanceof YamlScalar it && !it.isNull()
                    ? "put it in quotes: \"" + it.text() + "\""
                    : "keys are words"));
      } else if (isMergeKey(keyEvent)) {
        if (merging) {
          problems.add(duplicate("<<", keyRange, merged.getFirst().range()));
        }
        merging = true;
        collectMerged(value, keyRange, merged);
      } else if (entries.containsKey(scalar.text())) {
        problems.add(duplicate(scalar.text(), keyRange, entries.get(scalar.text()).keyRange()));
      } else {
        entries.put(scalar.text(), new YamlEntry(keyRange, value));
      }
    }
    Event end = parser.getEvent();
    for (YamlMapping other : merged) {
      other.entries().forEach(entries::putIfAbsent);
    }
    return new YamlMapping(
        entries,
        Origin.at(range(start.getStartMark(), end.getEndMark())),
        directive(start.getTag()));
  }

  /// Between brackets a word goes on over a colon that no blank follows, as go-yaml reads it:
  /// `[h:]` is a list of one word, `{h:}` a mapping with the key `h:`.
  private boolean endsInColon(Event key, Event value) {
    if (!(key instanceof ScalarEvent word)
        || !(value instanceof ScalarEvent nothing)
        || word.getScalarStyle() != ScalarStyle.PLAIN
        || !nothing.getValue().isEmpty()
        || nothing.getStartMark().getIndex() != nothing.getEndMark().getIndex()) {
      return false;
    }
    int[] text = word.getEndMark().getBuffer();
    int colon = word.getEndMark().getPointer();
    return colon + 1 < text.length
        && text[colon] == ':'
        && " \t\r\n\0".indexOf(text[colon + 1]) < 0;
  }

  private static YamlScalar withColon(YamlScalar key) {
    return new YamlScalar(Kind.STRING, key.text() + ":", key.origin(), key.directive());
  }

  /// What snakeyaml takes for a pair in a list, where it is the word of [#endsInColon].
  private static YamlNode word(YamlNode item, SequenceStartEvent list) {
    if (list.isFlow() && item instanceof YamlMapping pair && pair.entries().size() == 1) {
      String key = pair.entries().firstEntry().getKey();
      YamlEntry entry = pair.entries().firstEntry().getValue();
      if (key.endsWith(":")
          && entry.value().isNull()
          && entry.keyRange().isAtStartOf(pair.range())) {
        return YamlScalar.string(key, Origin.at(entry.keyRange()));
      }
    }
    return item;
  }

  private static Diagnostic duplicate(String key, SourceRange range, SourceRange first) {
    return Diagnostic.error(
        "duplicate-key",
        range,
        "mapping key \"%s\" already defined at line %d".formatted(key, first.line()),
        "remove one of the two");
  }

  private static boolean isMergeKey(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.getValue().equals("<<")
        && ((scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getTag() == null)
            || (TAG + "merge").equals(scalar.getTag()));
  }

  private void collectMerged(YamlNode value, SourceRange keyRange, List<YamlMapping> merged) {
    switch (value) {
      case YamlMapping mapping -> merged.add(mapping);
      case YamlSequence sequence
          when sequence.items().stream().allMatch(YamlMapping.class::isInstance) ->
          sequence.items().forEach(it -> merged.add((YamlMapping) it));
      default ->
          problems.add(
              Diagnostic.error(
                  "yaml-merge",
                  keyRange,
                  "map merge requires map or sequence of maps as the value, this is "
                      + value.kindInWords()));
    }
  }

  private YamlNode scalar(ScalarEvent event) {
    Origin origin = Origin.at(range(event.getStartMark(), event.getEndMark()));
    @Nullable String tag = event.getTag();
    Directive directive = directive(tag);
    if (directive != Directive.NONE) {
      // a tag that is none of YAML's own leaves the text as it is
      return new YamlScalar(Kind.STRING, event.getValue(), origin, directive);
    }
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
    if (tag == null || tag.equals("!")) {
      if (!plain || tag != null) {
        return new YamlScalar(Kind.STRING, event.getValue(), origin, directive);
      }
      var resolved = ScalarResolver.plain(event.getValue());
      if (resolved.kind() == Kind.FLOAT && !Character.isDigit(lastOf(resolved.text()))) {
        problems.add(
            Diagnostic.error(
                "no-such-number",
                origin.range(),
                "%s is no number a compose file can hold".formatted(event.getValue()),
                "put it in quotes if it is text"));
      }
      return new YamlScalar(resolved.kind(), resolved.text(), origin, directive);
    }
    return tagged(tag, event, origin);
  }

  private static char lastOf(String text) {
    return text.charAt(text.length() - 1);
  }

  private YamlNode tagged(String tag, ScalarEvent event, Origin origin) {
    var resolved = ScalarResolver.plain(event.getValue());
    Kind wanted =
        switch (tag) {
          case TAG + "int" -> Kind.INTEGER;
          case TAG + "float" -> Kind.FLOAT;
          case TAG + "bool" -> Kind.BOOLEAN;
          case TAG + "null" -> Kind.NULL;
          case TAG + "timestamp" -> Kind.TIMESTAMP;
          default -> Kind.STRING; // also of tags no one here knows
        };
    if (tag.equals(TAG + "binary")) {
      return binary(event, origin);
    }
    if (wanted == Kind.STRING) {
      return YamlScalar.string(event.getValue(), origin);
    }
    if (resolved.kind() == wanted || (wanted == Kind.FLOAT && resolved.kind() == Kind.INTEGER)) {
      return new YamlScalar(wanted, resolved.text(), origin, Directive.NONE);
    }
    problems.add(
        Diagnostic.error(
            "yaml-tag",
            origin.range(),
            "cannot decode `%s` as a !!%s"
                .formatted(event.getValue(), tag.substring(TAG.length()))));
    return YamlScalar.string(event.getValue(), origin);
  }

  private YamlNode binary(ScalarEvent event, Origin origin) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(event.getValue());
      return YamlScalar.string(new String(bytes, StandardCharsets.UTF_8), origin);
    } catch (IllegalArgumentException e) {
      problems.add(
          Diagnostic.error(
              "yaml-tag", origin.range(), "!!binary value contains invalid base64 data"));
      return YamlScalar.string("", origin);
    }
  }

  private static Directive directive(@Nullable String tag) {
    return switch (tag) {
      case "!reset" -> Directive.RESET;
      case "!override" -> Directive.OVERRIDE;
      case null, default -> Directive.NONE;
    };
  }

  private void checkDepth(Event event, int depth) {
    if (depth >= limits.depth()) {
      throw fatal(
          "yaml-too-deep",
          range(event.getStartMark(), event.getEndMark()),
          "yaml: more than %d levels of nesting".formatted(limits.depth()));
    }
  }

  private static LimitException fatal(String code, SourceRange range, String message) {
    return new LimitException(Diagnostic.error(code, range, message));
  }

  private SourceRange range(Mark start, Mark end) {
    return new SourceRange(
        file, start.getLine() + 1, start.getColumn() + 1, end.getLine() + 1, end.getColumn() + 1);
  }
}
