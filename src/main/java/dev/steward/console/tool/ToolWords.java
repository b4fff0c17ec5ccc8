// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.live.HealthFacts;
import dev.steward.console.part.Mark;
import dev.steward.control.live.OfferedTools.Offer;
import dev.steward.control.live.ToolServerHealth.Health;
import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.control.tool.Suspicion.Weight;
import dev.steward.control.tool.ToolStanding.Standing;
import dev.steward.domain.resource.ToolServer;

/// How tool servers and their tools stand, in words.
final class ToolWords {
  private ToolWords() {}

  static Mark standing(Standing standing) {
    return switch (standing) {
      case ACCEPTED -> new Mark(Mark.Tone.OK, "Accepted");
      case CHANGED -> new Mark(Mark.Tone.CRITICAL, "Changed, hidden");
      case NEW -> new Mark(Mark.Tone.WAITING, "New, hidden");
      case GONE -> new Mark(Mark.Tone.UNKNOWN, "Not offered");
      case UNREADABLE -> new Mark(Mark.Tone.WARNING, "Unreadable, hidden");
    };
  }

  /// Why no agent sees a tool, "" where agents may.
  static String hidden(Standing standing) {
    return switch (standing) {
      case ACCEPTED -> "";
      case CHANGED -> "hidden: changed";
      case NEW -> "hidden: new";
      case GONE -> "not offered now";
      case UNREADABLE -> "hidden: unreadable";
    };
  }

  /// How a server answers: what its calls say stands before what its list of tools says.
  static Mark health(SeenServer seen) {
    if (!seen.server().reachable()) {
      return new Mark(Mark.Tone.UNKNOWN, "In the agents' processes");
    }
    Health health = seen.health();
    if (health != null && health.circuit() != Circuit.CLOSED) {
      return health.circuit() == Circuit.OPEN
          ? new Mark(Mark.Tone.CRITICAL, "Circuit open")
          : new Mark(Mark.Tone.WAITING, "Circuit half open");
    }
    Offer offer = seen.offer();
    if (offer == null) {
      return new Mark(Mark.Tone.UNKNOWN, "Not asked");
    }
    if (!offer.trouble().isEmpty()) {
      return new Mark(Mark.Tone.CRITICAL, "Does not answer");
    }
    if (health != null && health.inFlight() >= health.limit()) {
      return new Mark(Mark.Tone.WARNING, "Full");
    }
    if (health != null && health.errors() > 0) {
      return new Mark(Mark.Tone.WARNING, "Some calls fail");
    }
    return offer.seenAt().isEmpty()
        ? new Mark(Mark.Tone.UNKNOWN, "Not asked yet")
        : new Mark(Mark.Tone.OK, "Answers");
  }

  /// The calls of the last hour in words, "" where nobody calls it.
  static String lately(SeenServer seen) {
    Health health = seen.health();
    return health == null ? "" : HealthFacts.lately(health);
  }

  /// What it does now and why, "" where there is nothing to say.
  static String now(SeenServer seen) {
    Health health = seen.health();
    if (health == null) {
      return "";
    }
    String probe =
        health
            .probeIn()
            .map(left -> "tried again in " + Math.max(1, left.toSeconds()) + " s")
            .orElse("");
    return health.inFlight() == 0
        ? probe
        : health.inFlight() + " of " + health.limit() + " in flight";
  }

  static String kind(ToolServer server) {
    if (!server.reachable()) {
      return "local";
    }
    return switch (server.type()) {
      case MCP -> server.url().isEmpty() ? "MCP, stdio" : "MCP";
      case OPENAPI -> "OpenAPI";
    };
  }

  static String where(ToolServer server) {
    return server.url().isEmpty() ? String.join(" ", server.command()) : server.url();
  }

  static Mark weight(Weight weight) {
    return switch (weight) {
      case GRAVE -> new Mark(Mark.Tone.CRITICAL, "Grave");
      case NOTE -> new Mark(Mark.Tone.UNKNOWN, "Note");
    };
  }
}
