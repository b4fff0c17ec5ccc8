// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.signal;

import dev.steward.domain.Cost;
import dev.steward.domain.LastUsed;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Measures calls as they come in, since the server started. A span that is sent again counts once,
/// as long as it is among the last ones.
public final class CallSignals {
  /// The label that says where a call was made.
  public static final String ENVIRONMENT = "deployment_environment_name";

  private static final int SPANS_MAX = 20_000;

  /// Series beyond it are added up in one of each measure, as OpenTelemetry does it.
  static final int SERIES_MAX = 4_000;

  private static final Map<String, String> OVERFLOW = Map.of("otel_metric_overflow", "true");

  private final LastUsed<SpanKey, Boolean> counted = new LastUsed<>(SPANS_MAX);
  private final LastUsed<String, Boolean> answered = new LastUsed<>(SPANS_MAX);
  private final Map<Key, Tally> tallies = new HashMap<>();

  private record Key(Measure measure, String agent, Map<String, String> labels) {}

  public synchronized void see(List<Span> spans) {
    Callers callers = new Callers(spans);
    for (Span span : spans) {
      if (counted.put(span.key(), true) == null && firstTelling(span)) {
        see(span, callers.of(span));
      }
    }
  }

  /// A call through the gateway may be told of by its agent too: the answer's id says so.
  private boolean firstTelling(Span span) {
    String answer = span.model() == null ? null : span.model().responseId();
    return answer == null || answered.put(answer, true) == null;
  }

  /// All series, those of a measure together.
  public synchronized List<Series> all() {
    List<Series> all = new ArrayList<>();
    tallies.forEach((key, tally) ->
        all.add(
            new Series(
                key.measure(),
                key.agent(),
                key.labels(),
                tally.buckets(),
                tally.count(),
                tally.sum())));
    all.sort(
        Comparator.comparing(Series::measure)
            .thenComparing(Series::agent)
            .thenComparing(series -> series.labels().toString()));
    return all;
  }

  private void see(Span span, String agent) {
    switch (span.kind()) {
      case MODEL, EMBEDDING -> model(span, agent);
      case TOOL -> tool(span, agent);
      case AGENT -> agent(span, agent);
      case RETRIEVER, GUARDRAIL, EVALUATOR, STEP, OTHER -> {}
    }
    cost(span, agent);
  }

  private void model(Span span, String agent) {
    Map<String, String> labels = labels(span, agent);
    put(labels, "gen_ai_operation_name", span.kind() == SpanKind.MODEL ? "chat" : "embeddings");
    ModelFacts facts = span.model();
    if (facts != null) {
      put(labels, "gen_ai_provider_name", facts.provider());
      put(labels, "gen_ai_request_model", facts.requestModel());
      put(labels, "gen_ai_response_model", facts.responseModel());
      if (facts.firstChunkSeconds() != null) {
        add(Measure.FIRST_CHUNK, agent, labels, BigDecimal.valueOf(facts.firstChunkSeconds()));
      }
    }
    Usage usage = span.usage();
    if (usage != null) {
      tokens(agent, labels, "input", usage.input());
      tokens(agent, labels, "output", usage.output());
    }
    add(Measure.OPERATION, agent, failing(new LinkedHashMap<>(labels), span), seconds(span));
  }

  private void tokens(String agent, Map<String, String> labels, String type, @Nullable Long count) {
    if (count != null) {
      Map<String, String> typed = new LinkedHashMap<>(labels);
      typed.put("gen_ai_token_type", type);
      add(Measure.TOKENS, agent, typed, BigDecimal.valueOf(count));
    }
  }

  private void tool(Span span, String agent) {
    Map<String, String> labels = labels(span, agent);
    put(labels, "gen_ai_tool_name", span.tool() == null ? span.name() : span.tool().name());
    add(Measure.TOOL, agent, failing(labels, span), seconds(span));
  }

  /// A run that the gateway puts together has no length of its own.
  private void agent(Span span, String agent) {
    if (!span.teller().gateway()) {
      add(Measure.AGENT, agent, failing(labels(span, agent), span), seconds(span));
    }
  }

  private void cost(Span span, String agent) {
    switch (span.total()) {
      case null -> {}
      case Cost.Known known -> {
        Map<String, String> labels = labels(span, agent);
        labels.put("currency", known.currency());
        add(Measure.COST, agent, labels, known.amount());
      }
      case Cost.Unknown _ -> add(Measure.UNKNOWN_COST, agent, labels(span, agent), BigDecimal.ONE);
    }
  }

  private static Map<String, String> labels(Span span, String agent) {
    Map<String, String> labels = new LinkedHashMap<>();
    put(labels, "service_name", span.origin().service());
    put(labels, "gen_ai_agent_name", agent);
    put(labels, ENVIRONMENT, span.origin().environment());
    return labels;
  }

  private static Map<String, String> failing(Map<String, String> labels, Span span) {
    if (span.status() == Span.Status.ERROR) {
      labels.put("error_type", span.error() == null ? "_OTHER" : word(span.error()));
    }
    return labels;
  }

  /// A label has few values: a message is none.
  private static String word(String error) {
    return error.length() <= 64 && error.indexOf(' ') < 0 ? error : "_OTHER";
  }

  private static void put(Map<String, String> labels, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      labels.put(name, value);
    }
  }

  private static BigDecimal seconds(Span span) {
    Duration took = span.duration();
    return BigDecimal.valueOf(took.toSeconds()).add(BigDecimal.valueOf(took.toNanosPart(), 9));
  }

  private void add(Measure measure, String agent, Map<String, String> labels, BigDecimal value) {
    Key key = new Key(measure, agent, Collections.unmodifiableMap(labels));
    if (tallies.size() >= SERIES_MAX && !tallies.containsKey(key)) {
      key = new Key(measure, "", OVERFLOW);
    }
    tallies.computeIfAbsent(key, each -> new Tally(each.measure())).add(value);
  }
}
