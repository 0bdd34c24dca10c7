package jcompose.cli.image;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jcompose.cli.output.Ages;
import jcompose.cli.output.GoTime;
import jcompose.cli.output.RowTemplate.Row;
import jcompose.cli.output.ShortId;
import jcompose.cli.output.Sizes;
import jcompose.cli.template.Tree;

/// Images with the fields that docker's templates know: a row a tag.
final class ImageRows {
  static final String TABLE =
      "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t"
          + "{{if .CreatedSince}}{{.CreatedSince}}{{else}}N/A{{end}}\t{{.Size}}";
  static final String WITH_DIGEST =
      "{{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}\t"
          + "{{if .CreatedSince}}{{.CreatedSince}}{{else}}N/A{{end}}\t{{.Size}}";
  static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("Containers", "CONTAINERS"),
          Map.entry("CreatedAt", "CREATED AT"),
          Map.entry("CreatedSince", "CREATED"),
          Map.entry("Digest", "DIGEST"),
          Map.entry("ID", "IMAGE ID"),
          Map.entry("Repository", "REPOSITORY"),
          Map.entry("SharedSize", "SHARED SIZE"),
          Map.entry("Size", "SIZE"),
          Map.entry("Tag", "TAG"),
          Map.entry("UniqueSize", "UNIQUE SIZE"),
          Map.entry("VirtualSize", "SIZE"));

  private static final String NONE = "<none>";
  private static final String UNKNOWN = "N/A";

  private final Instant now;
  private final boolean whole;
  private final boolean digests;

  /// @param whole ids as they are
  /// @param digests a row a digest, too
  ImageRows(Instant now, boolean whole, boolean digests) {
    this.now = now;
    this.whole = whole;
    this.digests = digests;
  }

  List<Row> of(Tree image) {
    Map<String, List<String>> tags = byRepository(image.at("RepoTags").texts(), ':', NONE + ":");
    Map<String, List<String>> sums = byRepository(image.at("RepoDigests").texts(), '@', NONE + "@");
    var rows = new ArrayList<Row>();
    tags.forEach(
        (repository, all) -> {
          List<String> ofRepository = sums.remove(repository);
          for (String tag : all) {
            if (ofRepository == null || !digests) {
              rows.add(row(image, repository, tag, NONE));
            } else {
              ofRepository.forEach(it -> rows.add(row(image, repository, tag, it)));
            }
          }
        });
    sums.forEach(
        (repository, all) -> {
          if (digests) {
            all.forEach(it -> rows.add(row(image, repository, NONE, it)));
          } else {
            rows.add(row(image, repository, NONE, NONE));
          }
        });
    if (rows.isEmpty()) {
      rows.add(row(image, NONE, NONE, NONE));
    }
    return rows;
  }

  /// @param unnamed how names begin that are none
  private static Map<String, List<String>> byRepository(
      List<String> references, char mark, String unnamed) {
    var all = new LinkedHashMap<String, List<String>>();
    for (String reference : references) {
      int at = reference.lastIndexOf(mark);
      if (at > 0 && !reference.startsWith(unnamed)) {
        all.computeIfAbsent(reference.substring(0, at), _ -> new ArrayList<>())
            .add(reference.substring(at + 1));
      }
    }
    return all;
  }

  private Row row(Tree image, String repository, String tag, String digest) {
    long created = image.at("Created").number();
    var fields = new TreeMap<String, Object>();
    fields.put("Containers", count(image.at("Containers")));
    fields.put("CreatedAt", GoTime.of(created, ZoneId.systemDefault()));
    fields.put("CreatedSince", since(created));
    fields.put("Digest", digest);
    fields.put("ID", ShortId.of(image.at("Id").text(), whole));
    fields.put("Repository", repository);
    fields.put("SharedSize", size(image.at("SharedSize")));
    fields.put("Size", Sizes.decimal(image.at("Size").number()));
    fields.put("Tag", tag);
    fields.put("UniqueSize", unique(image));
    fields.put("VirtualSize", Sizes.precise(image.at("Size").number()));
    return new Row(fields, image.at("Labels").strings());
  }

  private String since(long created) {
    return created <= 0
        ? ""
        : Ages.human(Duration.between(Instant.ofEpochSecond(created), now)) + " ago";
  }

  private static String count(Tree number) {
    return known(number) ? number.text() : UNKNOWN;
  }

  private static String size(Tree bytes) {
    return known(bytes) ? Sizes.precise(bytes.number()) : UNKNOWN;
  }

  /// What no other image has.
  private static String unique(Tree image) {
    Tree shared = image.at("SharedSize");
    return known(shared) ? Sizes.precise(image.at("Size").number() - shared.number()) : UNKNOWN;
  }

  /// Engines count only when they are asked to, and say -1 else.
  private static boolean known(Tree number) {
    return number.value() instanceof Number it && it.longValue() >= 0;
  }
}
