package jcompose.core.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class NeedsTest {
  @Test
  void a_missing_need_skips_and_fails_where_it_is_required() {
    assertThatThrownBy(() -> Needs.DOCKERD.fail("no dockerd", "root registry"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessage("no dockerd");
    assertThatThrownBy(() -> Needs.DOCKERD.fail("no dockerd", " root  dockerd "))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageStartingWith("no dockerd");
  }
}
