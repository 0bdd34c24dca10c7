package jcompose.core.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/// What a test needs of its machine. Where it is missing the test is skipped and says why, unless
/// the environment variable `JCOMPOSE_TESTS_REQUIRE`, a blank-separated list such as `root dockerd
/// registry`, names the need: then it fails, so that a CI machine cannot lose tests in silence.
public enum Needs {
  /// Also what goes with it to run a container: busybox, ip, nft.
  ROOT,
  DOCKERD,
  REGISTRY;

  private static final String REQUIRED = "JCOMPOSE_TESTS_REQUIRE";

  /// The user is root and there is a busybox to run.
  public static void root() {
    ROOT.check(isRoot(), "needs root");
    ROOT.check(
        Files.isExecutable(Path.of("/bin/busybox")),
        "needs a static /bin/busybox (package busybox-static)");
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      return false;
    }
  }

  /// @param missing what to tell when it is not met: what is needed and how to get it
  public void check(boolean met, String missing) {
    if (!met) {
      fail(missing);
    }
  }

  /// Ends the test, which cannot go on: skipped, or failed where the need is required.
  public void fail(String missing) {
    fail(missing, System.getenv().getOrDefault(REQUIRED, ""));
  }

  void fail(String missing, String required) {
    if (List.of(required.strip().split("\\s+")).contains(name().toLowerCase(Locale.ROOT))) {
      throw new AssertionFailedError(missing + " (" + REQUIRED + " says it must be there)");
    }
    throw new TestAbortedException(missing);
  }
}
