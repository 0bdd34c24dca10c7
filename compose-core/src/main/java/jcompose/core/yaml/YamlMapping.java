package jcompose.core.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A mapping with keys in the order of the file. The map given is not copied: whoever makes a
/// mapping gives its entries away.
public record YamlMapping(
    SequencedMap<String, YamlEntry> entries, Origin origin, Directive directive)
    implements YamlNode {

  public YamlMapping {
    entries = Collections.unmodifiableSequencedMap(entries);
  }

  public static YamlMapping of(SequencedMap<String, YamlEntry> entries, Origin origin) {
    return new YamlMapping(entries, origin, Directive.NONE);
  }

  public static YamlMapping empty(Origin origin) {
    return of(new LinkedHashMap<>(), origin);
  }

  /// The value of a key, or null.
  public @Nullable YamlNode get(String key) {
    YamlEntry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /// The mapping under a key, if there is one.
  public Optional<YamlMapping> mapping(String key) {
    return get(key) instanceof YamlMapping found ? Optional.of(found) : Optional.empty();
  }

  /// The list under a key, if there is one.
  public Optional<YamlSequence> sequence(String key) {
    return get(key) instanceof YamlSequence found ? Optional.of(found) : Optional.empty();
  }

  /// The scalar under a key, if there is one and it is not null.
  public Optional<YamlScalar> scalar(String key) {
    return get(key) instanceof YamlScalar found && !found.isNull()
        ? Optional.of(found)
        : Optional.empty();
  }

  /// The text of the scalar under a key.
  public Optional<String> text(String key) {
    return scalar(key).map(YamlScalar::text);
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  public YamlMapping withEntries(SequencedMap<String, YamlEntry> others) {
    return new YamlMapping(others, origin, directive);
  }

  /// The same with one key set; a new key stands where its value stands.
  @SuppressWarnings("ReferenceEquality") // the very node there is: comparing trees would cost more
  public YamlMapping with(String key, YamlNode value) {
    YamlEntry before = entries.get(key);
    if (before != null && before.value() == value) {
      return this;
    }
    var copy = new LinkedHashMap<>(entries);
    copy.put(key, before == null ? new YamlEntry(value.range(), value) : before.with(value));
    return withEntries(copy);
  }

  public YamlMapping without(String key) {
    if (!has(key)) {
      return this;
    }
    var copy = new LinkedHashMap<>(entries);
    copy.remove(key);
    return withEntries(copy);
  }

  /// The same with the value of a key changed, if it is there.
  public YamlMapping changed(String key, UnaryOperator<YamlNode> change) {
    YamlNode value = get(key);
    return value == null ? this : with(key, change.apply(value));
  }

  /// The same with every value changed.
  public YamlMapping eachValue(UnaryOperator<YamlNode> change) {
    return eachEntry((_, entry) -> entry.with(change.apply(entry.value())));
  }

  /// The same with every entry changed, or taken out where the change gives null. A mapping whose
  /// entries all stay as they are is given back itself: most phases change little, and a copy each
  /// would make large projects slow.
  public YamlMapping eachEntry(BiFunction<String, YamlEntry, @Nullable YamlEntry> change) {
    var changed = new Changed(this, change);
    entries.forEach(changed);
    return changed.copy == null ? this : withEntries(changed.copy);
  }

  /// Copies the entries from the first one that changes on.
  private static final class Changed implements BiConsumer<String, YamlEntry> {
    private final YamlMapping mapping;
    private final BiFunction<String, YamlEntry, @Nullable YamlEntry> change;
    private @Nullable SequencedMap<String, YamlEntry> copy;
    private int unchanged;

    Changed(YamlMapping mapping, BiFunction<String, YamlEntry, @Nullable YamlEntry> change) {
      this.mapping = mapping;
      this.change = change;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // what is unchanged is the same object
    public void accept(String key, YamlEntry entry) {
      YamlEntry result = change.apply(key, entry);
      if (copy == null && result == entry) {
        unchanged++;
        return;
      }
      SequencedMap<String, YamlEntry> into = copy;
      if (into == null) {
        into = LinkedHashMap.newLinkedHashMap(mapping.entries.size());
        for (Map.Entry<String, YamlEntry> it : mapping.entries.entrySet()) {
          if (into.size() == unchanged) {
            break;
          }
          into.put(it.getKey(), it.getValue());
        }
        copy = into;
      }
      if (result != null) {
        into.put(key, result);
      }
    }
  }

  @Override
  public YamlMapping withOrigin(Origin value) {
    return new YamlMapping(entries, value, directive);
  }

  @Override
  public String kindInWords() {
    return "a mapping";
  }
}
