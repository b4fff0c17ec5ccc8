// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.part.Mark;
import dev.steward.control.live.OfferedTools.Offer;
import dev.steward.control.tool.Suspicion.Weight;
import dev.steward.control.tool.ToolStanding.Standing;
import dev.steward.domain.resource.ToolServer;
import org.jspecify.annotations.Nullable;

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

  /// @param offer null where nobody asks the server
  static Mark health(ToolServer server, @Nullable Offer offer) {
    if (!server.reachable()) {
      return new Mark(Mark.Tone.UNKNOWN, "In the agents' processes");
    }
    if (offer == null) {
      return new Mark(Mark.Tone.UNKNOWN, "Not asked");
    }
    if (!offer.trouble().isEmpty()) {
      return new Mark(Mark.Tone.CRITICAL, "Does not answer");
    }
    return offer.seenAt().isEmpty()
        ? new Mark(Mark.Tone.UNKNOWN, "Not asked yet")
        : new Mark(Mark.Tone.OK, "Answers");
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
