// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import static dev.steward.insight.finding.FakeTraces.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.insight.finding.FakeTraces;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Findings;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.means.Condition.Disk;
import dev.steward.insight.means.Condition.Log;
import dev.steward.insight.means.Condition.Past;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerTroubleTest {
  private static final Log SIGNED = new Log(10, 10, NOW, 1);
  private static final Disk ROOMY = new Disk(80_000_000_000L, 100_000_000_000L);
  private static final Past THERE = new Past("attached", "");

  @Test
  void aServerThatIsWellHasNoFinding() {
    assertThat(look(condition(0, Duration.ZERO, null, THERE, SIGNED, ROOMY))).isEmpty();
  }

  @Test
  void deadLettersAndAStoreThatTakesNothingAreCritical() {
    List<Finding> found =
        look(condition(7, Duration.ofMinutes(2), "the disk is full.", THERE, SIGNED, ROOMY));
    assertThat(found)
        .extracting(Finding::id)
        .containsExactly("server/store", "server/dead-letters");
    assertThat(found).allMatch(f -> f.severity() == Severity.CRITICAL);
    assertThat(found.getFirst().since()).isEqualTo(NOW.minus(Duration.ofMinutes(2)));
    assertThat(found.getLast().title()).isEqualTo("7 spans could not be loaded");
  }

  @Test
  void ingestIsBehindFromHalfAMinuteOn() {
    assertThat(look(condition(0, Duration.ofSeconds(29), null, THERE, SIGNED, ROOMY))).isEmpty();
    assertThat(look(condition(0, Duration.ofSeconds(31), null, THERE, SIGNED, ROOMY)))
        .extracting(Finding::title)
        .containsExactly("Ingest is 31 s behind");
  }

  @Test
  void aLedgerThatIsNotSignedForAMinuteIsCritical() {
    Instant last = NOW.minusSeconds(61);
    assertThat(look(condition(0, Duration.ZERO, null, THERE, new Log(12, 10, last, 1), ROOMY)))
        .extracting(Finding::title)
        .containsExactly("The ledger is not signed any more");
    assertThat(
            look(
                condition(
                    0, Duration.ZERO, null, THERE, new Log(12, 10, NOW.minusSeconds(1), 1), ROOMY)))
        .isEmpty();
  }

  @Test
  void historyThatFailedAndALowDiskAreFound() {
    Disk low = new Disk(1_000_000_000L, 100_000_000_000L);
    assertThat(
            look(
                condition(
                    0, Duration.ZERO, null, new Past("failed", "it is broken."), SIGNED, low)))
        .extracting(Finding::title)
        .containsExactly("History cannot be opened", "The disk has 1.00 GB left");
  }

  @Test
  void theWorstIsToldFirstAndOfThoseTheOldest() {
    Condition bad =
        condition(3, Duration.ofMinutes(2), null, THERE, new Log(10, 10, NOW, 0), ROOMY);
    Findings findings =
        new Findings(
            new FakeTraces(), List.of(new ServerTrouble(() -> bad)), InstantSource.fixed(NOW));
    assertThat(findings.look().findings())
        .extracting(Finding::severity)
        .containsExactly(Severity.CRITICAL, Severity.WARNING, Severity.NOTE);
  }

  private static List<Finding> look(Condition condition) {
    return new ServerTrouble(() -> condition)
        .look(new Lately(NOW, new FakeTraces(), List.of(), List.of()));
  }

  private static Condition condition(
      long letters, Duration lag, @Nullable String trouble, Past past, Log log, Disk disk) {
    return new Condition(letters, null, lag, 4, 0, trouble, past, log, disk);
  }
}
