// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.incident;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Where people see an incident.
public final class IncidentPage {
  private IncidentPage() {}

  /// Such as `incidents/ID`.
  public static String of(String id) {
    return "incidents/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
