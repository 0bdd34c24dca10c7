package jcompose.engine.host.nft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/// The program `nft`, for hosts without libnftables.
final class ProgramNft implements Nft {
  @Override
  public String run(String commands) {
    Process process;
    try {
      process = new ProcessBuilder("nft", "-a", "-f", "-").start();
    } catch (IOException e) {
      throw new NftException(
          "neither libnftables.so.1 nor the program nft is there: install the package nftables", e);
    }
    try {
      var errors =
          CompletableFuture.supplyAsync(
              () -> read(process.getErrorStream()), Thread::startVirtualThread);
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(commands);
      }
      String output = read(process.getInputStream());
      if (process.waitFor() != 0) {
        throw new NftException(errors.join().strip());
      }
      return output;
    } catch (IOException e) {
      throw new NftException("nft: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
      throw new NftException("interrupted while nft ran", e);
    }
  }

  private static String read(java.io.InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.getMessage() == null ? e.toString() : e.getMessage();
    }
  }

  @Override
  public void close() {}
}
