// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.baseline;

import dev.steward.domain.Percent;

/// Where people see what differs from a baseline.
public final class DriftAddress {
  private DriftAddress() {}

  /// Such as `drift/refunds/production`.
  public static String of(String agent, String environment) {
    return "drift/"
        + Percent.encoded(agent)
        + (environment.isEmpty() ? "" : "/" + Percent.encoded(environment));
  }
}
