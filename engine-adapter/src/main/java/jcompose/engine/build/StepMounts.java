package jcompose.engine.build;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.core.resource.MountSpec;
import jcompose.engine.build.tree.ContentDigests;
import jcompose.engine.build.tree.CopyRules;
import jcompose.engine.build.tree.FolderTree;
import jcompose.engine.build.tree.LayerWriter;
import jcompose.engine.build.tree.SourceTree;
import jcompose.engine.build.tree.TreeNode;
import jcompose.engine.build.tree.TreePaths;
import jcompose.engine.dockerfile.BuildGraph;
import jcompose.engine.dockerfile.Heredoc;
import jcompose.engine.dockerfile.IgnoreRules;
import jcompose.engine.dockerfile.PathNames;
import jcompose.engine.dockerfile.RunMount;
import jcompose.engine.host.files.FileCalls;
import jcompose.engine.host.files.FileTree;
import jcompose.engine.oci.DiffId;
import jcompose.engine.oci.Digest;
import jcompose.engine.snapshot.OverlayLayout;

/// The mounts of one RUN, made real on this machine for as long as it runs. What a command may
/// write to without a trace (`bind,rw`) is a copy, so that no source is ever written to.
final class StepMounts implements AutoCloseable {
  private final BuildSession session;
  private final int stage;
  private final StageState state;
  private final List<RunMount> mounts;
  private final List<Path> scratch = new ArrayList<>();
  private final List<KeyedLocks.Held> held = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();

  StepMounts(BuildSession session, int stage, StageState state, List<RunMount> mounts) {
    this.session = session;
    this.stage = stage;
    this.state = state;
    this.mounts = mounts;
  }

  static String scriptPath(Heredoc document) {
    return "/dev/pipes/" + document.name().replace('/', '_');
  }

  /// What of the mounts counts for the step's key.
  List<String> inputs() throws IOException, InterruptedException {
    var inputs = new ArrayList<String>();
    for (RunMount mount : mounts) {
      switch (mount) {
        case RunMount.Bind bind -> {
          inputs.add(bind.toString());
          inputs.addAll(sourceInputs(bind.from(), bind.source()));
        }
        case RunMount.Cache cache -> {
          inputs.add(cache.toString());
          if (cache.from().isPresent()) {
            inputs.addAll(sourceInputs(cache.from(), cache.source()));
          }
        }
        case RunMount.Tmpfs _, RunMount.Secret _, RunMount.Ssh _ -> inputs.add(mount.toString());
      }
    }
    return inputs;
  }

  private List<String> sourceInputs(Optional<String> from, String source)
      throws IOException, InterruptedException {
    if (from.isPresent() && !session.request().contexts().containsKey(from.get())) {
      return layers(from.get()).stream().map(DiffId::toString).toList();
    }
    try (SourceTree tree = context(from)) {
      CopySources.Source found = CopySources.find(tree, escaped(source), false).getFirst();
      var item = new CopyPlan.Item(tree, found.node(), "", "", found.node().isFolder(), false);
      return new CopyPlan(List.of(item), "/", true, IgnoreRules.NONE, false).fingerprint();
    } catch (CopySources.NotThere e) {
      throw new IOException("RUN --mount failed: " + source + " is not in the build context", e);
    }
  }

  /// A path in which nothing is a pattern.
  private static String escaped(String path) {
    return path.replaceAll("([*?\\[\\\\])", "\\\\$1");
  }

  private SourceTree context(Optional<String> from) throws IOException {
    Path folder = from.isEmpty() ? null : session.request().contexts().get(from.get());
    return folder == null
        ? session.context().tree()
        : new FolderTree(folder, IgnoreRules.NONE, new ContentDigests());
  }

  private List<DiffId> layers(String from) throws InterruptedException {
    Optional<BuildGraph.Stage> earlier = session.graph().stage(from, stage);
    return earlier.isPresent()
        ? session.result(earlier.get().index()).image().diffIds()
        : BaseImages.find(session, from, Optional.empty(), session.output().of(stage)).layers();
  }

  /// Makes the sources of the mounts. Those that are not required and not there are left out.
  List<MountSpec> prepare() throws IOException, InterruptedException {
    var specs = new ArrayList<MountSpec>();
    for (RunMount mount : mounts) {
      switch (mount) {
        case RunMount.Bind bind ->
            specs.add(bind(copy(bind.from(), bind.source()), target(bind), bind.readOnly()));
        case RunMount.Cache cache -> specs.add(cache(cache));
        case RunMount.Tmpfs tmpfs ->
            specs.add(
                new MountSpec.Tmpfs(target(tmpfs), false, tmpfs.sizeBytes(), Optional.empty()));
        case RunMount.Secret secret -> secret(secret).ifPresent(specs::add);
        case RunMount.Ssh ssh -> {
          if (ssh.required()) {
            throw new IOException(
                "RUN --mount=type=ssh,required: this builder forwards no SSH agent");
          }
        }
      }
    }
    return specs;
  }

