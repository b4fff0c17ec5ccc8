// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.conversation;

import dev.steward.gateway.turn.Fingerprint;
import dev.steward.gateway.turn.Turn;
import dev.steward.gateway.turn.Turn.Call;
import dev.steward.gateway.turn.Turn.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// An [Exchange] that is being read: what the agent did, until what came back is complete.
final class OpenExchange {
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, Long> answers = new HashMap<>();
  private long said = Fingerprint.NONE;
  private long heard = Fingerprint.NONE;

  /// Whether the next thing that the model does belongs to another exchange.
  boolean answered() {
    return heard != Fingerprint.NONE || !answers.isEmpty();
  }

  void does(Turn turn) {
    calls.addAll(turn.calls());
    if (turn.words() != Fingerprint.NONE) {
      said = Fingerprint.mix(said, turn.words());
    }
  }

  void does(Call call) {
    if (!calls.contains(call)) {
      calls.add(call);
    }
  }

  void gets(Result result) {
    // Two calls that were given the same id get both answers together.
    answers.merge(result.id(), result.answer(), Long::sum);
  }

  void hears(long words) {
    heard = Fingerprint.mix(heard, words);
  }

  /// Empty when the agent did nothing.
  Optional<Exchange> close() {
    if (calls.isEmpty()) {
      return said == Fingerprint.NONE
          ? Optional.empty()
          : Optional.of(new Exchange(said, heard, List.of(), List.of()));
    }
    TreeMap<Long, Long> answerOf = new TreeMap<>();
    TreeSet<String> tools = new TreeSet<>(Comparator.naturalOrder());
    for (Call call : calls) {
      answerOf.put(call.fingerprint(), answers.getOrDefault(call.id(), Fingerprint.NONE));
      tools.add(call.tool());
    }
    long deed = 0;
    long answer = heard;
    List<Long> steps = new ArrayList<>();
    for (Map.Entry<Long, Long> one : answerOf.entrySet()) {
      deed = Fingerprint.mix(deed, one.getKey());
      answer =
          one.getValue() == Fingerprint.NONE ? answer : Fingerprint.mix(answer, one.getValue());
      steps.add(Fingerprint.mix(one.getKey(), one.getValue()));
    }
    return Optional.of(new Exchange(deed, answer, steps, List.copyOf(tools)));
  }
}
