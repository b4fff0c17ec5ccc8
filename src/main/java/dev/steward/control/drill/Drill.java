// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.drill;

import dev.steward.control.access.Actor;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// One drill that was held: something that must work in an emergency was tried and measured.
///
/// @param id of the drill; its parts share one
/// @param of what was drilled, such as `kill-switch`
/// @param figures what was measured, by a name that ends in its unit
/// @param note why it failed, "" when it passed
/// @param by who held it
public record Drill(
    String id,
    String of,
    boolean passed,
    Map<String, Long> figures,
    String note,
    Instant at,
    Actor by) {
  /// The kill switch on open streams.
  public static final String KILL_SWITCH = "kill-switch";

  /// The circuit breaker before a provider that fails.
  public static final String CIRCUIT_BREAKER = "circuit-breaker";

  public Drill {
    figures = Collections.unmodifiableMap(new TreeMap<>(figures));
  }
}
