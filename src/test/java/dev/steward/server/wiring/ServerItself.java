// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import java.nio.file.Path;

/// What a server wishes by itself, put into the ledger of one that is closed.
public final class ServerItself {
  private ServerItself() {}

  public static void submit(Path folder, Command... commands) {
    try (Closing closing = new Closing()) {
      Control control = ApprovalProcess.open(folder, closing);
      for (Command command : commands) {
        control.submit(command, Actor.SYSTEM);
      }
    }
  }
}
