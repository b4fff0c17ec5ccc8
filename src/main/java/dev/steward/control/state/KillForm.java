// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import dev.steward.domain.Selector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A kill as it lies in a snapshot.
///
/// @param selector its words
record KillForm(
    String id,
    Map<String, String> selector,
    boolean secondPerson,
    Digest reason,
    Instant at,
    Actor by,
    Kill.@Nullable Proposal proposal) {

  static List<KillForm> of(Kills kills) {
    return kills.all().stream().map(KillForm::of).toList();
  }

  /// @param forms null in a snapshot from before there were kills
  static Kills read(@Nullable List<KillForm> forms) {
    Kills kills = Kills.NONE;
    if (forms != null) {
      for (KillForm form : forms) {
        kills = kills.plus(form.kill());
      }
    }
    return kills;
  }

  private static KillForm of(Kill kill) {
    return new KillForm(
        kill.id(),
        kill.selector().words(),
        kill.secondPerson(),
        kill.reason(),
        kill.at(),
        kill.by(),
        kill.proposal().orElse(null));
  }

  private Kill kill() {
    return new Kill(
        id, Selector.of(selector), secondPerson, reason, at, by, Optional.ofNullable(proposal));
  }
}
