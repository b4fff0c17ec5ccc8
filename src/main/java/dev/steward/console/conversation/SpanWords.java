// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.console.conversation.Step.Tag;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Took;
import dev.steward.domain.Usage;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.span.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a span's facts say of its step in a word or two.
public final class SpanWords {
  private static final Set<String> CUT_OFF =
      Set.of("length", "max_tokens", "max_output_tokens", "model_context_window_exceeded");
  private static final Set<String> WITHHELD =
      Set.of("content_filter", "safety", "refusal", "recitation", "guardrail_intervened");

  private SpanWords() {}

  /// `1.84 k → 61`, "" where there is no use at all.
  static String tokens(@Nullable Usage usage) {
    if (usage == null || (usage.input() == null && usage.output() == null)) {
      return "tokens unknown";
    }
    return side(usage.input()) + " → " + side(usage.output());
  }

  private static String side(@Nullable Long count) {
    return count == null ? "?" : Figures.count(count);
  }

  /// A model by its own name: a cloud's resource path says its place too.
  static String shortModel(String model) {
    boolean path = model.chars().filter(c -> c == '/').count() > 2;
    return path ? model.substring(model.lastIndexOf('/') + 1) : model;
  }

  /// Whether the model stopped because there was no room to go on.
  static boolean cutOff(Span span) {
    return finished(span, CUT_OFF);
  }

  static boolean waited(Span span) {
    return span.raw().attributesJson().contains("\"steward.waiting\"");
  }

  /// What a reader should see of how the model ended, and whether a person was asked.
  static List<Tag> tags(Span span) {
    List<Tag> tags = new ArrayList<>();
    if (cutOff(span)) {
      tags.add(
          new Tag(
              "cut off",
              "warning",
              "the model stopped for lack of room: " + String.join(", ", reasons(span))));
    }
    if (finished(span, WITHHELD)) {
      tags.add(
          new Tag(
              "withheld",
              "warning",
              "the provider held the answer back: " + String.join(", ", reasons(span))));
    }
    Enforced.of(span).ifPresent(done -> tags.addAll(passing(done)));
    if (waited(span)) {
      tags.add(new Tag("waits for a person", "waiting", ""));
    }
    return tags;
  }

  /// What the gateway did that a reader would not expect.
  private static List<Tag> passing(Enforced done) {
    List<Tag> tags = new ArrayList<>();
    if (done.denied()) {
      tags.add(
          new Tag("refused: " + done.refusal(), "critical", "the gateway did not let it pass"));
    } else if (!done.refusal().isEmpty()) {
      tags.add(new Tag(done.refusal(), "critical", "the gateway got no answer to pass on"));
    }
    if (!done.flags().isEmpty()) {
      tags.add(new Tag("flagged", "warning", "the run " + String.join("; it ", done.flags())));
    }
    if (!done.undeclared().isEmpty()) {
      tags.add(
          new Tag(
              "undeclared change",
              "warning",
              "the process " + String.join("; it ", done.undeclared())));
    }
    if (done.fellBack()) {
      Enforced.Attempt first = done.attempts().getFirst();
      tags.add(new Tag("fell back from " + first.provider(), "warning", tried(done)));
    } else if (done.attempts().size() > 1) {
      tags.add(new Tag("tries: " + done.attempts().size(), "warning", tried(done)));
    }
    if (!done.note().isEmpty()) {
      tags.add(new Tag(done.note(), "warning", "the answer did not come to its end"));
    }
    if (done.heldBack() > 0) {
      tags.add(
          new Tag(
              "held back: " + done.heldBack() + " of " + done.proposals().size(),
              "critical",
              heldBack(done)));
    }
    return tags;
  }

  private static String heldBack(Enforced done) {
    return done.proposals().stream()
        .filter(Enforced.Proposal::heldBack)
        .map(call -> call.tool() + ": " + call.reason())
        .collect(Collectors.joining("; "));
  }

  private static String tried(Enforced done) {
    return done.attempts().stream().map(SpanWords::attempt).collect(Collectors.joining("; "));
  }

  /// `openai gpt-5: 429 after 120 ms`.
  public static String attempt(Enforced.Attempt attempt) {
    return "%s %s: %s after %s"
        .formatted(
            attempt.provider(),
            attempt.model(),
            attempt.outcome(),
            Took.of(Duration.ofMillis(attempt.millis())));
  }

  private static boolean finished(Span span, Set<String> words) {
    for (String reason : reasons(span)) {
      if (words.contains(reason.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> reasons(Span span) {
    return span.model() == null ? List.of() : span.model().finishReasons();
  }
}
