// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.trace.JournalRecord.Signal;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class JournalRecordPropertyTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-21T08:00:00.123456789Z");

  @Property
  void theStoredFormGivesTheRecordBack(
      @ForAll Signal signal,
      @ForAll @IntRange(min = 0) int spans,
      @ForAll String agent,
      @ForAll boolean known,
      @ForAll byte[] payload) {
    JournalRecord record =
        new JournalRecord(
            signal, signal == Signal.TRACES ? spans : 0, RECEIVED, sender(agent, known), payload);
    assertThat(JournalRecord.of(record.bytes())).usingRecursiveComparison().isEqualTo(record);
  }

  @Property
  void aRecordCutInItsHeadIsRefused(@ForAll @IntRange(min = 0, max = 40) int length) {
    byte[] bytes =
        new JournalRecord(Signal.TRACES, 1, RECEIVED, sender("refunds", true), new byte[10])
            .bytes();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JournalRecord.of(Arrays.copyOf(bytes, length)));
  }

  @Property
  void anyBytesAreARecordOrRefused(@ForAll byte[] bytes, @ForAll boolean rightForm) {
    if (rightForm && bytes.length > 1) {
      bytes[0] = 1;
      bytes[1] = 0;
    }
    try {
      assertThat(JournalRecord.of(bytes).spans()).isNotNegative();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("record");
    }
  }

  private static Sender sender(@Nullable String agent, boolean known) {
    return known ? new Sender(agent, "", null, agent, null, "task") : Sender.UNKNOWN;
  }
}
