// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.alert;

import dev.steward.control.incident.Concern;
import dev.steward.domain.resource.AlertRule.Level;
import java.util.List;

/// What makes an alert fire now.
///
/// @param level the worst of it
/// @param agents whom it is about; none where it is about the server
/// @param findings by id
/// @param title one line
/// @param why the numbers
public record Firing(
    Level level, List<Concern> agents, List<String> findings, String title, String why) {
  public Firing {
    agents = List.copyOf(agents);
    findings = List.copyOf(findings);
  }
}
