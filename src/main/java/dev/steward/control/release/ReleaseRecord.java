// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Release;
import dev.steward.domain.release.ReleaseState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A release and all that happened to it so far.
///
/// @param pins digest of what it pins
/// @param moves the first is its start
/// @param agreements the oldest first, the starter's too where a person started it
/// @param gates what each gate said last, by its name
/// @param rollout how it is or was tried, null until it is
/// @param proposing what people answered to its version, null where it never proposed
/// @param pair the two versions that one switches between, null where nobody can
/// @param shadowing what came of copies of live calls, null where it never got any
public record ReleaseRecord(
    Release release,
    Digest pins,
    List<Move> moves,
    List<Agreement> agreements,
    List<JudgedGate> gates,
    @Nullable Rollout rollout,
    @Nullable Proposing proposing,
    @Nullable Pair pair,
    @Nullable Shadowing shadowing) {
  private static final int MOVES_MAX = 200;
  private static final int AGREEMENTS_MAX = 50;

  public ReleaseRecord {
    moves = List.copyOf(moves);
    agreements = List.copyOf(agreements);
    gates = List.copyOf(gates);
  }

  /// Whether its version is or was given calls before it was promoted.
  public boolean begun() {
    return rollout != null || proposing != null || pair != null || shadowing != null;
  }

  /// What came of copies of live calls, empty where it never got any.
  @JsonIgnore
  public Optional<Shadowing> shadowed() {
    return Optional.ofNullable(shadowing);
  }

  /// Whether its version gets copies of live calls now.
  @JsonIgnore
  public boolean shadows() {
    return shadowing != null && state() instanceof ReleaseState.RollingOut;
  }

  /// Whether what it does by and by decides when it acts by itself.
  @JsonIgnore
  public boolean waitsForEvidence() {
    return state().open() && (proposing != null || shadowing != null);
  }

  /// The two versions that one switches between.
  @JsonIgnore
  public Optional<Pair> paired() {
    return Optional.ofNullable(pair);
  }

  /// The version beside its own that some are given while it is open.
  @JsonIgnore
  public Optional<Digest> control() {
    return tried().map(Rollout::control).or(() -> paired().map(Pair::control));
  }

  /// How it is or was tried.
  @JsonIgnore
  public Optional<Rollout> tried() {
    return Optional.ofNullable(rollout);
  }

  /// What people answered to its version, empty where it never proposed.
  @JsonIgnore
  public Optional<Proposing> proposed() {
    return Optional.ofNullable(proposing);
  }

  /// Whether its version proposes now and does not act by itself.
  @JsonIgnore
  public boolean copilot() {
    return proposing != null && state().open();
  }

  /// Whether its version has acted by itself.
  @JsonIgnore
  public boolean acted() {
    return proposing == null || promoted();
  }

  /// Whether its version is, or was, in force for all by it.
  @JsonIgnore
  public boolean promoted() {
    return moves.stream().anyMatch(move -> move.into() instanceof ReleaseState.Promoted);
  }

  /// The same with its version proposing from now on.
  public ReleaseRecord proposing(Instant at) {
    return proposing(Proposing.begun(at));
  }

  ReleaseRecord proposing(Proposing next) {
    return new ReleaseRecord(
        release, pins, moves, agreements, gates, rollout, next, pair, shadowing);
  }

  ReleaseRecord shadowing(Shadowing next) {
    return new ReleaseRecord(
        release, pins, moves, agreements, gates, rollout, proposing, pair, next);
  }

  /// The same with its version getting copies of live calls from now on.
  public ReleaseRecord shadowing(Instant at) {
    return shadowing(Shadowing.begun(at));
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
    return new ReleaseRecord(
        release, nextPins, all, agreements, gates, paused(move), proposing, pair, shadowing);
  }

  /// Nobody new is given a version that is held.
  private @Nullable Rollout paused(Move move) {
    return rollout != null && move.into() instanceof ReleaseState.Held
        ? rollout.weighed(BigDecimal.ZERO, move.at())
        : rollout;
  }

  /// With what was said of it while it is tried.
  public ReleaseRecord judged(Rollout.Judgement judgement) {
    return rollout == null ? this : tried(rollout.judged(judgement));
  }

  /// With how it is tried from now on.
  ReleaseRecord tried(Rollout next) {
    return new ReleaseRecord(
        release, pins, moves, agreements, gates, next, proposing, pair, shadowing);
  }

  /// With how one switches between its version and the other one.
  ReleaseRecord paired(Pair next) {
    return new ReleaseRecord(
        release, pins, moves, agreements, gates, rollout, proposing, next, shadowing);
  }

  /// With one more agreement, in place of an earlier one of the same person.
  public ReleaseRecord agreed(Agreement agreement) {
    List<Agreement> all = new ArrayList<>(agreements);
    all.removeIf(earlier -> earlier.person().equals(agreement.person()));
    if (all.size() < AGREEMENTS_MAX) {
      all.add(agreement);
    }
    return new ReleaseRecord(release, pins, moves, all, gates, rollout, proposing, pair, shadowing);
  }

  ReleaseRecord judged(JudgedGate gate) {
    Map<String, JudgedGate> byName = new TreeMap<>();
    gates.forEach(earlier -> byName.put(earlier.result().gate(), earlier));
    byName.put(gate.result().gate(), gate);
    return new ReleaseRecord(
        release,
        pins,
        moves,
        agreements,
        List.copyOf(byName.values()),
        rollout,
        proposing,
        pair,
        shadowing);
  }
}
