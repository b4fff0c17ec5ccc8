// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import dev.steward.server.api.Asked;
import dev.steward.server.http.Route;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQuery.Sort;
import dev.steward.trace.run.RunQueryDraft;
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
    return RunQueryDraft.runs()
        .agents(agents)
        .version(text(asked, "version"))
        .environment(text(asked, "environment"))
        .workflow(text(asked, "workflow"))
        .task(text(asked, "task"))
        .conversation(text(asked, "conversation"))
        .status(asked.oneOf("status", RunStatus.class).orElse(null))
        .outcome(text(asked, "outcome"))
        .model(text(asked, "model"))
        .tool(text(asked, "tool"))
        .source(text(asked, "source"))
        .team(text(asked, "team"))
        .costAtLeast(asked.decimal("minCost").orElse(null))
        .costAtMost(asked.decimal("maxCost").orElse(null))
        .costKnown(asked.truth("costKnown").orElse(null))
        .durationAtLeast(asked.seconds("minSeconds").orElse(null))
        .durationAtMost(asked.seconds("maxSeconds").orElse(null))
        .errors(asked.truth("errors").orElse(null))
        .text(text(asked, "text"))
        .from(asked.moment("from").orElse(null))
        .to(asked.moment("to").orElse(null))
        .by(asked.oneOf("sort", Sort.class).orElse(Sort.STARTED))
        .descending(descending(asked))
        .limit(asked.limit())
        .behind(text(asked, "cursor"))
        .build();
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
