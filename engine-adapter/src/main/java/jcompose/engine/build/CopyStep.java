package jcompose.engine.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.engine.build.tree.ContentDigests;
import jcompose.engine.build.tree.CopyRules;
import jcompose.engine.build.tree.FolderTree;
import jcompose.engine.build.tree.LayerWriter;
import jcompose.engine.build.tree.ModeChange;
import jcompose.engine.build.tree.Ownership;
import jcompose.engine.build.tree.SourceTree;
import jcompose.engine.dockerfile.BuildGraph;
import jcompose.engine.dockerfile.Heredoc;
import jcompose.engine.dockerfile.IgnoreRules;
import jcompose.engine.dockerfile.Instruction;
import jcompose.engine.dockerfile.Instruction.Transfer;
import jcompose.engine.dockerfile.WordExpansion;
import jcompose.engine.image.StoredImage;
import jcompose.engine.oci.DiffId;
import jcompose.engine.snapshot.OverlayLayout;

/// One COPY or ADD, its words expanded: finds the sources, names the step by their content, and
/// writes the layer. Belongs to one thread; closing it lets go of the sources.
final class CopyStep implements AutoCloseable {
  private final BuildSession session;
  private final int stage;
  private final StageState state;
  private final String keyword;
  private final Optional<String> from;
  private final Optional<Instruction.Add> add;
  private final List<String> patterns;
  private final List<Heredoc> documents;
  private final String destination;
  private final Optional<String> chown;
  private final Optional<String> chmod;
  private final List<String> excludes;
  private final boolean parents;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<String> sourceLayers = new ArrayList<>();
  private Optional<CopyPlan> plan = Optional.empty();

  CopyStep(BuildSession session, int stage, StageState state, Instruction instruction) {
    this.session = session;
    this.stage = stage;
    this.state = state;
    Transfer transfer;
    switch (instruction) {
      case Instruction.Copy copy -> {
        transfer = copy.transfer();
        keyword = "COPY";
        from = copy.from();
        add = Optional.empty();
      }
      case Instruction.Add adding -> {
        transfer = adding.transfer();
        keyword = "ADD";
        from = Optional.empty();
        add = Optional.of(adding);
      }
      default -> throw new IllegalArgumentException("neither COPY nor ADD");
    }
    WordExpansion words = state.expansion(session.escape());
    patterns = transfer.sources().stream().map(words::expand).toList();
    documents =
        transfer.documents().stream()
            .map(
                it ->
                    it.expand()
                        ? new Heredoc(it.name(), words.expandDocument(it.content()), true)
                        : it)
            .toList();
    destination = words.expand(transfer.destination());
    chown = transfer.chown().map(words::expand).filter(it -> !it.isEmpty());
    chmod = transfer.chmod().map(words::expand).filter(it -> !it.isEmpty());
    excludes = transfer.excludes().stream().map(words::expand).toList();
    parents = transfer.parents();
    chmod.ifPresent(ModeChange::parse);
    boolean several = patterns.size() + documents.size() > 1;
    if (several && !CopyPlan.isFolder(destination)) {
      throw new IllegalArgumentException(
          "When using "
              + keyword
              + " with more than one source file, the destination must be a directory and end with"
              + " a /");
    }
  }

  /// How the history tells it.
  String comment(Optional<DiffId> layer) {
    String what = layer.map(it -> "file:" + it.digest().hex()).orElse("nothing");
    return keyword + " " + what + " in " + destination + " ";
  }

  /// Where files come from a stage or image: names the step by the source's layers as a whole,
  /// which takes no reading.
  Optional<StepKey> quickKey() throws IOException, InterruptedException {
    if (from.isEmpty()) {
      return Optional.empty();
    }
    SourceTree tree = openFrom(from.get());
    if (sourceLayers.isEmpty()) {
      return Optional.empty(); // a folder
    }
    plan = Optional.of(plan(tree));
    var inputs = new ArrayList<>(words());
    inputs.addAll(sourceLayers);
    return Optional.of(state.key().then(keyword + " --from", inputs));
  }

  /// Names the step by what it would write.
  StepKey key() throws IOException {
    var inputs = new ArrayList<>(words());
    inputs.addAll(plan().fingerprint());
    return state.key().then(keyword, inputs);
  }

  private List<String> words() {
    var words = new ArrayList<>(patterns);
    words.add("to " + CopyPlan.destination(state.config().workingDirectory(), destination));
    words.add("folder " + CopyPlan.isFolder(destination));
    words.add("chown " + chown.orElse(""));
    words.add("chmod " + chmod.orElse(""));
    words.add("parents " + parents);
    words.addAll(excludes);
    return words;
  }

  private CopyPlan plan() throws IOException {
    if (plan.isEmpty()) {
      SourceTree tree = session.context().tree();
      opened.add(tree);
      plan = Optional.of(plan(tree));
    }
    return plan.get();
  }

