// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// How long a command waits for a release, and what its exit code says of it.
public final class ReleaseWait {
  private static final Duration POLL_EVERY = Duration.ofSeconds(1);
  private static final Set<String> WAITING =
      Set.of("waiting-for-gates", "waiting-for-approvals", "rolling-out");

  @Option(
      names = "--wait",
      description =
          "returns once it is promoted or stands by, or a gate failed, or it is over or held")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "3600",
      description = "the longest to wait, ${DEFAULT-VALUE} if not said")
  private long timeoutSeconds = 3600;

  /// The release as it stands when there is nothing to wait for any more.
  JsonNode until(JsonNode first, Supplier<JsonNode> next) {
    JsonNode release = first;
    Instant end = Instant.now().plusSeconds(timeoutSeconds);
    while (wait && waits(release) && !failed(release) && Instant.now().isBefore(end)) {
      try {
        Thread.sleep(POLL_EVERY);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure(ExitCode.UNREACHABLE, "interrupted");
      }
      release = next.get();
    }
    return release;
  }

  int code(JsonNode release) {
    boolean promoted = release.path("state").asString().equals("promoted") || standsBy(release);
    boolean waitsOn = !wait && waits(release) && !failed(release);
    return promoted || waitsOn ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private static boolean waits(JsonNode release) {
    return WAITING.contains(release.path("state").asString()) && !standsBy(release);
  }

  /// Whether a person can switch to it, which nothing else does.
  private static boolean standsBy(JsonNode release) {
    return release.path("blueGreen").isObject()
        && release.path("state").asString().equals("rolling-out")
        && release.path("missing").isEmpty();
  }

  private static boolean failed(JsonNode release) {
    for (JsonNode gate : release.path("gates")) {
      if (gate.path("verdict").asString().equals("fail")) {
        return true;
      }
    }
    return false;
  }
}
