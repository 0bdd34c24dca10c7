package jcompose.engine.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import jcompose.core.engine.EngineException;
import jcompose.engine.content.BlobStore;
import jcompose.engine.content.Ingest;
import jcompose.engine.oci.Descriptor;
import jcompose.engine.oci.DiffId;
import jcompose.engine.registry.RegistryClient;
import jcompose.engine.snapshot.Layer;
import jcompose.engine.snapshot.Snapshotter;

/// Brings blobs from a registry and unpacks layers while they arrive. Whoever asks for what is
/// being brought already waits for that.
final class LayerTransfer {
  /// As many as dockerd downloads at once.
  private static final int DOWNLOADS = 3;

  private static final int ATTEMPTS = 5;

  private final BlobStore blobs;
  private final Snapshotter snapshots;
  private final Semaphore downloads = new Semaphore(DOWNLOADS);
  private final ConcurrentHashMap<Object, CompletableFuture<?>> running = new ConcurrentHashMap<>();
  // Unpacking computes and calls the kernel: more threads than processors would not help.
  private final ExecutorService unpacking;

  LayerTransfer(BlobStore blobs, Snapshotter snapshots) {
    this.blobs = blobs;
    this.snapshots = snapshots;
    var number = new AtomicInteger();
    this.unpacking =
        Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            work -> {
              var thread = new Thread(work, "unpack-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /// Brings a blob that is not a layer, such as a configuration.
  byte[] small(RegistryClient registry, Descriptor blob, int limit) throws IOException {
    if (blob.size() > limit) {
      throw new IOException(
          "blob " + blob.digest() + " has " + blob.size() + " bytes where " + limit + " may be");
    }
    if (!blobs.contains(blob.digest())) {
      once(
          blob.digest(),
          () -> {
            try (var ingest = blobs.ingest(blob)) {
              download(registry, ingest, _ -> {});
            }
            return blob;
          });
    }
    return blobs.read(blob.digest());
  }

  /// Brings a layer's blob, if it is not here, and unpacks it.
  Layer layer(RegistryClient registry, Descriptor blob, DiffId diffId, TransferProgress progress)
      throws IOException {
    String part = blob.digest().shortId();
    Optional<Layer> known = snapshots.layer(diffId);
    if (known.isPresent()) {
      progress.say(part, "Already exists");
      return known.get();
    }
    progress.say(part, "Pulling fs layer");
    Layer layer =
        once(
            diffId,
            () -> {
              if (blobs.contains(blob.digest())) {
                progress.say(part, "Download complete");
                return unpack(
                        () -> blobs.open(blob.digest()),
                        diffId,
                        count -> progress.count(part, "Extracting", count, blob.size()))
                    .get();
              }
              return downloadAndUnpack(registry, blob, diffId, progress);
            });
    progress.say(part, "Pull complete");
    return layer;
  }

  private Layer downloadAndUnpack(
      RegistryClient registry, Descriptor blob, DiffId diffId, TransferProgress progress)
      throws Exception {
    String part = blob.digest().shortId();
    Future<Layer> unpacked;
    if (!downloads.tryAcquire()) {
      progress.say(part, "Waiting");
      downloads.acquire();
    }
    try (var ingest = blobs.ingest(blob)) {
      // Who watches is told of one thing at a time: unpacking shows once the download is done.
      var arrived = new AtomicBoolean();
      unpacked =
          unpack(
              ingest::follow,
              diffId,
              count -> {
                if (arrived.get()) {
                  progress.count(part, "Extracting", count, blob.size());
                }
              });
      try {
        download(
            registry, ingest, count -> progress.count(part, "Downloading", count, blob.size()));
        progress.say(part, "Verifying Checksum");
        progress.say(part, "Download complete");
        arrived.set(true);
      } catch (IOException | RuntimeException e) {
        ingest.fail(e instanceof IOException io ? io : new IOException(e));
        awaitEnd(unpacked);
        throw e;
      }
    } finally {
      downloads.release();
    }
    return unpacked.get();
  }

  private static void awaitEnd(Future<Layer> unpacked) throws InterruptedException {
    try {
      unpacked.get();
    } catch (ExecutionException | CancellationException expected) {
      // the download's failure is the reason, and is thrown
    }
  }

  private Future<Layer> unpack(Opener open, DiffId diffId, CountedStream.Listener counted) {
    return unpacking.submit(
        () -> {
          try (var in = new CountedStream(open.open(), counted)) {
            return snapshots.unpack(diffId, in);
          }
        });
  }

  private void download(RegistryClient registry, Ingest ingest, CountedStream.Listener counted)
      throws IOException {
    byte[] buffer = new byte[1 << 17];
    long size = ingest.blob().size();
    int failures = 0;
    while (ingest.offset() < size) {
      long before = ingest.offset();
      try (InputStream in = registry.blob(ingest.blob().digest(), before)) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          ingest.write(buffer, 0, count);
          counted.at(ingest.offset());
        }
        if (ingest.offset() < size) {
          throw new IOException("the connection ended early");
        }
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted() || ingest.offset() >= size) {
          throw e;
        }
        failures = ingest.offset() > before ? 1 : failures + 1;
        if (failures >= ATTEMPTS) {
          throw e;
        }
        try {
          Thread.sleep(200L << failures);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
    ingest.commit();
  }

  /// Runs equal work once: others wait for its outcome. When whoever runs it is interrupted, one
  /// that waits takes it up.
  @SuppressWarnings("unchecked") // a key's work has one kind of outcome
  private <T> T once(Object key, Callable<T> work) throws IOException {
    while (true) {
      var mine = new CompletableFuture<T>();
      var other = (CompletableFuture<T>) running.putIfAbsent(key, mine);
      if (other == null) {
        try {
          T outcome = work.call();
          mine.complete(outcome);
          return outcome;
        } catch (Exception e) {
          mine.completeExceptionally(e);
          throw translated(e);
        } finally {
          mine.cancel(false); // an Error: nobody is to wait for ever
          running.remove(key, mine);
        }
      }
      try {
        return other.get();
      } catch (CancellationException e) { // try again
      } catch (InterruptedException e) {
        throw translated(e);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof InterruptedException
            || e.getCause() instanceof java.io.InterruptedIOException)) {
          throw translated(e);
        }
      }
    }
  }

  private static IOException translated(Exception e) {
    return switch (e) {
      case ExecutionException wrapped when wrapped.getCause() instanceof Exception cause ->
          translated(cause);
      case IOException io -> io;
      case EngineException known -> throw known;
      case InterruptedException interrupted -> {
        Thread.currentThread().interrupt();
        var io = new java.io.InterruptedIOException("the pull was interrupted");
        io.initCause(interrupted);
        yield io;
      }
      default -> new IOException(String.valueOf(e.getMessage()), e);
    };
  }

  private interface Opener {
    InputStream open() throws IOException;
  }
}
