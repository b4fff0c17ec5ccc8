// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.trace.dialect.Attributes;
import dev.steward.trace.dialect.DialectTable;
import dev.steward.trace.dialect.Values;
import dev.steward.trace.span.Evaluation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds judgements in events, log records and the attributes of OpenInference.
final class Evaluations {
  static final String EVENT = "gen_ai.evaluation.result";

  private static final Pattern OPENINFERENCE =
      Pattern.compile(
          "((?:trace\\.)?(?:evaluations|annotations)\\.\\d{1,6}\\.(?:evaluation|annotation)\\.).+");

  private static final Pattern OURS = Pattern.compile("[a-z]+:");

  private final DialectTable table;

  Evaluations(DialectTable table) {
    this.table = table;
  }

  /// The judgement that an event or log record named `gen_ai.evaluation.result` holds, null when it
  /// names nothing or gives neither score nor label.
  @Nullable Evaluation ofEvent(
      Attributes attributes, String traceId, @Nullable String spanId, Instant at) {
    String name = attributes.text("gen_ai.evaluation.name");
    String label = attributes.text("gen_ai.evaluation.score.label");
    BigDecimal score = Values.decimal(attributes.plain("gen_ai.evaluation.score.value"));
    if (name == null || (label == null && score == null)) {
      return null;
    }
    return new Evaluation(
        traceId,
        spanId,
        attributes.text("gen_ai.response.id"),
        name,
        label,
        score == null ? null : score.doubleValue(),
        attributes.text("gen_ai.evaluation.explanation"),
        table.statesOutcome(name),
        "sender",
        at);
  }

  /// Judgements that OpenInference writes as `evaluations.N.evaluation.*` attributes.
  List<Evaluation> ofAttributes(Attributes attributes, String traceId, String spanId, Instant at) {
    Set<String> prefixes = null;
    for (String key : attributes.keys()) {
      if (key.contains("evaluation.") || key.contains("annotation.")) {
        Matcher matcher = OPENINFERENCE.matcher(key);
        if (matcher.matches()) {
          prefixes = prefixes == null ? new TreeSet<>() : prefixes;
          prefixes.add(matcher.group(1));
        }
      }
    }
    if (prefixes == null) {
      return List.of();
    }
    List<Evaluation> found = new ArrayList<>();
    for (String prefix : prefixes) {
      String name = attributes.text(prefix + "name");
      String label = attributes.text(prefix + "label");
      BigDecimal score = Values.decimal(attributes.plain(prefix + "score"));
      if (name != null && (label != null || score != null)) {
        found.add(
            new Evaluation(
                traceId,
                prefix.startsWith("trace.") ? null : spanId,
                null,
                name,
                label,
                score == null ? null : score.doubleValue(),
                attributes.text(prefix + "explanation"),
                table.statesOutcome(name),
                judge(attributes.text(prefix + "identifier")),
                at));
      }
    }
    return found;
  }

  /// An evaluator as the sender names it, unless the name is one that we give ourselves: `gateway`,
  /// `KIND:ID` of who is proven, and who says it through somebody.
  private static String judge(@Nullable String named) {
    if (named == null || named.equals("gateway") || named.contains(" via ")) {
      return "sender";
    }
    return OURS.matcher(named).lookingAt() ? "sender" : named;
  }
}
