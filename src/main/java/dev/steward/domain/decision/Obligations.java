// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What must be done along with an allowed call.
///
/// @param redact fields of the result that the agent must not see, by path such as `customer.iban`
/// @param limits each of which must hold
/// @param reason whether the agent must say why it calls
public record Obligations(List<String> redact, List<RateLimit> limits, boolean reason) {
  public static final Obligations NONE = new Obligations(List.of(), List.of(), false);

  public Obligations {
    redact = List.copyOf(redact);
    limits = List.copyOf(limits);
  }

  /// At most so many calls of one agent in any such time.
  public record RateLimit(long calls, Duration per) {}

  public boolean none() {
    return redact.isEmpty() && limits.isEmpty() && !reason;
  }

  /// Both.
  public Obligations and(Obligations other) {
    if (other.none()) {
      return this;
    }
    Set<String> fields = new LinkedHashSet<>(redact);
    fields.addAll(other.redact);
    Set<RateLimit> rates = new LinkedHashSet<>(limits);
    rates.addAll(other.limits);
    return new Obligations(new ArrayList<>(fields), new ArrayList<>(rates), reason || other.reason);
  }
}
