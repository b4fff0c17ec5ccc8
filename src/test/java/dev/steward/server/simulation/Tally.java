// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.simulation;

import dev.steward.gateway.wire.Refusal;
import java.util.EnumMap;
import java.util.Map;

/// What happened in all simulations, so that a claim about nothing is seen to be one.
final class Tally {
  final Map<Refusal.Kind, Integer> refused = new EnumMap<>(Refusal.Kind.class);
  int answered;
  int other;
  int paid;
  int agreed;
  int tooLate;
  int approvalsUsed;
  int deaths;
  int unknown;
  int restarts;

  @Override
  public String toString() {
    return "answered %d, refused %s, else %d; paid %d, agreed %d (%d too late), approvals used %d; deaths %d, outcomes unknown %d, restarts %d"
        .formatted(
            answered,
            refused,
            other,
            paid,
            agreed,
            tooLate,
            approvalsUsed,
            deaths,
            unknown,
            restarts);
  }
}
