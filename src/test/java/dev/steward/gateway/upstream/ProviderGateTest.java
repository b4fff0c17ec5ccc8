// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.gateway.upstream.ProviderGate.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderGateTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final int CALLS_LEAST = 10;
  private static final int TRIALS = 3;

  @Test
  void staysOpenAsLongAsItWasTold() {
    ProviderGate gate = opened(LONG);

    assertThat(gate.circuit()).isEqualTo(Circuit.OPEN);
    assertThat(gate.enter()).isEqualTo(Entry.OPEN);
  }

  @Test
  void isShownHalfOpenBeforeAnyCallHasTriedAgain() {
    ProviderGate gate = opened(SHORT);

    await(gate, Circuit.HALF_OPEN);

    assertThat(gate.inFlight()).isZero();
  }

  @Test
  void letsAsManyTryAgainAsItSaysAndClosesWhenTheySucceed() {
    ProviderGate gate = opened(SHORT);
    await(gate, Circuit.HALF_OPEN);

    for (int i = 0; i < TRIALS; i++) {
      assertThat(gate.enter()).isEqualTo(Entry.FREE);
      assertThat(gate.circuit()).isEqualTo(Circuit.HALF_OPEN);
    }
    assertThat(gate.enter()).isEqualTo(Entry.OPEN);
    for (int i = 0; i < TRIALS; i++) {
      gate.answered(1);
      gate.leave();
    }

    assertThat(gate.circuit()).isEqualTo(Circuit.CLOSED);
  }

  @Test
  void opensAnewWhenTheTrialsFail() {
    ProviderGate gate = opened(SHORT);
    await(gate, Circuit.HALF_OPEN);

    for (int i = 0; i < TRIALS; i++) {
      assertThat(gate.enter()).isEqualTo(Entry.FREE);
    }
    for (int i = 0; i < TRIALS; i++) {
      gate.failed(1, new IOException("still broken"));
      gate.leave();
    }

    assertThat(gate.circuit()).isNotEqualTo(Circuit.CLOSED);
    await(gate, Circuit.HALF_OPEN);
  }

  private static ProviderGate opened(Duration open) {
    ProviderGate gate = new ProviderGate(provider(), open);
    for (int i = 0; i < CALLS_LEAST; i++) {
      assertThat(gate.circuit()).isEqualTo(Circuit.CLOSED);
      assertThat(gate.enter()).isEqualTo(Entry.FREE);
      gate.failed(1, new IOException("broken"));
      gate.leave();
    }
    return gate;
  }

  private static void await(ProviderGate gate, Circuit wanted) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (gate.circuit() != wanted) {
      assertThat(System.nanoTime()).as("until it is " + wanted).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static ModelProvider provider() {
    return new ModelProvider(
        new Metadata("openai", Map.of()),
        "openai",
        "http://127.0.0.1:1/v1",
        "",
        List.of(),
        ModelProvider.Reach.USUAL);
  }
}
