// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.domain.Digest;
import java.util.List;

/// What holds for the result of a call that its server does as a task, until that result is
/// fetched.
///
/// @param pin digest of the tool's definition when it was called
/// @param redact fields that policy hides
/// @param promised whether the tool has an output schema
public record TaskTerms(
    String server, String tool, Digest pin, List<String> redact, boolean promised) {
  public TaskTerms {
    redact = List.copyOf(redact);
  }

  /// Whether its result may be shown as it comes.
  public boolean plain() {
    return redact.isEmpty() && !promised;
  }
}
