// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import dev.steward.domain.release.ReleaseState;
import java.time.Instant;
import java.util.List;

/// A release came into a state.
///
/// @param state its word
/// @param missing what it waits for there
/// @param reason commitment to the reason's text
public record Move(String state, List<String> missing, Instant at, Actor by, Digest reason) {
  public Move {
    missing = List.copyOf(missing);
  }

  public ReleaseState into() {
    return ReleaseState.of(state, missing);
  }
}
