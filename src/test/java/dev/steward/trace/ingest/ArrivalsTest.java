// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.trace.JournalRecord;
import dev.steward.trace.Sender;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final Instant START = Instant.parse("2026-11-21T03:00:30Z");
  private static final Sender REFUNDS = new Sender("refunds", "production", null, null, null, null);
  private final Arrivals arrivals = new Arrivals(START);

  @Test
  void spansAreCountedByMinuteFromTheStartOn() {
    arrive(Sender.UNKNOWN, 4, START.plusSeconds(5));
    arrive(Sender.UNKNOWN, 3, START.plusSeconds(29));
    arrive(Sender.UNKNOWN, 2, START.plusSeconds(95));

    assertThat(arrivals.report(START.plusSeconds(95)).minutes())
        .containsExactly(
            new Arrivals.Minute(Instant.parse("2026-11-21T03:00:00Z"), 7),
            new Arrivals.Minute(Instant.parse("2026-11-21T03:01:00Z"), 0),
            new Arrivals.Minute(Instant.parse("2026-11-21T03:02:00Z"), 2));
  }

  @Test
  void anHourLaterTheMinuteIsForgotten() {
    arrive(Sender.UNKNOWN, 4, START);
    arrive(Sender.UNKNOWN, 1, START.plusSeconds(3600));

    assertThat(arrivals.report(START.plusSeconds(3600)).minutes())
        .hasSize(Arrivals.MINUTES)
        .last()
        .satisfies(minute -> assertThat(minute.spans()).isEqualTo(1));
    assertThat(
            arrivals.report(START.plusSeconds(3600)).minutes().stream()
                .mapToLong(Arrivals.Minute::spans)
                .sum())
        .isEqualTo(1);
  }

  @Test
  void sendersAreToldApartByTheirKeysAndTheLatestIsFirst() {
    arrive(REFUNDS, 4, START);
    arrive(Sender.UNKNOWN, 1, START.plusSeconds(1));
    arrive(REFUNDS, 2, START.plusSeconds(2));

    assertThat(arrivals.report(START.plusSeconds(3)).senders())
        .containsExactly(
            new Arrivals.Heard("refunds", "production", START.plusSeconds(2), 2, 6),
            new Arrivals.Heard(null, null, START.plusSeconds(1), 1, 1));
  }

  @Test
  void sendersAreBounded() {
    for (int i = 0; i < 600; i++) {
      arrive(
          new Sender("agent-" + i, "production", null, null, null, null), 1, START.plusSeconds(i));
    }
    assertThat(arrivals.report(START.plusSeconds(600)).senders())
        .hasSize(500)
        .first()
        .satisfies(heard -> assertThat(heard.agent()).isEqualTo("agent-599"));
  }

  private void arrive(Sender sender, int spans, Instant at) {
    arrivals.add(
        new JournalRecord(JournalRecord.Signal.TRACES, spans, at, sender, new byte[0]), at);
  }
}
