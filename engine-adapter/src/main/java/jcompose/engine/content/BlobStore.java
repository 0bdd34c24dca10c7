package jcompose.engine.content;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.oci.Digest;

/// Blobs on disk by digest. A blob that is here is whole and was verified. Safe for many threads.
public final class BlobStore {
  private final DataRoot root;

  public BlobStore(DataRoot root) {
    this.root = root;
    DataRoot.make(root.blobs().resolve("sha256"));
    DataRoot.make(root.blobs().resolve("sha512"));
    DataRoot.make(root.ingest());
  }

  public boolean contains(Digest digest) {
    return Files.exists(root.blob(digest));
  }

  /// Bytes of a blob; empty when it is not here.
  public OptionalLong size(Digest digest) {
    try {
      return OptionalLong.of(Files.size(root.blob(digest)));
    } catch (IOException notHere) {
      return OptionalLong.empty();
    }
  }

  /// @throws FileNotFoundException when it is not here
  public InputStream open(Digest digest) throws IOException {
    try {
      return new WholeFile(FileChannel.open(root.blob(digest), StandardOpenOption.READ));
    } catch (NoSuchFileException e) {
      throw (FileNotFoundException)
          new FileNotFoundException("no blob " + digest + " in " + root.blobs()).initCause(e);
    }
  }

  /// All of a small blob.
  ///
  /// @throws FileNotFoundException when it is not here
  public byte[] read(Digest digest) throws IOException {
    try {
      return Files.readAllBytes(root.blob(digest));
    } catch (NoSuchFileException e) {
      throw (FileNotFoundException)
          new FileNotFoundException("no blob " + digest + " in " + root.blobs()).initCause(e);
    }
  }

  /// Keeps these bytes. Kept twice, they are one blob.
  public Digest put(byte[] bytes) throws IOException {
    Digest digest = Digest.ofBytes(bytes);
    if (!contains(digest)) {
      AtomicFile.write(root.blob(digest), bytes);
    }
    return digest;
  }

  /// Begins or goes on with the arrival of a blob. One at a time of each digest: callers share it.
  public Ingest ingest(Descriptor blob) throws IOException {
    return new Ingest(blob, root.ingest(blob.digest()), root.blob(blob.digest()));
  }

  /// Keeps a blob whose digest is not known before, such as one that is being made.
  ///
  /// @param write writes its bytes
  /// @return its digest and size, with the media type given
  public Descriptor put(String mediaType, Producer write) throws IOException {
    Path beside = Files.createTempFile(root.ingest(), "made-", "");
    try {
      var sum = Digest.sha256();
      try (var file = Files.newOutputStream(beside);
          var out = new java.security.DigestOutputStream(file, sum)) {
        write.to(out);
      }
      Digest digest = Digest.ofSum(sum.digest());
      long size = Files.size(beside);
      try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(beside, root.blob(digest), StandardCopyOption.ATOMIC_MOVE);
      return new Descriptor(mediaType, digest, size);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /// Writes a blob's bytes.
  @FunctionalInterface
  public interface Producer {
    void to(java.io.OutputStream out) throws IOException;
  }

  /// Takes a blob away. One that is not here is no error.
  public void remove(Digest digest) throws IOException {
    Files.deleteIfExists(root.blob(digest));
  }

  public List<Digest> list() throws IOException {
    var digests = new ArrayList<Digest>();
    for (String algorithm : List.of("sha256", "sha512")) {
      try (Stream<Path> files = Files.list(root.blobs().resolve(algorithm))) {
        files
            .map(it -> algorithm + ":" + it.getFileName())
            .filter(Digest::isDigest)
            .forEach(it -> digests.add(Digest.parse(it)));
      }
    }
    return digests;
  }

  /// A file's stream that says so while more is there, which gzip's reader needs to know.
  private static final class WholeFile extends InputStream {
    private final FileChannel channel;
    private final InputStream in;

    WholeFile(FileChannel channel) {
      this.channel = channel;
      this.in = Channels.newInputStream(channel);
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, length);
    }

    @Override
    public long skip(long count) throws IOException {
      return in.skip(count);
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(Integer.MAX_VALUE, channel.size() - channel.position());
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
