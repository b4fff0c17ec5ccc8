// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Release;
import dev.steward.domain.release.ReleaseState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A release and all that happened to it so far.
///
/// @param pins digest of what it pins
/// @param moves the first is its start
/// @param agreements the oldest first, the starter's too where a person started it
/// @param gates what each gate said last, by its name
public record ReleaseRecord(
    Release release,
    Digest pins,
    List<Move> moves,
    List<Agreement> agreements,
    List<JudgedGate> gates) {
  private static final int MOVES_MAX = 200;
  private static final int AGREEMENTS_MAX = 50;

  public ReleaseRecord {
    moves = List.copyOf(moves);
    agreements = List.copyOf(agreements);
    gates = List.copyOf(gates);
  }

  /// How far it has come.
  public ReleaseState state() {
    return moves.getLast().into();
  }

  /// Its start, with who started it and why.
  @JsonIgnore
  public Move start() {
    return moves.getFirst();
  }

  /// What the gate said last.
  public Optional<GateResult> said(String gate) {
    for (JudgedGate judged : gates) {
      if (judged.result().gate().equals(gate)) {
        return Optional.of(judged.result());
      }
    }
    return Optional.empty();
  }

  ReleaseRecord moved(Move move, Digest nextPins) {
    List<Move> all = new ArrayList<>(moves);
    if (all.size() == MOVES_MAX) {
      all.remove(1);
    }
    all.add(move);
    return new ReleaseRecord(release, nextPins, all, agreements, gates);
  }

  /// With one more agreement, in place of an earlier one of the same person.
  public ReleaseRecord agreed(Agreement agreement) {
    List<Agreement> all = new ArrayList<>(agreements);
    all.removeIf(earlier -> earlier.person().equals(agreement.person()));
    if (all.size() < AGREEMENTS_MAX) {
      all.add(agreement);
    }
    return new ReleaseRecord(release, pins, moves, all, gates);
  }

  ReleaseRecord judged(JudgedGate gate) {
    Map<String, JudgedGate> byName = new TreeMap<>();
    gates.forEach(earlier -> byName.put(earlier.result().gate(), earlier));
    byName.put(gate.result().gate(), gate);
    return new ReleaseRecord(release, pins, moves, agreements, List.copyOf(byName.values()));
  }
}
