// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.part.Fact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of a release's page is drawn anew as evidence arrives.
///
/// @param canary how it is tried, null where it never was
public record ReleaseNow(List<Fact> facts, @Nullable CanaryPart canary) {
  public ReleaseNow {
    facts = List.copyOf(facts);
  }
}
