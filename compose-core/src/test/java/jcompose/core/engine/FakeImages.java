package jcompose.core.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcompose.core.resource.BuildSpec;
import jcompose.core.resource.ImageDetails;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;

/// Images as names and ids; every pull and build makes a new id.
final class FakeImages implements Images {
  private final FakeEngine engine;
  private final Map<String, ImageId> tags = new LinkedHashMap<>();
  private final Set<String> registry = new LinkedHashSet<>();
  private int made;

  FakeImages(FakeEngine engine) {
    this.engine = engine;
  }

  synchronized ImageId add(String reference) {
    var id = new ImageId("sha256:" + "%064x".formatted(++made));
    tags.put(ImageReference.parse(reference).familiar(), id);
    return id;
  }

  synchronized void addToRegistry(String reference) {
    registry.add(ImageReference.parse(reference).familiar());
  }

  @Override
  public synchronized Optional<ImageDetails> find(String reference) {
    for (var each : tags.entrySet()) {
      boolean byId = each.getValue().value().equals(reference);
      if (byId || (!reference.startsWith("sha256:") && each.getKey().equals(familiar(reference)))) {
        return Optional.of(details(each.getValue()));
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized List<ImageDetails> list() {
    return new LinkedHashSet<>(tags.values()).stream().map(this::details).toList();
  }

  @Override
  public String registryDigest(ImageReference reference) {
    throw new EngineException.NotFound("manifest unknown: " + reference.familiar());
  }

  private static String familiar(String reference) {
    return ImageReference.parse(reference).familiar();
  }

  private ImageDetails details(ImageId id) {
    var names = new ArrayList<String>();
    tags.forEach(
        (name, each) -> {
          if (each.equals(id)) {
            names.add(name);
          }
        });
    return new ImageDetails(
        id, names, List.of(), Map.of(), List.of(), List.of(), false, 1_000_000L);
  }

  @Override
  public void pull(ImageReference reference, Optional<String> platform, TransferListener listener) {
    engine.called("pull " + reference.familiar());
    synchronized (this) {
      if (!registry.contains(reference.familiar())) {
        throw new EngineException.NotFound(
            "pull access denied for "
                + reference.familiarName()
                + ", repository does not exist or may require 'docker login'");
      }
      add(reference.familiar());
    }
    listener.progress("", "Downloaded newer image", Optional.empty(), Optional.empty());
  }

  @Override
  public void push(ImageReference reference, TransferListener listener) {
    engine.called("push " + reference.familiar());
    if (find(reference.familiar()).isEmpty()) {
      throw new EngineException.NotFound(
          "An image does not exist locally with the tag: " + reference.familiarName());
    }
    addToRegistry(reference.familiar());
  }

  @Override
  public ImageId build(BuildSpec spec, TransferListener listener) {
    engine.called("build " + String.join(" ", spec.tags()));
    listener.progress("", "Step 1/1 : FROM scratch", Optional.empty(), Optional.empty());
    synchronized (this) {
      ImageId id = add(spec.tags().isEmpty() ? "untagged" : spec.tags().getFirst());
      spec.tags().forEach(it -> tags.put(ImageReference.parse(it).familiar(), id));
      return id;
    }
  }

  @Override
  public void tag(ImageId image, ImageReference reference) {
    engine.called("tag " + reference.familiar());
    synchronized (this) {
      if (!tags.containsValue(image)) {
        throw new EngineException.NotFound("No such image: " + image);
      }
      tags.put(reference.familiar(), image);
    }
  }

  @Override
  public void remove(String reference, boolean force) {
    engine.called("remove image " + reference);
    synchronized (this) {
      ImageDetails image =
          find(reference)
              .orElseThrow(() -> new EngineException.NotFound("No such image: " + reference));
      if (reference.startsWith("sha256:")) {
        tags.values().removeIf(it -> it.equals(image.id()));
      } else {
        tags.remove(ImageReference.parse(reference).familiar());
      }
    }
  }
}
