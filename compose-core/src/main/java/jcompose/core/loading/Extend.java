package jcompose.core.loading;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.source.NearMiss;
import jcompose.core.source.SourceFile;
import jcompose.core.yaml.Directive;
import jcompose.core.yaml.Origin.Cause;
import jcompose.core.yaml.YamlEntry;
import jcompose.core.yaml.YamlMapping;
import jcompose.core.yaml.YamlNode;
import jcompose.core.yaml.YamlScalar;

/// Phase: lays each service that `extends` another over it.
final class Extend {
  private final Layers layers;
  private final Problems problems;

  /// A service on the way through a chain of extends.
  private record Link(String service, String file) {
    @Override
    public String toString() {
      return service + " in " + file;
    }
  }

  /// Where services are looked up: one document, or another file's.
  private record Scope(YamlMapping services, String file, LoadContext context, boolean foreign) {}

  Extend(Layers layers, Problems problems) {
    this.layers = layers;
    this.problems = problems;
  }

  YamlMapping apply(YamlMapping document, SourceFile file, LoadContext context) {
    Optional<YamlMapping> services = document.mapping("services");
    if (services.isEmpty()) {
      return document;
    }
    var scope = new Scope(services.get(), file.name(), context, false);
    var done = new HashMap<String, YamlMapping>();
    var entries = new LinkedHashMap<String, YamlEntry>(services.get().entries().size() * 2);
    services
        .get()
        .entries()
        .forEach(
            (name, entry) ->
                entries.put(
                    name,
                    entry.with(
                        entry.value().directive() == Directive.RESET
                            ? entry.value()
                            : extended(name, scope, List.of(), done))));
    return document.with("services", services.get().withEntries(entries));
  }

  private YamlNode extended(
      String name, Scope scope, List<Link> chain, Map<String, YamlMapping> done) {
    YamlNode found = scope.services().get(name);
    if (!(found instanceof YamlMapping service)) {
      return found == null ? YamlMapping.empty(scope.services().origin()) : found;
    }
    YamlNode reference = service.get("extends");
    if (reference == null) {
      return service;
    }
    YamlMapping known = done.get(name);
    if (known != null) {
      return known;
    }
    var link = new Link(name, scope.file());
    YamlMapping own = service.without("extends");
    if (chain.contains(link)) {
      var cycle = new ArrayList<>(chain.subList(chain.indexOf(link), chain.size()));
      cycle.add(link);
      problems.damage(name);
      problems.error(
          "extends-cycle",
          reference.range(),
          "circular reference: "
              + String.join(" extends ", cycle.stream().map(Link::toString).toList()));
      return own;
    }
    var longer = new ArrayList<>(chain);
    longer.add(link);
    YamlMapping result =
        switch (base(name, reference, scope, longer, done).orElse(own)) {
          case YamlMapping base when !base.equals(own) ->
              layers.merge(Cause.EXTENDS).services(base, own, name);
          case YamlScalar _ -> own.with("extends", located(reference, scope));
          case YamlNode _ -> own;
        };
    done.put(name, result);
    return result;
  }

  private Optional<YamlNode> base(
      String name,
      YamlNode reference,
      Scope scope,
      List<Link> chain,
      Map<String, YamlMapping> done) {
    if (reference.isNull()) {
      return Optional.empty();
    }
    Optional<YamlScalar> service =
        reference instanceof YamlMapping mapping
            ? mapping.scalar("service")
            : reference instanceof YamlScalar scalar ? Optional.of(scalar) : Optional.empty();
    if (service.isEmpty()) {
      problems.error(
          "missing-key",
          reference.range(),
          "services.%s.extends: service is required".formatted(name));
      return Optional.empty();
    }
    Optional<YamlScalar> file =
        reference instanceof YamlMapping mapping ? mapping.scalar("file") : Optional.empty();
    if (file.isPresent()) {
      return fromFile(name, service.get(), file.get(), scope, chain);
    }
    String wanted = service.get().text();
    if (!scope.services().has(wanted)) {
      notFound(name, service.get(), scope.services(), scope.file(), "");
      return Optional.empty();
    }
    return Optional.of(extended(wanted, scope, chain, done));
  }

  private Optional<YamlNode> fromFile(
      String name, YamlScalar service, YamlScalar file, Scope scope, List<Link> chain) {
    Path path = scope.context().directory().resolve(file.text()).normalize();
    Optional<SourceFile> source = layers.texts().file(path, file.range());
    if (source.isEmpty()) {
      problems.damage(name);
      return Optional.empty();
    }
    LoadContext context = scope.context().at(folderOf(path));
    Optional<YamlMapping> merged = Optional.empty();
    for (YamlMapping document : layers.documents(source.get(), context)) {
      merged =
          Optional.of(
              merged.map(it -> layers.merge(Cause.FILE).files(it, document)).orElse(document));
    }
    if (merged.isEmpty()) {
      return Optional.empty();
    }
    Optional<YamlMapping> services = merged.get().mapping("services");
    if (services.isEmpty()) {
      problems.damage(name);
      problems.error(
          "extends-not-found",
          file.range(),
          "cannot extend service \"%s\" in %s: no services section"
              .formatted(name, source.get().name()));
      return Optional.empty();
    }
    if (!services.get().has(service.text())) {
      notFound(name, service, services.get(), scope.file(), " in " + source.get().name());
      return Optional.empty();
    }
    var foreign = new Scope(services.get(), source.get().name(), context, true);
    YamlNode base = extended(service.text(), foreign, chain, new HashMap<>());
    if (!(base instanceof YamlMapping)) {
      return Optional.of(base);
    }
    YamlMapping alone =
        YamlMapping.empty(services.get().origin())
            .with(
                "services", YamlMapping.empty(services.get().origin()).with(service.text(), base));
    YamlMapping unique = new Unique().apply(Merge.withoutResets(alone));
    // what is wrong in it is reported where it still is once the extending service lies over it; it
    // leaves its file: long forms and absolute paths keep its meaning
    YamlMapping whole = layers.longForms(unique);
    return layers
        .rebased(whole, context.directory(), scope.context().directory())
        .mapping("services")
        .map(it -> it.get(service.text()));
  }

  /// The reference as it stays where what it names is there but says nothing.
  private static YamlNode located(YamlNode reference, Scope scope) {
    return reference instanceof YamlMapping mapping
        ? mapping.changed(
            "file",
            it ->
                it instanceof YamlScalar file
                    ? file.with(
                        YamlScalar.Kind.STRING,
                        scope.context().directory().resolve(file.text()).normalize().toString())
                    : it)
        : YamlMapping.empty(reference.origin()).with("service", reference);
  }

  private static Path folderOf(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  private void notFound(
      String name, YamlScalar service, YamlMapping services, String file, String where) {
    problems.damage(name);
    problems.error(
        "extends-not-found",
        service.range(),
        "cannot extend service \"%s\" in %s: service \"%s\" not found%s"
            .formatted(name, file, service.text(), where),
        NearMiss.hint(service.text(), services.entries().keySet()));
  }
}
