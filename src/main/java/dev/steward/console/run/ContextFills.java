// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.rate.ContextWindows;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// How full the context windows of one run's model calls were, where the tokens and the window are
/// known.
final class ContextFills {
  private final ContextWindows windows;
  private final Map<Model, OptionalLong> known = new HashMap<>();

  ContextFills(ContextWindows windows) {
    this.windows = windows;
  }

  private record Model(
      @Nullable String provider, @Nullable String answered, @Nullable String asked) {}

  /// Empty too where more was taken than the window that is known, which is then another's.
  Optional<ContextFill> of(Span span) {
    ModelFacts model = span.model();
    Usage usage = span.usage();
    Long tokens = usage == null ? null : usage.input();
    if (span.kind() != SpanKind.MODEL || model == null || tokens == null || tokens <= 0) {
      return Optional.empty();
    }
    OptionalLong window =
        known.computeIfAbsent(
            new Model(model.provider(), model.responseModel(), model.requestModel()),
            named ->
                windows.tokens(
                    named.provider(), named.answered(), named.asked(), span.startedAt()));
    return window.isEmpty() || tokens > window.getAsLong()
        ? Optional.empty()
        : Optional.of(new ContextFill(span.key().spanId(), tokens, window.getAsLong()));
  }

  /// Those of a run, in its order.
  List<ContextFill> all(SpanTree tree) {
    List<ContextFill> all = new ArrayList<>();
    for (SpanTree.Node node : tree.nodes()) {
      of(node.span()).ifPresent(all::add);
    }
    return all;
  }

  /// The fullest of them.
  static Optional<ContextFill> highest(List<ContextFill> fills) {
    return fills.stream()
        .max(Comparator.comparingDouble(fill -> (double) fill.tokens() / fill.window()));
  }
}
