// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import dev.steward.domain.Digest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What happened while a release was tried on a share of the conversations.
///
/// @param control version that all others get
/// @param weights each holds from its moment on; zero where it was held
/// @param judgements each time that something else was said, the oldest first
public record Rollout(
    Digest control, Instant startedAt, List<Weight> weights, List<Judgement> judgements) {
  private static final int WEIGHTS_MAX = 200;
  private static final int JUDGEMENTS_MAX = 100;

  /// The share of the conversations that began since and were given the new version.
  public record Weight(Instant since, BigDecimal weight) {}

  /// What was said of it, by which rule.
  ///
  /// @param verdict word of it
  /// @param why in a sentence, with numbers
  /// @param units of both versions that were judged
  /// @param record digest of the whole decision
  public record Judgement(
      Instant at, String verdict, String rule, String why, int units, Digest record) {}

  public Rollout {
    weights = List.copyOf(weights);
    judgements = List.copyOf(judgements);
  }

  static Rollout begun(Digest control, BigDecimal weight, Instant at) {
    return new Rollout(control, at, List.of(new Weight(at, weight)), List.of());
  }

  /// The share of the conversations that begin now.
  public BigDecimal weight() {
    return weights.getLast().weight();
  }

  /// What was said last.
  public Optional<Judgement> judgement() {
    return judgements.isEmpty() ? Optional.empty() : Optional.of(judgements.getLast());
  }

  Rollout weighed(BigDecimal weight, Instant at) {
    List<Weight> all = new ArrayList<>(weights);
    if (all.size() == WEIGHTS_MAX) {
      all.removeFirst();
    }
    all.add(new Weight(at, weight));
    return new Rollout(control, startedAt, all, judgements);
  }

  Rollout judged(Judgement judgement) {
    List<Judgement> all = new ArrayList<>(judgements);
    if (all.size() == JUDGEMENTS_MAX) {
      all.removeFirst();
    }
    all.add(judgement);
    return new Rollout(control, startedAt, weights, all);
  }
}
