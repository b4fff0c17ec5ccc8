// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drill;

import dev.steward.control.drill.Drill;
import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.gateway.upstream.ProviderGates;
import dev.steward.server.drill.DrillClient.Told;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Lets a provider fail until its circuit opens, and mends it until the circuit closes.
final class CircuitDrill {
  private static final int FAILURES_MAX = 100;
  private static final int PROBES_MAX = 20;
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration OPEN_MAX = Duration.ofSeconds(30);

  private final DrillProvider provider;
  private final DrillClient client;
  private final ProviderGates gates;
  private final Map<String, Long> figures = new TreeMap<>();

  CircuitDrill(DrillProvider provider, DrillClient client, ProviderGates gates) {
    this.provider = provider;
    this.client = client;
    this.gates = gates;
  }

  Held hold() throws InterruptedException, IOException {
    String fault = open();
    return new Held(Drill.CIRCUIT_BREAKER, figures, fault.isEmpty() ? close() : fault);
  }

  private String open() throws InterruptedException, IOException {
    provider.from(DrillProvider.Mode.FAIL);
    long begun = System.nanoTime();
    for (int failures = 0; failures <= FAILURES_MAX; failures++) {
      long before = provider.asked();
      Told told = client.ask(DrillAgent.CIRCUIT);
      if (refused(told)) {
        figures.put("failures", (long) failures);
        figures.put("firstFailureToRefusalMicros", KillDrill.micros(begun, System.nanoTime()));
        return provider.asked() == before
            ? ""
            : "the provider was asked though its circuit was open";
      }
      if (told.status() != 500) {
        return "a failing provider's call was answered " + told.status();
      }
    }
    return "the circuit did not open after " + FAILURES_MAX + " failures";
  }

  private String close() throws InterruptedException, IOException {
    provider.from(DrillProvider.Mode.ANSWER);
    long opened = System.nanoTime();
    long refusals = 0;
    while (refused(client.ask(DrillAgent.CIRCUIT))) {
      refusals++;
      if (System.nanoTime() - opened > OPEN_MAX.toNanos()) {
        return "no call was let through to try within " + OPEN_MAX.toSeconds() + " s";
      }
      Thread.sleep(PAUSE);
    }
    figures.put("refusals", refusals + 1);
    figures.put("refusalToProbeMicros", KillDrill.micros(opened, System.nanoTime()));
    long probes = 1;
    while (!closed()) {
      if (probes == PROBES_MAX || client.ask(DrillAgent.CIRCUIT).status() != 200) {
        return "the circuit did not close after " + probes + " calls that succeeded";
      }
      probes++;
    }
    figures.put("probes", probes);
    figures.put("mendedToClosedMicros", KillDrill.micros(opened, System.nanoTime()));
    return "";
  }

  private boolean closed() {
    return gates
        .of(DrillAgent.CIRCUIT)
        .filter(gate -> gate.circuit() == Circuit.CLOSED)
        .isPresent();
  }

  private static boolean refused(Told told) {
    return told.status() == 503 && told.body().contains("circuit_open");
  }
}
