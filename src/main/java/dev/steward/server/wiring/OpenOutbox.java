// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.outbox.Announcer;
import dev.steward.control.outbox.Courier;
import dev.steward.control.outbox.Outbox;
import dev.steward.control.secret.SecretStore;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.outbox.AddressGuard;
import dev.steward.server.outbox.Carriers;
import dev.steward.server.section.NoticesConfig;
import dev.steward.store.sqlite.SqliteOutbox;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Opens the outbox of this server, with who fills it and who sends what lies in it.
final class OpenOutbox {
  private OpenOutbox() {}

  /// @param address where people reach the console
  static Courier open(
      DataFolder folder,
      NoticesConfig config,
      Ledgers ledgers,
      SecretStore secrets,
      Supplier<String> address,
      InstantSource clock,
      Closing closing) {
    Outbox outbox = closing.add(SqliteOutbox.open(folder.outbox()));
    AddressGuard guard = new AddressGuard(config.allowedHosts());
    Courier courier =
        new Courier(
            outbox,
            ledgers.control()::state,
            new Carriers(guard, secrets, address, ledgers.control()::state, clock),
            clock);
    closing.add(courier);
    closing.add(
        Announcer.start(ledgers.control(), ledgers.logs().control(), outbox, courier::wake));
    return courier.start();
  }
}
