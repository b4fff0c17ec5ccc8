// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.turn;

import dev.steward.gateway.turn.Turn.Role;
import java.util.List;

/// The turns of one request with their fingerprints. What stands at the end as the model's own
/// words is no turn yet: the model is asked to go on with them.
public final class Turns {
  private final List<Turn> turns;
  private final long[] fingerprints;
  private final long[] chain;
  private final boolean whole;

  private Turns(List<Turn> turns, boolean whole) {
    this.turns = turns;
    this.whole = whole;
    this.fingerprints = new long[turns.size()];
    this.chain = new long[turns.size() + 1];
    for (int i = 0; i < fingerprints.length; i++) {
      fingerprints[i] = turns.get(i).fingerprint();
      chain[i + 1] = Fingerprint.mix(chain[i], fingerprints[i]);
    }
  }

  public static Turns of(List<Turn> read) {
    int end = read.size();
    while (end > 0 && read.get(end - 1).role() == Role.ASSISTANT) {
      end--;
    }
    return new Turns(List.copyOf(read.subList(0, end)), end == read.size());
  }

  public int size() {
    return fingerprints.length;
  }

  /// Whether no message was left out.
  public boolean whole() {
    return whole;
  }

  public Turn turn(int index) {
    return turns.get(index);
  }

  long fingerprint(int index) {
    return fingerprints[index];
  }

  /// Fingerprint of the first so many turns.
  long chain(int count) {
    return chain[count];
  }

  public List<Turn> from(int index) {
    return turns.subList(index, turns.size());
  }

  /// Where what the model did last begins.
  public int lastDeed() {
    int i = size();
    while (i > 0 && turns.get(i - 1).role() != Role.ASSISTANT) {
      i--;
    }
    while (i > 0 && turns.get(i - 1).role() == Role.ASSISTANT) {
      i--;
    }
    return i;
  }
}
