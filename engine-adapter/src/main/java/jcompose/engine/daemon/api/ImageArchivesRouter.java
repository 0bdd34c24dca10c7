package jcompose.engine.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;
import jcompose.engine.image.ImageArchives.Named;
import jcompose.engine.image.StoredImage;
import jcompose.engine.local.ContainerCommits;
import jcompose.engine.local.LocalEngine;
import jcompose.engine.local.LocalImages;

/// Images to and from archives and containers: save, load, commit.
final class ImageArchivesRouter {
  private final LocalEngine engine;
  private final LocalImages images;

  ImageArchivesRouter(LocalEngine engine) {
    this.engine = engine;
    this.images = engine.images();
  }

  void register(Routes routes) {
    routes
        .add("GET", "/images/get", this::saveAll)
        .add("GET", "/images/{name...}/get", this::saveOne)
        .add("POST", "/images/load", this::load)
        .add("POST", "/commit", this::commit);
  }

  private void saveAll(ApiCall call) throws IOException {
    List<String> names =
        call.parameters("names").stream()
            .flatMap(it -> List.of(it.split(",")).stream())
            .filter(it -> !it.isEmpty())
            .toList();
    save(call, names);
  }

  private void saveOne(ApiCall call) throws IOException {
    save(call, List.of(call.place("name")));
  }

  private void save(ApiCall call, List<String> names) throws IOException {
    List<Named> wanted = names.stream().map(this::named).toList();
    OutputStream out = call.stream(200, "application/x-tar");
    images.save(wanted, out);
    out.close();
  }

  /// A name without a tag stands for the tag `latest`; an id brings no name along.
  private Named named(String name) {
    StoredImage image = images.store().get(name);
    var references = new ArrayList<ImageReference>();
    boolean isId = image.id().value().startsWith("sha256:" + name) || name.startsWith("sha256:");
    if (!isId) {
      ImageReference reference = ImagesRouter.reference(name);
      if (image.tags().contains(reference.familiar())) {
        references.add(reference);
      }
    }
    return new Named(image, references);
  }

  private void load(ApiCall call) throws IOException {
    boolean quiet = call.request().flag("quiet", true);
    var progress = new ProgressStream(call);
    try {
      List<Named> loaded = images.load(call.rawBody());
      progress.open();
      for (Named one : loaded) {
        if (one.names().isEmpty()) {
          progress.text("Loaded image ID: " + one.image().id().value() + "\n");
        }
        one.names().forEach(it -> progress.text("Loaded image: " + it.familiar() + "\n"));
      }
    } catch (EngineException e) {
      progress.error(String.valueOf(e.getMessage()), 0);
    } catch (IOException e) {
      if (!quiet || progress.isOpen()) {
        progress.error(String.valueOf(e.getMessage()), 0);
      } else {
        throw new EngineException.Failed(
            "Error processing tar file: " + String.valueOf(e.getMessage()), e);
      }
    }
    progress.close();
  }

  private void commit(ApiCall call) throws IOException {
    String container =
        call.parameter("container")
            .filter(it -> !it.isEmpty())
            .orElseThrow(() -> new EngineException.Invalid("invalid container: empty"));
    JsonNode config = call.optionalBody(JsonNode.class);
    if (config != null && says(config)) {
      throw new EngineException.Unsupported(
          "a configuration in the body is not supported: send it as instructions in 'changes'");
    }
    Optional<ImageReference> tag =
        call.parameter("repo")
            .filter(it -> !it.isEmpty())
            .map(it -> ImagesRouter.withTag(it, call.parameter("tag").orElse("")))
            .map(ImagesRouter::reference);
    ImageId image =
        engine
            .containers()
            .commits()
            .commit(
                container,
                new ContainerCommits.Request(
                    tag,
                    call.parameter("comment").filter(it -> !it.isEmpty()),
                    call.parameter("author").filter(it -> !it.isEmpty()),
                    call.request().flag("pause", true),
                    changes(call)));
    call.json(201, java.util.Map.of("Id", image.value()));
  }

  /// Clients send a configuration of empty values along, which changes nothing.
  private static boolean says(JsonNode value) {
    return value.isContainerNode()
        ? value.valueStream().anyMatch(ImageArchivesRouter::says)
        : !value.isNull() && !value.asText().isEmpty() && !value.asText().equals("false");
  }

  /// Instructions, one a line or a parameter.
  static List<String> changes(ApiCall call) {
    return call.parameters("changes").stream()
        .flatMap(String::lines)
        .filter(it -> !it.isBlank())
        .toList();
  }
}
