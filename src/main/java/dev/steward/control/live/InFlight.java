// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.domain.Cost;
import dev.steward.domain.Subject;
import java.time.Instant;

/// A call that has begun and not ended.
///
/// @param tokens that came so far, both ways
/// @param cost so far, unknown until something can be said
/// @param step name of the step in its run, such as `chat gpt-5`
public record InFlight(
    String id, Kind kind, Subject subject, Instant since, long tokens, Cost cost, String step) {

  /// What is called.
  public enum Kind {
    MODEL,
    TOOL,
    AGENT,
    DATA
  }

  /// One that has just begun.
  public static InFlight begun(String id, Kind kind, Subject subject, Instant since, String step) {
    return new InFlight(id, kind, subject, since, 0, new Cost.Unknown("the call goes on"), step);
  }
}