  /// `NAME=value` that secrets bring.
  List<String> environment() {
    return environment;
  }

  MountSpec script(Heredoc document) throws IOException {
    Path folder = newScratch();
    Path file = folder.resolve("script");
    Files.writeString(file, document.content());
    Files.setAttribute(file, "unix:mode", 0755);
    return bind(file, scriptPath(document), true);
  }

  private String target(RunMount mount) {
    String folder = state.config().workingDirectory();
    return PathNames.resolve(folder.isEmpty() ? "/" : folder, mount.target().orElseThrow());
  }

  private static MountSpec bind(Path source, String target, boolean readOnly) {
    return new MountSpec.Bind(
        source.toString(),
        target,
        readOnly,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  private Path newScratch() throws IOException {
    Path folder = Layers.scratch(session.folders().spool());
    scratch.add(folder);
    return folder;
  }

  /// A copy of a source, which the command may do with as it likes.
  private Path copy(Optional<String> from, String source) throws IOException, InterruptedException {
    if (from.isPresent() && !session.request().contexts().containsKey(from.get())) {
      try (Layers.Reading reading = session.layers().read(layers(from.get()))) {
        return copy(reading.tree(), source);
      }
    }
    try (SourceTree tree = context(from)) {
      return copy(tree, source);
    }
  }

  private Path copy(SourceTree tree, String source) throws IOException {
    Optional<TreeNode> node =
        TreePaths.find(tree, FileCalls.bytes(PathNames.belowRoot(source)), true);
    if (node.isEmpty()) {
      throw new IOException("RUN --mount failed: " + source + ": no such file or directory");
    }
    Path folder = newScratch();
    Path upper = Files.createDirectory(folder.resolve("upper"));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    try (var writer = new LayerWriter(new OverlayLayout(folder, List.of("empty"), upper, empty))) {
      if (node.get().isFolder()) {
        writer.copyContents(tree, node.get(), "tree", CopyRules.KEEP, true, "");
      } else {
        writer.copyFile(tree, node.get(), "tree", CopyRules.KEEP);
      }
      writer.finish();
    }
    return upper.resolve("tree");
  }

  private MountSpec cache(RunMount.Cache cache) throws IOException, InterruptedException {
    String name = Digest.of(cache.id()).hex();
    Path folder = session.folders().mounts().resolve(name);
    switch (cache.sharing()) {
      case SHARED -> {}
      // taken for the whole command; a private one of ours waits instead of being made anew
      case LOCKED, PRIVATE -> held.add(session.locks().lock("mount " + name));
    }
    try (var _ = session.locks().lock("make mount " + name)) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        fill(cache, folder);
      }
    }
    return bind(folder, target(cache), cache.readOnly());
  }

  private void fill(RunMount.Cache cache, Path folder) throws IOException, InterruptedException {
    Path made;
    if (cache.from().isPresent()) {
      made = copy(cache.from(), cache.source());
    } else {
      made = Files.createDirectory(newScratch().resolve("cache"));
      Files.setAttribute(made, "unix:uid", cache.owner().uid());
      Files.setAttribute(made, "unix:gid", cache.owner().gid());
      Files.setAttribute(made, "unix:mode", cache.owner().mode());
    }
    try {
      Files.move(made, folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("cache mount " + cache.id() + " is in the way of itself", e);
    }
  }

  private Optional<MountSpec> secret(RunMount.Secret secret) throws IOException {
    Path source = session.request().secrets().get(secret.id());
    if (source == null) {
      if (secret.required()) {
        throw new IOException("secret " + secret.id() + ": not found");
      }
      return Optional.empty();
    }
    if (secret.environment().isPresent()) {
      environment.add(secret.environment().get() + "=" + Files.readString(source));
      if (secret.target().isEmpty()) {
        return Optional.empty();
      }
    }
    Path file = newScratch().resolve("secret");
    Files.write(file, new byte[0]);
    for (Map.Entry<String, Integer> attribute :
        List.of(
            Map.entry("unix:mode", secret.owner().mode()),
            Map.entry("unix:uid", secret.owner().uid()),
            Map.entry("unix:gid", secret.owner().gid()))) {
      Files.setAttribute(file, attribute.getKey(), attribute.getValue());
    }
    Files.write(file, Files.readAllBytes(source));
    String target = secret.target().isPresent() ? target(secret) : "/run/secrets/" + secret.id();
    return Optional.of(bind(file, target, true));
  }

  /// Removes copies, following no link that the command made, and lets others at the caches.
  @Override
  public void close() {
    held.forEach(KeyedLocks.Held::close);
    for (Path folder : scratch) {
      try {
        FileTree.remove(folder);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("removing the mounts of a step", e);
      }
    }
  }
}
