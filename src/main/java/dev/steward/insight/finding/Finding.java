// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that is not as it should be.
///
/// @param id the same as long as it is the same finding, such as `failing/refunds`
/// @param subject whom it is about
/// @param title what is the matter, in a sentence without its full stop
/// @param why the numbers, and the rule by which they are a finding
/// @param since when it began, null when that is not known
/// @param evidence where it can be seen
/// @param remedies what can be done, the mildest first
public record Finding(
    String id,
    Severity severity,
    Subject subject,
    String title,
    String why,
    @Nullable Instant since,
    List<Way> evidence,
    List<Way> remedies) {
  public Finding {
    evidence = List.copyOf(evidence);
    remedies = List.copyOf(remedies);
  }
}