  private CopyPlan plan(SourceTree tree) throws IOException {
    var items = new ArrayList<CopyPlan.Item>();
    for (String pattern : patterns) {
      if (add.isPresent() && isRemote(pattern)) {
        items.add(remote(pattern));
        continue;
      }
      for (CopySources.Source source : sources(tree, pattern)) {
        items.addAll(items(tree, source));
      }
    }
    var texts = new DocumentTree();
    for (Heredoc document : documents) {
      String name = document.name();
      items.add(
          new CopyPlan.Item(texts, texts.add(name, document.content()), name, name, false, false));
    }
    boolean several = items.size() > 1;
    if (several && patterns.size() == 1 && !CopyPlan.isFolder(destination)) {
      throw new IOException(
          "When using "
              + keyword
              + " with more than one source file, the destination must be a directory and end with"
              + " a /");
    }
    return new CopyPlan(
        items,
        CopyPlan.destination(state.config().workingDirectory(), destination),
        CopyPlan.isFolder(destination),
        IgnoreRules.of(excludes),
        parents);
  }

  private static boolean isRemote(String pattern) {
    return pattern.startsWith("http://") || pattern.startsWith("https://");
  }

  private CopyPlan.Item remote(String url) throws IOException {
    Instruction.Add adding = add.orElseThrow();
    RemoteFile file = RemoteFile.fetch(url, adding.checksum());
    String name = file.name();
    if (name.isEmpty() && CopyPlan.isFolder(destination)) {
      throw new IOException("cannot determine filename from url: " + url);
    }
    var texts = new DocumentTree();
    var node = texts.add(name.isEmpty() ? "file" : name, file.content(), 0600, file.seconds());
    return new CopyPlan.Item(texts, node, name, name, false, false);
  }

  private List<CopySources.Source> sources(SourceTree tree, String pattern) throws IOException {
    try {
      return CopySources.find(tree, pattern, parents);
    } catch (CopySources.NotThere e) {
      throw new IOException(
          from.isPresent()
              ? keyword + " failed: stat " + pattern + ": file does not exist"
              : keyword
                  + " failed: file not found in build context or excluded by .dockerignore: stat "
                  + pattern
                  + ": file does not exist",
          e);
    }
  }

  private List<CopyPlan.Item> items(SourceTree tree, CopySources.Source source) throws IOException {
    boolean unpack = add.isPresent() && add.get().unpack().orElse(true);
    if (unpack && source.node().isFile()) {
      Optional<SourceTree> archive = LocalArchive.open(tree, source.node(), session.folders());
      if (archive.isPresent()) {
        opened.add(archive.get());
        return List.of(
            new CopyPlan.Item(
                archive.get(), archive.get().at("").orElseThrow(), "", "", true, true));
      }
    }
    return List.of(
        new CopyPlan.Item(
            tree, source.node(), source.name(), source.path(), source.node().isFolder(), false));
  }

  /// The tree that `--from` names: a stage, a named context, or an image.
  private SourceTree openFrom(String name) throws IOException, InterruptedException {
    Optional<BuildGraph.Stage> earlier = session.graph().stage(name, stage);
    List<DiffId> layers;
    if (earlier.isPresent()) {
      layers = session.result(earlier.get().index()).image().diffIds();
    } else {
      Path folder = session.request().contexts().get(name);
      if (folder != null) {
        var tree = new FolderTree(folder, ignoreRules(folder), new ContentDigests());
        opened.add(tree);
        plan = Optional.of(plan(tree));
        return tree;
      }
      if (name.equals("scratch")) {
        layers = List.of();
      } else {
        StoredImage image =
            BaseImages.find(session, name, Optional.empty(), session.output().of(stage));
        layers = image.layers();
      }
    }
    sourceLayers.add("layers " + layers.size());
    layers.forEach(it -> sourceLayers.add(it.toString()));
    Layers.Reading reading = session.layers().read(layers);
    opened.add(reading);
    return reading.tree();
  }

  private static IgnoreRules ignoreRules(Path folder) throws IOException {
    Path file = folder.resolve(".dockerignore");
    return Files.isRegularFile(file) ? IgnoreRules.parse(Files.readString(file)) : IgnoreRules.NONE;
  }

  void write(OverlayLayout layout) throws IOException {
    CopyPlan what = plan();
    try (var layer = new LayerWriter(layout)) {
      Optional<Ownership> owner = Optional.empty();
      if (chown.isPresent()) {
        owner = Optional.of(AccountNames.resolve(layer.view(), chown.get()));
      }
      what.carryOut(
          layer,
          new CopyRules(owner, chmod.map(ModeChange::parse), IgnoreRules.of(excludes), false));
    }
  }

  @Override
  public void close() {
    for (AutoCloseable each : opened.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("letting go of a source", e);
      }
    }
  }
}
