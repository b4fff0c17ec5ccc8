// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import dev.steward.server.api.Asked;
import dev.steward.server.http.Route;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQuery.Sort;
import dev.steward.trace.run.RunStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The filters of the list of runs: their documentation and their reading.
final class RunFilter {

  Route.Writing documented(Route.Writing route) {
    return route
        .query("agent", "string", "Name of the agent.")
        .query("label", "string", "`key=value` of the agent; may be repeated, all must hold.")
        .query("version", "string", "Digest of the version, or its first characters.")
        .query("environment", "string", "Environment.")
        .query("workflow", "string", "Workflow.")
        .query("task", "string", "Task.")
        .query("conversation", "string", "Conversation.")
        .query("status", "string", "started, working, waiting, finished, failed or abandoned.")
        .query("outcome", "string", "Label of the outcome.")
        .query("model", "string", "A model that was asked.")
        .query("tool", "string", "A tool that was called.")
        .query("source", "string", "A data source that was read.")
        .query("team", "string", "Label `team` of the agent.")
        .query("minCost", "number", "Known cost of at least so much.")
        .query("maxCost", "number", "Known cost of at most so much.")
        .query("costKnown", "boolean", "Whether the cost is known.")
        .query("minSeconds", "number", "Took at least so long.")
        .query("maxSeconds", "number", "Took at most so long.")
        .query("errors", "boolean", "Whether there were errors.")
        .query("text", "string", "Words in what was said; needs the permission to read content.")
        .query("from", "date-time", "Started at this time or later.")
        .query("to", "date-time", "Started before this time.")
        .query("sort", "string", "started, duration, cost, steps or errors.")
        .query("order", "string", "desc (the usual) or asc.")
        .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
        .query("cursor", "string", "`next` of the page before.");
  }

  /// @param agents the agents whose runs are wanted, null for all
  RunQuery query(Asked asked, @Nullable Set<String> agents) {
    return new RunQuery(
        agents,
        text(asked, "version"),
        text(asked, "environment"),
        text(asked, "workflow"),
        text(asked, "task"),
        text(asked, "conversation"),
        asked.oneOf("status", RunStatus.class).orElse(null),
        text(asked, "outcome"),
        text(asked, "model"),
        text(asked, "tool"),
        text(asked, "source"),
        text(asked, "team"),
        asked.decimal("minCost").orElse(null),
        asked.decimal("maxCost").orElse(null),
        asked.truth("costKnown").orElse(null),
        asked.seconds("minSeconds").orElse(null),
        asked.seconds("maxSeconds").orElse(null),
        asked.truth("errors").orElse(null),
        text(asked, "text"),
        asked.moment("from").orElse(null),
        asked.moment("to").orElse(null),
        asked.oneOf("sort", Sort.class).orElse(Sort.STARTED),
        descending(asked),
        asked.limit(),
        text(asked, "cursor"));
  }

  private static @Nullable String text(Asked asked, String name) {
    return asked.text(name).orElse(null);
  }

  private static boolean descending(Asked asked) {
    String order = asked.text("order").orElse("desc");
    return switch (order) {
      case "desc" -> true;
      case "asc" -> false;
      default -> throw Asked.malformed("order", order, "desc or asc");
    };
  }
}
