// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the turns of a run that came to nothing. A turn is wasted under the first reason that
/// holds for what it asked for.
final class WasteReader {
  /// The same call so often is no loop yet.
  private static final int SAME_MAX = 2;

  private final String currency;
  private final Map<Waste, BigDecimal> wasted = new EnumMap<>(Waste.class);
  private final Set<Span> counted = new HashSet<>();
  private final Map<String, Integer> same = new HashMap<>();
  private final Set<String> failed = new HashSet<>();
  private @Nullable Span turn;

  private WasteReader(String currency) {
    this.currency = currency;
  }

  /// @param spans of the run in order of start
  static Map<Waste, BigDecimal> read(List<Span> spans, String currency) {
    WasteReader reader = new WasteReader(currency);
    for (Span span : spans) {
      switch (span.kind()) {
        case MODEL -> reader.model(span);
        case TOOL -> reader.tool(span);
        case AGENT, RETRIEVER, EMBEDDING, GUARDRAIL, EVALUATOR, STEP, OTHER -> {}
      }
    }
    return reader.wasted;
  }

  private void model(Span span) {
    turn = span;
    boolean denied = Enforced.of(span).filter(e -> e.denied() || e.heldBack() > 0).isPresent();
    if (denied) {
      waste(Waste.DENIED, span);
    } else if (span.status() == Span.Status.ERROR) {
      waste(Waste.RETRIED, span);
    }
  }

  private void tool(Span span) {
    String name = span.tool() == null ? span.name() : span.tool().name();
    Message arguments = span.content().arguments();
    boolean again = failed.remove(name);
    if (denied(span)) {
      waste(Waste.DENIED, turn);
    } else if (arguments != null && repeated(name, arguments.hash())) {
      waste(Waste.LOOPING, turn);
    } else if (again) {
      waste(Waste.RETRIED, turn);
    }
    if (span.status() == Span.Status.ERROR) {
      failed.add(name);
    }
  }

  static boolean denied(Span span) {
    return (span.kind() == SpanKind.TOOL || span.kind() == SpanKind.MODEL)
        && Enforced.of(span).filter(Enforced::denied).isPresent();
  }

  private boolean repeated(String name, Digest arguments) {
    return same.merge(name + '\n' + arguments.hex(), 1, Integer::sum) > SAME_MAX;
  }

  private void waste(Waste why, @Nullable Span span) {
    if (span != null
        && span.total() instanceof Cost.Known known
        && known.currency().equals(currency)
        && counted.add(span)) {
      wasted.merge(why, known.amount(), BigDecimal::add);
    }
  }
}
