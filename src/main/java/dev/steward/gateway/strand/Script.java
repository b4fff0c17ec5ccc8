// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.strand;

import dev.steward.gateway.turn.Fingerprint;
import dev.steward.gateway.turn.Turn;
import dev.steward.gateway.turn.Turn.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What was said and done in a conversation, one deed after the other, with a digest of each
/// beginning. A deed is written the same in every dialect: who instructs does not count, several
/// tool results are several deeds however they are packed, and no id is in a digest.
final class Script {
  private final List<Deed> deeds;
  private final long[] chain;
  private final Set<String> answeredCalls;

  private Script(List<Deed> deeds, long[] chain, Set<String> answeredCalls) {
    this.deeds = deeds;
    this.chain = chain;
    this.answeredCalls = answeredCalls;
  }

  /// The codes are part of digests that outlive the process.
  private enum What {
    ASKS(101),
    SAYS(102),
    CALLS(103),
    RESULT(104);

    private final long code;

    What(long code) {
      this.code = code;
    }
  }

  private record Deed(What what, long print) {
    long digest() {
      return Fingerprint.mix(what.code, print);
    }
  }

  /// @param seed digest of what stands before
  static Script of(List<Turn> turns, long seed) {
    List<Deed> deeds = new ArrayList<>();
    Set<String> calls = new HashSet<>();
    for (Turn turn : turns) {
      add(turn, deeds, calls);
    }
    long[] chain = new long[deeds.size() + 1];
    chain[0] = seed;
    for (int i = 0; i < deeds.size(); i++) {
      chain[i + 1] = Fingerprint.mix(chain[i], deeds.get(i).digest());
    }
    return new Script(deeds, chain, calls);
  }

  private static void add(Turn turn, List<Deed> deeds, Set<String> calls) {
    if (turn.role() == Role.SYSTEM) {
      return;
    }
    for (Turn.Result result : turn.results()) {
      deeds.add(new Deed(What.RESULT, result.answer()));
      calls.add(result.id());
    }
    boolean model = turn.role() == Role.ASSISTANT;
    // A message of the role `tool` that could not be read as a result is one all the same.
    boolean result = turn.role() == Role.TOOL && turn.results().isEmpty();
    if (turn.words() != Fingerprint.NONE) {
      deeds.add(new Deed(model ? What.SAYS : result ? What.RESULT : What.ASKS, turn.words()));
    }
    for (Turn.Call call : turn.calls()) {
      deeds.add(new Deed(What.CALLS, call.fingerprint()));
    }
  }

  int size() {
    return deeds.size();
  }

  /// Digest of the first so many deeds.
  long chain(int count) {
    return chain[count];
  }

  /// Digest of everything.
  long whole() {
    return chain[deeds.size()];
  }

  /// Ids of the tool calls that are answered in it.
  Set<String> answeredCalls() {
    return answeredCalls;
  }

  /// Without what the model itself is to go on with.
  Script withoutOpenEnd() {
    int end = deeds.size();
    while (end > 0 && model(deeds.get(end - 1))) {
      end--;
    }
    return end == deeds.size()
        ? this
        : new Script(deeds.subList(0, end), java.util.Arrays.copyOf(chain, end + 1), answeredCalls);
  }

  /// Whether a person asks for something new behind a last word.
  ///
  /// @param from where what is not known yet begins
  /// @param open whether the model had not said its last word before
  boolean asksAnew(int from, boolean open) {
    boolean waiting = open;
    for (Deed deed : deeds.subList(from, deeds.size())) {
      switch (deed.what()) {
        case SAYS -> waiting = false;
        case CALLS, RESULT -> waiting = true;
        case ASKS -> {
          if (!waiting) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Whether the model asks for tools, and so goes on.
  boolean calls() {
    return deeds.stream().anyMatch(deed -> deed.what() == What.CALLS);
  }

  private static boolean model(Deed deed) {
    return deed.what() == What.SAYS || deed.what() == What.CALLS;
  }
}
