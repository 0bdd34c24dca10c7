package jcompose.engine.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;

/// Decides what goes when an image or a name is removed; changes nothing but its own view of the
/// images. The rules and words are Docker's.
final class ImageRemoval {
  private ImageIndexState state;
  private final boolean force;
  private final boolean prune;
  private final ImageUse.Lookup uses;
  private final List<Removal> done = new ArrayList<>();

  ImageRemoval(ImageIndexState state, boolean force, boolean prune, ImageUse.Lookup uses) {
    this.state = state;
    this.force = force;
    this.prune = prune;
    this.uses = uses;
  }

  ImageIndexState state() {
    return state;
  }

  List<Removal> done() {
    return done;
  }

  ImageRemoval remove(String text) {
    ImageRecord image =
        ImageLookup.find(state, text)
            .orElseThrow(() -> new EngineException.NotFound("No such image: " + shown(text)));
    List<ImageReference> names = state.namesOf(image.id());
    if (ImageLookup.isById(state, image, text)) {
      if (!force && !isOneName(names)) {
        throw conflict(image.id(), true, "image is referenced in multiple repositories");
      }
      conflicts(image.id())
          .ifPresent(
              it -> {
                throw it;
              });
      names.forEach(this::untag);
      delete(image);
      return this;
    }
    ImageReference name = ImageReference.parse(text);
    if (!force && isOneName(names)) {
      uses.of(image.id()).stream()
          .findFirst()
          .ifPresent(
              use -> {
                throw new EngineException.Conflict(
                    "conflict: unable to remove repository reference \""
                        + text
                        + "\" (must force) - container "
                        + shortId(use.container())
                        + " is using its referenced image "
                        + shortId(image.id()));
              });
    }
    untag(name);
    List<ImageReference> left = state.namesOf(image.id());
    if (name.digest().isEmpty()
        && left.stream().noneMatch(it -> sameRepository(it, name) && it.digest().isEmpty())) {
      // A digest was how the tag was pulled: it goes with the repository's last tag.
      left.stream().filter(it -> sameRepository(it, name)).forEach(this::untag);
    }
    if (state.namesOf(image.id()).isEmpty()
        && !state.hasChildren(image.id())
        && conflicts(image.id()).isEmpty()) {
      delete(image);
    }
    return this;
  }

  private void untag(ImageReference name) {
    state = state.unnamed(List.of(DiskImageStore.key(name)));
    done.add(new Removal.Untagged(name.familiar()));
  }

  private void delete(ImageRecord image) {
    state = state.without(image.id());
    done.add(new Removal.Deleted(image.id()));
    if (prune) {
      image
          .parent()
          .flatMap(it -> Optional.ofNullable(state.images().get(it)))
          .filter(it -> state.namesOf(it.id()).isEmpty())
          .filter(it -> !state.hasChildren(it.id()))
          .filter(it -> uses.of(it.id()).isEmpty())
          .ifPresent(this::delete);
    }
  }

  private Optional<EngineException.Conflict> conflicts(ImageId image) {
    if (state.hasChildren(image)) {
      return Optional.of(conflict(image, false, "image has dependent child images"));
    }
    for (ImageUse use : uses.of(image)) {
      if (use.running()) {
        return Optional.of(
            conflict(
                image,
                false,
                "image is being used by running container " + shortId(use.container())));
      }
      if (!force) {
        return Optional.of(
            conflict(
                image,
                true,
                "image is being used by stopped container " + shortId(use.container())));
      }
    }
    return Optional.empty();
  }

  private static EngineException.Conflict conflict(ImageId image, boolean forcible, String why) {
    return new EngineException.Conflict(
        "conflict: unable to delete "
            + shortId(image)
            + (forcible ? " (must be forced) - " : " (cannot be forced) - ")
            + why);
  }

  /// No name, or one tag at most with the digests of its repository.
  private static boolean isOneName(List<ImageReference> names) {
    return names.stream().filter(it -> it.digest().isEmpty()).count() <= 1
        && names.stream().map(ImageReference::familiarName).distinct().count() <= 1;
  }

  private static boolean sameRepository(ImageReference one, ImageReference other) {
    return one.familiarName().equals(other.familiarName());
  }

  private static String shortId(ImageId image) {
    return image.value().substring("sha256:".length(), "sha256:".length() + 12);
  }

  private static String shortId(String container) {
    return container.substring(0, Math.min(12, container.length()));
  }

  private static String shown(String text) {
    try {
      return ImageReference.parse(text).familiar();
    } catch (IllegalArgumentException notAReference) {
      return text;
    }
  }
}
