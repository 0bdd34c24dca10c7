package jcompose.engine.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import jcompose.core.engine.EngineException;
import jcompose.core.resource.ResourceLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitChecksTest {
  private static final long MEGABYTE = 1 << 20;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1  | 0  | 0  | Minimum memory limit allowed is 6MB
          64 | 32 | 0  | Minimum memoryswap limit should be larger than memory limit, see usage
          0  | 32 | 0  | You should always set the Memory limit when using Memoryswap limit, see usage
          64 | 0  | 65 | Minimum memory limit can not be less than memory reservation limit, see usage
          """)
  void memory_limits_that_contradict_are_refused(
      long memory, long swap, long reservation, String message) {
    assertThatThrownBy(() -> LimitChecks.check(limits(memory, reservation, swap, "")))
        .isInstanceOf(EngineException.Invalid.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"'0',''", "'0-0',''", "'8000','Requested CPUs'", "'1-','Invalid value 1-'"})
  void processors_must_exist(String cpus, String message) {
    ResourceLimits limits = limits(0, 0, 0, cpus);
    if (message.isEmpty()) {
      assertThatCode(() -> LimitChecks.check(limits)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> LimitChecks.check(limits)).hasMessageStartingWith(message);
    }
  }

  private static ResourceLimits limits(long memory, long reservation, long swap, String cpus) {
    return new ResourceLimits(
        megabytes(memory),
        megabytes(reservation),
        megabytes(swap),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(cpus).filter(it -> !it.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static Optional<Long> megabytes(long count) {
    return count == 0 ? Optional.empty() : Optional.of(count * MEGABYTE);
  }
}
