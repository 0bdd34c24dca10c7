package jcompose.engine.host.nft;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// libnftables in this process: a change takes a fraction of a millisecond where starting a program
/// takes ten.
///
/// @see <a href="https://git.netfilter.org/nftables/tree/doc/libnftables.adoc">libnftables(3)</a>
final class NativeNft implements Nft {
  private static final String LIBRARY = "libnftables.so.1";

  private final MethodHandle run;
  private final MethodHandle output;
  private final MethodHandle error;
  private final MethodHandle free;
  private final MemorySegment context;
  // A context keeps a cache of the ruleset and its buffers: one thread at a time.
  private final ReentrantLock lock = new ReentrantLock();

  private NativeNft(SymbolLookup library) throws Throwable {
    run = bind(library, "nft_run_cmd_from_buffer", JAVA_INT, ADDRESS, ADDRESS);
    output = bind(library, "nft_ctx_get_output_buffer", ADDRESS, ADDRESS);
    error = bind(library, "nft_ctx_get_error_buffer", ADDRESS, ADDRESS);
    free =
        Linker.nativeLinker()
            .downcallHandle(
                library.findOrThrow("nft_ctx_free"), FunctionDescriptor.ofVoid(ADDRESS));
    context = (MemorySegment) bind(library, "nft_ctx_new", ADDRESS, JAVA_INT).invokeExact(0);
    for (String setup : new String[] {"nft_ctx_buffer_output", "nft_ctx_buffer_error"}) {
      if ((int) bind(library, setup, JAVA_INT, ADDRESS).invokeExact(context) != 0) {
        throw new IllegalStateException(setup + " failed");
      }
    }
    // Handles in listings are what rules in other engines' chains are removed by.
    var flags = FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT);
    Linker.nativeLinker()
        .downcallHandle(library.findOrThrow("nft_ctx_output_set_flags"), flags)
        .invokeExact(context, HANDLE);
  }

  private static final int HANDLE = 1 << 3;

  static Optional<NativeNft> find() {
    try {
      return Optional.of(new NativeNft(SymbolLookup.libraryLookup(LIBRARY, Arena.global())));
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      return Optional.empty();
    }
  }

  private static MethodHandle bind(
      SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  @Override
  public String run(String commands) {
    lock.lock();
    try (var arena = Arena.ofConfined()) {
      int status = (int) run.invokeExact(context, arena.allocateFrom(commands));
      String printed = text((MemorySegment) output.invokeExact(context));
      String complaint = text((MemorySegment) error.invokeExact(context));
      if (status != 0) {
        throw new NftException(complaint.strip());
      }
      return printed;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new NftException("libnftables failed", e);
    } finally {
      lock.unlock();
    }
  }

  private static String text(MemorySegment pointer) {
    return pointer.address() == 0 ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      free.invokeExact(context);
    } catch (Throwable e) {
      throw new NftException("libnftables failed", e);
    } finally {
      lock.unlock();
    }
  }
}
