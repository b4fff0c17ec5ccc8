// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.incident;

import dev.steward.domain.Percent;

/// Where people see an incident.
public final class IncidentAddress {
  private IncidentAddress() {}

  /// Such as `incidents/ID`.
  public static String of(String id) {
    return "incidents/" + Percent.encoded(id);
  }
}
