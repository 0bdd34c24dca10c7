package jcompose.engine.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import jcompose.core.resource.ImageId;
import jcompose.core.resource.ImageReference;

/// All images and names at one moment. Immutable: readers need no lock.
///
/// @param names full references with a tag or a digest (not both) to the image they name
record ImageIndexState(Map<ImageId, ImageRecord> images, SortedMap<String, ImageId> names) {
  static final ImageIndexState EMPTY = new ImageIndexState(Map.of(), new TreeMap<>());

  ImageIndexState {
    images = Map.copyOf(images);
    names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
  }

  ImageIndexState with(ImageRecord record) {
    var changed = new HashMap<>(images);
    changed.put(record.id(), record);
    return new ImageIndexState(changed, names);
  }

  ImageIndexState without(ImageId image) {
    var changed = new HashMap<>(images);
    changed.remove(image);
    return new ImageIndexState(changed, names);
  }

  ImageIndexState named(String name, ImageId image) {
    var changed = new TreeMap<>(names);
    changed.put(name, image);
    return new ImageIndexState(images, changed);
  }

  ImageIndexState unnamed(List<String> gone) {
    var changed = new TreeMap<>(names);
    changed.keySet().removeAll(gone);
    return new ImageIndexState(images, changed);
  }

  /// The names of an image, sorted.
  List<ImageReference> namesOf(ImageId image) {
    var found = new ArrayList<ImageReference>();
    names.forEach(
        (name, named) -> {
          if (named.equals(image)) {
            found.add(ImageReference.parse(name));
          }
        });
    return found;
  }

  boolean hasChildren(ImageId image) {
    return images.values().stream().anyMatch(it -> it.parent().filter(image::equals).isPresent());
  }
}
