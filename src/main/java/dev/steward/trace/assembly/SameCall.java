// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.graph.SameTool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Puts what the gateway tells of a call below what the agent tells of it: of a model call where an
/// equal response id says that they are one, of a tool call as `SameTool` says.
final class SameCall {
  private SameCall() {}

  /// The parent of each span.
  ///
  /// @param spans of one trace, in order of start
  static List<@Nullable String> parents(List<SpanFacts> spans) {
    Map<String, SpanFacts> told = new HashMap<>();
    for (SpanFacts facts : spans) {
      if (facts.priced() && facts.responseId() != null && !facts.teller().gateway()) {
        // Of a framework and the client below it the client starts later.
        told.put(facts.responseId(), facts);
      }
    }
    Map<String, String> tools = SameTool.pairs(spans.stream().map(SameCall::telling).toList());
    List<@Nullable String> parents = new ArrayList<>(spans.size());
    for (SpanFacts facts : spans) {
      String agents = tools.get(facts.key().spanId());
      parents.add(agents == null ? parent(facts, told) : agents);
    }
    return parents;
  }

  private static SameTool.Telling telling(SpanFacts facts) {
    return new SameTool.Telling(
        facts.key().spanId(),
        facts.parentSpanId(),
        facts.kind(),
        facts.tool(),
        facts.teller().gateway(),
        facts.origin().sender(),
        facts.startedAt(),
        facts.endedAt());
  }

  private static @Nullable String parent(SpanFacts facts, Map<String, SpanFacts> told) {
    if (facts.priced() && facts.teller().gateway() && facts.responseId() != null) {
      SpanFacts agents = told.get(facts.responseId());
      if (agents != null && sameSender(agents, facts)) {
        return agents.key().spanId();
      }
    }
    return facts.parentSpanId();
  }

  private static boolean sameSender(SpanFacts one, SpanFacts other) {
    return one.origin().sender() == null
        || Objects.equals(one.origin().sender(), other.origin().sender());
  }
}
