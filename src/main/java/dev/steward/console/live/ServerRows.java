// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Took;
import dev.steward.console.part.Mark;
import dev.steward.control.live.ToolServerHealth.Health;
import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.control.live.UpstreamHealth.Failure;
import java.time.Duration;
import java.util.Optional;

/// Makes the rows of tool servers and of endpoints of agents.
record ServerRows(Moments moments) {
  ServerRow row(Answering server) {
    Health health = server.health();
    Optional<Failure> last = health.lastError();
    return new ServerRow(
        server.anchor(),
        health.name(),
        server.href(),
        server.kind(),
        mark(health),
        health.probeIn().map(left -> "tried again in " + seconds(left)).orElse(""),
        Figures.count(health.inFlight()),
        Figures.count(health.limit()),
        Figures.count(health.calls()),
        health.errors() == 0 ? "" : Figures.count(health.errors()) + " failed",
        took(health.firstByte().p50()),
        took(health.firstByte().p95()),
        took(health.whole().p50()),
        took(health.whole().p95()),
        Figures.count(health.turnedAway()),
        last.isEmpty() ? "" : last.get().message(),
        last.isEmpty() ? null : moments.of(last.get().at()));
  }

  /// A server whose limit is full answers, but turns others away.
  private static Mark mark(Health health) {
    if (health.circuit() == Circuit.CLOSED && health.inFlight() >= health.limit()) {
      return new Mark(Mark.Tone.WARNING, "Full");
    }
    return switch (health.circuit()) {
      case OPEN -> new Mark(Mark.Tone.CRITICAL, "Circuit open");
      case HALF_OPEN -> new Mark(Mark.Tone.WAITING, "Circuit half open");
      case CLOSED ->
          health.calls() == 0
              ? new Mark(Mark.Tone.UNKNOWN, "Not called")
              : health.errors() == 0
                  ? new Mark(Mark.Tone.OK, "Answers")
                  : health.errors() < health.calls()
                      ? new Mark(Mark.Tone.WARNING, "Some fail")
                      : new Mark(Mark.Tone.CRITICAL, "All fail");
    };
  }

  private static String seconds(Duration left) {
    return Math.max(1, left.toSeconds()) + " s";
  }

  private static String took(Optional<Duration> took) {
    return took.isEmpty() ? "" : Took.of(took.get());
  }
}
