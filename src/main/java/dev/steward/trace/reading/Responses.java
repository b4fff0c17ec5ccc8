// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.domain.ApiException;
import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Brings judgements that name only a response to the span that gave it. A judgement whose span is
/// not here yet waits in memory, up to a limit: the oldest is given up, and its log line is all
/// that is left of it.
final class Responses {
  private static final System.Logger LOG = System.getLogger(Responses.class.getName());
  static final int ANSWERS_MAX = 50_000;
  static final int WAITING_MAX = 10_000;
  private static final int JUDGEMENTS_MAX = 50;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final ResponseLookup past;
  private final InstantSource clock;
  private final Map<String, SpanKey> answers = new LinkedHashMap<>();
  private final Map<String, List<Evaluation>> waiting = new LinkedHashMap<>();
  private final Set<String> notLookedUp = new HashSet<>();
  private Instant lookedUp = Instant.EPOCH;

  Responses(ResponseLookup past, InstantSource clock) {
    this.past = past;
    this.clock = clock;
  }

  /// The facts with every judgement that can be placed by now, and without those that cannot.
  synchronized Facts place(Facts facts) {
    List<Evaluation> placed = new ArrayList<>();
    for (Span span : facts.spans()) {
      String response = span.model() == null ? null : span.model().responseId();
      if (response != null) {
        remember(response, span);
        arrived(response, span.key(), placed);
      }
    }
    for (Evaluation each : facts.evaluations()) {
      String response = each.responseId();
      if (each.placed() || response == null) {
        placed.add(each);
      } else {
        SpanKey span = answers.get(response);
        if (span == null) {
          await(response, each);
        } else {
          placed.add(each.of(span));
        }
      }
    }
    lookUp(placed);
    return placed.equals(facts.evaluations()) ? facts : facts.judged(placed);
  }

  /// A framework repeats the id of its model's last response on its own span; the model call is the
  /// one that is meant.
  private void remember(String response, Span span) {
    if (span.kind() == SpanKind.MODEL || !answers.containsKey(response)) {
      answers.remove(response);
      answers.put(response, span.key());
      dropEldest(answers, ANSWERS_MAX);
    }
  }

  private void await(String response, Evaluation judgement) {
    List<Evaluation> together = waiting.computeIfAbsent(response, _ -> new ArrayList<>());
    if (together.size() < JUDGEMENTS_MAX && !together.contains(judgement)) {
      together.add(judgement);
    }
    notLookedUp.add(response);
    dropEldest(waiting, WAITING_MAX);
  }

  private void arrived(String response, SpanKey span, List<Evaluation> placed) {
    List<Evaluation> together = waiting.remove(response);
    if (together != null) {
      together.forEach(judgement -> placed.add(judgement.of(span)));
    }
  }

  /// Asks the past at most once a second, for all that it was not asked for yet.
  private void lookUp(List<Evaluation> placed) {
    notLookedUp.retainAll(waiting.keySet());
    Instant now = clock.instant();
    if (notLookedUp.isEmpty() || now.isBefore(lookedUp.plus(LOOK_AGAIN))) {
      return;
    }
    lookedUp = now;
    try {
      Map<String, SpanKey> found = past.answered(Set.copyOf(notLookedUp));
      notLookedUp.clear();
      found.forEach((response, span) -> arrived(response, span, placed));
    } catch (ApiException e) {
      LOG.log(System.Logger.Level.WARNING, "responses cannot be looked up; later again", e);
    }
  }

  private static <V> void dropEldest(Map<String, V> map, int max) {
    if (map.size() > max) {
      map.remove(map.keySet().iterator().next());
    }
  }
}
