// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.doctor;

import tools.jackson.databind.JsonNode;

/// What is said of somebody whose circuit is not closed, behind the name.
final class CircuitWords {
  private CircuitWords() {}

  static String left(String circuit, JsonNode health) {
    return (circuit.equals("open")
            ? " is left alone, since it failed too often"
            : " is being tried again with single calls, since it failed too often")
        + ": "
        + health.path("lastError").path("message").asString("no reason is known");
  }
}
