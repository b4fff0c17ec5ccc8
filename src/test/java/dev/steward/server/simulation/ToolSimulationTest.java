// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.wire.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// NoCallWithoutRecord, NoForwardAfterDeny, NoSideEffectBeforeIntent, BudgetNeverExceeded,
/// KilledStaysKilled, ApprovalUsedOnce and ApprovalBindsArguments over seeds, and at each restart
/// LedgerOnlyGrows and StateEqualsReplay. The system property `steward.seed` runs one seed alone.
class ToolSimulationTest {
  private static final int SEEDS = 60;

  @TempDir private Path folder;

  @Test
  void allInvariantsHoldWhereverItDies(TestReporter reporter) throws IOException {
    Long alone = Long.getLong("steward.seed");
    Tally tally = new Tally();
    if (alone != null) {
      run(alone, tally);
      return;
    }
    for (long seed = 1; seed <= SEEDS; seed++) {
      run(seed, tally);
    }
    reporter.publishEntry("simulation", tally.toString());
    assertThat(tally.paid).isGreaterThan(SEEDS);
    assertThat(tally.approvalsUsed).isPositive();
    assertThat(tally.tooLate).isPositive();
    assertThat(tally.deaths).isPositive();
    assertThat(tally.restarts).isGreaterThan(SEEDS);
    assertThat(tally.unknown).isPositive().isLessThan(tally.deaths);
    assertThat(tally.refused)
        .containsKeys(
            Refusal.Kind.DENIED, Refusal.Kind.BUDGET, Refusal.Kind.KILLED, Refusal.Kind.UNRECORDED);
  }

  private void run(long seed, Tally tally) throws IOException {
    Path own = Files.createDirectories(folder.resolve("seed-" + seed));
    try (ToolSimulation simulation = new ToolSimulation(seed, own, tally)) {
      simulation.run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed " + seed + " (-Dsteward.seed=" + seed + "): " + e.getMessage(), e);
    }
  }
}
