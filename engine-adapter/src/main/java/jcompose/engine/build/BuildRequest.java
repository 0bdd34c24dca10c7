package jcompose.engine.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcompose.engine.registry.Credentials;

/// What is to be built, and how.
///
/// @param context the files that COPY and ADD see
/// @param dockerfile its path in the context, or the name errors show when `dockerfileText` is
///   present
/// @param dockerfileText used instead of a file of the context
/// @param arguments `--build-arg`
/// @param target name or number of the stage to build; absent for the last
/// @param tags as people write them, `app:1`; a missing tag is `latest`
/// @param labels added to the image's own
/// @param pull asks the registry for newer base images
/// @param networkMode for RUN: `none`, `host`, `default`; absent for `default`
/// @param extraHosts `name:address`, for RUN
/// @param platform `os/arch[/variant]`; absent for this machine's
/// @param contexts further named contexts for FROM and `--from`: a folder each
/// @param secrets files that `RUN --mount=type=secret` may see, by id
/// @param credentials for the registries that base images come from
/// @param quiet only the id is printed
public record BuildRequest(
    BuildContextSource context,
    String dockerfile,
    Optional<String> dockerfileText,
    Map<String, String> arguments,
    Optional<String> target,
    List<String> tags,
    Map<String, String> labels,
    boolean noCache,
    boolean pull,
    Optional<String> networkMode,
    List<String> extraHosts,
    Optional<String> platform,
    Optional<Long> shmSizeBytes,
    Map<String, Path> contexts,
    Map<String, Path> secrets,
    Credentials.Source credentials,
    boolean quiet) {
  public BuildRequest {
    arguments = Map.copyOf(arguments);
    tags = List.copyOf(tags);
    labels = Map.copyOf(labels);
    extraHosts = List.copyOf(extraHosts);
    contexts = Map.copyOf(contexts);
    secrets = Map.copyOf(secrets);
  }

  public static Builder of(BuildContextSource context) {
    return new Builder(context);
  }

  /// Starts with the defaults of `docker build`.
  public static final class Builder {
    private final BuildContextSource context;
    private String dockerfile = "Dockerfile";
    private Optional<String> dockerfileText = Optional.empty();
    private Map<String, String> arguments = Map.of();
    private Optional<String> target = Optional.empty();
    private List<String> tags = List.of();
    private Map<String, String> labels = Map.of();
    private boolean noCache;
    private boolean pull;
    private Optional<String> networkMode = Optional.empty();
    private List<String> extraHosts = List.of();
    private Optional<String> platform = Optional.empty();
    private Optional<Long> shmSizeBytes = Optional.empty();
    private Map<String, Path> contexts = Map.of();
    private Map<String, Path> secrets = Map.of();
    private Credentials.Source credentials = Credentials.Source.NONE;
    private boolean quiet;

    private Builder(BuildContextSource context) {
      this.context = context;
    }

    public Builder dockerfile(String path) {
      dockerfile = path;
      return this;
    }

    public Builder dockerfileText(Optional<String> text) {
      dockerfileText = text;
      return this;
    }

    public Builder arguments(Map<String, String> values) {
      arguments = values;
      return this;
    }

    public Builder target(Optional<String> stage) {
      target = stage;
      return this;
    }

    public Builder tags(List<String> names) {
      tags = names;
      return this;
    }

    public Builder labels(Map<String, String> values) {
      labels = values;
      return this;
    }

    public Builder noCache(boolean value) {
      noCache = value;
      return this;
    }

    public Builder pull(boolean value) {
      pull = value;
      return this;
    }

    public Builder networkMode(Optional<String> mode) {
      networkMode = mode;
      return this;
    }

    public Builder extraHosts(List<String> entries) {
      extraHosts = entries;
      return this;
    }

    public Builder platform(Optional<String> value) {
      platform = value;
      return this;
    }

    public Builder shmSizeBytes(Optional<Long> bytes) {
      shmSizeBytes = bytes;
      return this;
    }

    public Builder contexts(Map<String, Path> folders) {
      contexts = folders;
      return this;
    }

    public Builder secrets(Map<String, Path> files) {
      secrets = files;
      return this;
    }

    public Builder credentials(Credentials.Source source) {
      credentials = source;
      return this;
    }

    public Builder quiet(boolean value) {
      quiet = value;
      return this;
    }

    public BuildRequest build() {
      return new BuildRequest(
          context,
          dockerfile,
          dockerfileText,
          arguments,
          target,
          tags,
          labels,
          noCache,
          pull,
          networkMode,
          extraHosts,
          platform,
          shmSizeBytes,
          contexts,
          secrets,
          credentials,
          quiet);
    }
  }
}
