// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.health;

import dev.steward.gateway.health.CountedGate.Entered;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;

/// What stands before one tool server.
public final class ToolGate {
  private final String server;
  private final CountedGate gate;

  ToolGate(String server, CountedGate gate) {
    this.server = server;
    this.gate = gate;
  }

  /// Takes a place, which must be left.
  ///
  /// @throws ToolServerException where there is none
  public Visit enter() throws ToolServerException {
    return switch (gate.enter()) {
      case Entered.In(Visit visit) -> visit;
      case Entered.Spared spared ->
          throw new ToolServerException(
              new Reason.NotSent("The tool server " + server + " " + spared.why()));
    };
  }
}
