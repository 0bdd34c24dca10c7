package jcompose.engine.docker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jcompose.core.resource.MountSpec;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Secrets and configs that are no files of the host, as a tar for a container's root.
final class ContentTar {
  private ContentTar() {}

  static InputStream of(List<MountSpec.Content> contents) {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (MountSpec.Content each : contents) {
        byte[] content = each.content().getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(each.target().substring(1));
        entry.setSize(content.length);
        entry.setMode(each.mode());
        entry.setIds(each.uid(), each.gid());
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a tar in memory", e);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
