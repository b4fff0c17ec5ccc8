// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.witness;

import dev.steward.domain.Uninterrupted;
import dev.steward.ledger.Ledger;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;

/// The witnesses of one ledger, each asked by a thread of its own. Close them before the ledger.
public final class Witnesses implements AutoCloseable {
  private final HttpClient http;
  private final List<WitnessTask> tasks = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private Witnesses(HttpClient http) {
    this.http = http;
  }

  /// Starts asking; the ledger must have been opened with the witnesses among its known keys.
  public static Witnesses start(Ledger ledger, List<WitnessConfig> configs) {
    HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    Witnesses witnesses = new Witnesses(http);
    for (WitnessConfig config : configs) {
      WitnessTask task = new WitnessTask(ledger, config, http);
      witnesses.tasks.add(task);
      witnesses.threads.add(Thread.ofVirtual().name("witness " + config.name()).start(task));
    }
    return witnesses;
  }

  public List<WitnessStatus> status() {
    return tasks.stream().map(WitnessTask::status).toList();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try (Uninterrupted stretch = new Uninterrupted()) {
      threads.forEach(stretch::join);
      http.shutdownNow();
    }
  }
}
