// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import dev.steward.console.format.Figures;
import dev.steward.domain.SpanKind;
import dev.steward.trace.gateway.Decided;
import dev.steward.trace.span.Span;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A call that policy can decide on.
///
/// @param span its step; of one that a model proposed and did not make, the model's
/// @param way how it was decided, null where its own process alone tells of it
/// @param said all that was told of that, null where it was plainly allowed or is not known
record PolicyCall(Span span, What what, Decided.@Nullable Way way, @Nullable Decided said) {

  /// One that the gateway tells of.
  static PolicyCall passed(Span span, What what) {
    if (Decided.plainlyAllowed(span)) {
      return new PolicyCall(span, what, Decided.Way.ALLOWED, null);
    }
    Decided said = Decided.of(span).orElse(null);
    return new PolicyCall(span, what, said == null ? Decided.Way.UNTOLD : said.way(), said);
  }

  /// What is called.
  enum What {
    MODEL("model call", "model calls"),
    TOOL("tool call", "tool calls"),
    RETRIEVAL("retrieval", "retrievals"),
    AGENT("call of an agent", "calls of agents");

    private final String one;
    private final String many;

    What(String one, String many) {
      this.one = one;
      this.many = many;
    }

    /// Empty for what calls nothing, or where only the gateway could say so.
    static Optional<What> of(SpanKind kind) {
      return switch (kind) {
        case MODEL, EMBEDDING -> Optional.of(MODEL);
        case TOOL -> Optional.of(TOOL);
        case RETRIEVER -> Optional.of(RETRIEVAL);
        case AGENT, GUARDRAIL, EVALUATOR, STEP, OTHER -> Optional.empty();
      };
    }
  }

  /// All that was told of the decision.
  Optional<Decided> decided() {
    return said == null && way != null ? Decided.of(span) : Optional.ofNullable(said);
  }

  /// `2 model calls and 1 tool call`.
  static String counted(List<PolicyCall> calls) {
    Map<What, Integer> counts = new EnumMap<>(What.class);
    calls.forEach(call -> counts.merge(call.what(), 1, Integer::sum));
    StringJoiner words = new StringJoiner(" and ");
    counts.forEach((what, count) -> words.add(Figures.of(count, what.one, what.many)));
    return words.toString();
  }
}
