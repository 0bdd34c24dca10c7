package jcompose.cli.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Tells which files below some folders change, in batches. Folders that come later are watched
/// too; links are not followed. For one thread.
final class FileChanges implements AutoCloseable {
  private static final long QUIET_MILLIS = 300;
  private static final int LONGEST_BATCH = 10; // quiet times, when it does not get quiet

  private final WatchService service;
  private final Predicate<Path> wanted;
  private final Map<WatchKey, Path> folders = new HashMap<>();

  /// @param wanted tells of a folder whether it is worth watching
  /// @throws IOException with a hint where the kernel's limit of watches is reached
  FileChanges(Set<Path> roots, Predicate<Path> wanted) throws IOException {
    this.wanted = wanted;
    this.service = roots.iterator().next().getFileSystem().newWatchService();
    try {
      for (Path root : roots) {
        add(Files.isDirectory(root) ? root : folder(root), Files.isDirectory(root), ignored());
      }
    } catch (IOException e) {
      service.close();
      throw e;
    }
  }

  private static Path folder(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("there is no such folder: " + folder);
    }
    return folder;
  }

  private static SequencedSet<Path> ignored() {
    return new LinkedHashSet<>();
  }

  /// Waits for changes, then until it is quiet.
  ///
  /// @return files and folders that came, changed or went
  SequencedSet<Path> next() throws InterruptedException, IOException {
    var changed = new LinkedHashSet<Path>();
    try {
      while (changed.isEmpty()) {
        take(service.take(), changed);
        for (int i = 0; i < LONGEST_BATCH; i++) {
          WatchKey key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
          if (key == null) {
            break;
          }
          for (; key != null; key = service.poll()) {
            take(key, changed);
          }
        }
      }
    } catch (ClosedWatchServiceException e) {
      throw new InterruptedException("closed");
    }
    return changed;
  }

  private void take(WatchKey key, SequencedSet<Path> changed) throws IOException {
    Path folder = folders.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (folder == null) {
        continue;
      }
      if (event.kind().equals(OVERFLOW)) {
        add(folder, true, changed); // what was lost is in there somewhere
      } else if (event.context() instanceof Path name) {
        Path path = folder.resolve(name);
        changed.add(path);
        if (event.kind().equals(ENTRY_CREATE)
            && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          add(path, true, changed);
        }
      }
    }
    if (!key.reset()) {
      folders.remove(key);
    }
  }

  /// @param found gets the files that are there already: they may have come before the watch
  private void add(Path root, boolean below, SequencedSet<Path> found) throws IOException {
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (!folder.equals(root) && !(below && wanted.test(folder))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            register(folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // it went while we looked
          }
        };
    Files.walkFileTree(root, visitor);
  }

  private void register(Path folder) throws IOException {
    try {
      folders.put(folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE), folder);
    } catch (java.nio.file.NoSuchFileException e) {
      // it went while we looked
    } catch (IOException e) {
      throw new IOException(
          "cannot watch "
              + folder
              + ": "
              + e.getMessage()
              + ". Ignore folders that are not to be watched, or raise the kernel's limit:"
              + " sysctl fs.inotify.max_user_watches",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
