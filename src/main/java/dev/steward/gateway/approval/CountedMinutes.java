// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Minutes of people that spans have already, by approval, so that a call which is made again does
/// not pay for them again. It is forgotten with the process.
final class CountedMinutes {
  private static final int APPROVALS_MAX = 10_000;

  private final Map<String, BigDecimal> told = new LinkedHashMap<>();

  /// What has come to it, empty for nothing.
  ///
  /// @param all minutes of the approval so far
  synchronized Optional<BigDecimal> more(String approval, BigDecimal all) {
    BigDecimal before = told.put(approval, all);
    if (told.size() > APPROVALS_MAX) {
      told.remove(told.keySet().iterator().next());
    }
    BigDecimal more = before == null ? all : all.subtract(before);
    return before == null || more.signum() > 0 ? Optional.of(more) : Optional.empty();
  }
}
