// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.demo.Fleet;
import dev.steward.domain.Percent;
import dev.steward.server.client.ServerConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the server made of the demo, in a few lines.
final class DemoSummary {
  private static final String STOPPED = "stopped: ";
  private static final Duration LOADED_WITHIN = Duration.ofSeconds(40);
  private static final Duration LOOKED_EVERY = Duration.ofMillis(100);

  private final ServerConnection connection;

  DemoSummary(ServerConnection connection) {
    this.connection = connection;
  }

  /// Waits until what was told is loaded, but not for long.
  void awaitLoaded() throws InterruptedException {
    Instant last = Instant.now().plus(LOADED_WITHIN);
    while (Instant.now().isBefore(last)
        && connection.get("/api/v1/ingest").path("waiting").asLong() > 0) {
      Thread.sleep(LOOKED_EVERY);
    }
  }

  List<String> lines(Fleet fleet) {
    List<String> lines = new ArrayList<>();
    lines.add(ingest());
    lines.add(gateway(fleet));
    lines.add(stops());
    for (JsonNode release : connection.get("/api/v1/releases").path("items")) {
      if (release.path("strategy").asString().equals("canary")) {
        lines.add(canary(release));
      }
    }
    for (JsonNode row : connection.get("/api/v1/cost?by=agent").path("items")) {
      lines.add(
          "%-14s %5s runs, %s USD%s"
              .formatted(
                  row.path("group").path("agent").asString(),
                  row.path("runs").asString(),
                  row.path("cost").path("amount").asString("unknown"),
                  row.path("cost").path("known").asBoolean() ? "" : " (some of it unknown)"));
    }
    return lines;
  }

  private String ingest() {
    JsonNode counts = connection.get("/api/v1/ingest");
    return "accepted %s spans: %s loaded, %s waiting, %s dead letters, %s duplicates"
        .formatted(
            counts.path("accepted").asString(),
            counts.path("loaded").asString(),
            counts.path("waiting").asString(),
            counts.path("deadLetters").asString(),
            counts.path("duplicates").asString());
  }

  private String gateway(Fleet fleet) {
    long errors = 0;
    long fallbacks = 0;
    for (JsonNode provider : connection.get("/api/v1/providers").path("items")) {
      errors += provider.path("errors").asLong();
      fallbacks += provider.path("fallbacksTaken").asLong();
    }
    return "the model gateway took %d calls and refused %d; providers failed %d times, another one answered %d times"
        .formatted(fleet.modelCalls(), fleet.callsRefused(), errors, fallbacks);
  }

  private static String canary(JsonNode release) {
    JsonNode said = release.path("canary").path("judgements");
    JsonNode last = said.path(said.size() - 1);
    return "the canary of %s is %s: %s"
        .formatted(
            release.path("agent").asString(),
            release.path("state").asString().replace('-', ' '),
            last.path("why").asString("not judged yet"));
  }

  private String stops() {
    List<String> words = new ArrayList<>();
    for (String why : List.of("loop", "budget", "killed")) {
      String asked = Percent.encoded(STOPPED + why);
      int runs = connection.get("/api/v1/runs?limit=500&outcome=" + asked).path("items").size();
      if (runs > 0) {
        words.add(why + " " + runs);
      }
    }
    return words.isEmpty()
        ? "no run was stopped yet"
        : "runs stopped by it: " + String.join(", ", words);
  }
}
