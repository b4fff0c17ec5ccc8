// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.conversation.Conversation;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Took;
import dev.steward.domain.SpanKind;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// The spans of a run against time.
public final class Waterfall {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final SpanTree tree;
  private final Instant start;
  private final Duration length;

  public Waterfall(SpanTree tree) {
    this.tree = tree;
    start =
        tree.nodes().stream()
            .map(n -> n.span().startedAt())
            .min(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    Instant end =
        tree.nodes().stream()
            .map(n -> n.span().endedAt())
            .max(Comparator.naturalOrder())
            .orElse(start);
    length =
        Duration.between(start, end).isPositive()
            ? Duration.between(start, end)
            : Duration.ofMillis(1);
  }

  public int size() {
    return tree.nodes().size();
  }

  /// Words at the ends and in the middle of the axis.
  public List<String> ticks() {
    return List.of("0", Took.of(length.dividedBy(2)), Took.of(length));
  }

  public List<WaterfallRow> rows(int from, int limit) {
    int end = Math.min(size(), from + limit);
    return IntStream.range(Math.min(from, end), end).mapToObj(this::row).toList();
  }

  /// All rows for the script that draws only those in view: one array a row of `[spanId, depth,
  /// children, name, kind, left, width, took, cost, failed]`.
  public byte[] json() {
    List<List<Object>> rows = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      WaterfallRow row = row(i);
      rows.add(
          List.of(
              row.spanId(),
              row.depth(),
              row.children(),
              row.name(),
              row.kind(),
              row.left(),
              row.width(),
              row.took(),
              row.cost().text(),
              row.failed() ? 1 : 0));
    }
    return JSON.writeValueAsBytes(rows);
  }

  private WaterfallRow row(int index) {
    SpanTree.Node node = tree.nodes().get(index);
    Span span = node.span();
    return new WaterfallRow(
        "s-" + span.key().spanId(),
        span.key().spanId(),
        index + 1,
        node.depth(),
        node.children(),
        name(span),
        kind(span.kind()),
        percent(Duration.between(start, span.startedAt())),
        percent(span.duration()),
        Took.of(span.duration()),
        CostText.of(span.total()),
        span.status() == Span.Status.ERROR);
  }

  /// What a span is called where there is room for one word or two.
  static String name(Span span) {
    return switch (span.kind()) {
      case AGENT -> span.origin().agent() == null ? span.name() : span.origin().agent();
      case MODEL -> {
        String model = Conversation.modelName(span);
        yield model.isEmpty() ? span.name() : model;
      }
      case TOOL -> Conversation.toolName(span);
      case RETRIEVER, EMBEDDING, GUARDRAIL, EVALUATOR, STEP, OTHER -> span.name();
    };
  }

  static String kind(SpanKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private String percent(Duration part) {
    double share = 100.0 * part.toNanos() / length.toNanos();
    return String.format(Locale.ROOT, "%.2f", Math.clamp(share, 0, 100));
  }
}
