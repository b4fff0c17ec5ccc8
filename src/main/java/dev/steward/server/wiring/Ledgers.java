// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.control.Control;
import dev.steward.control.ControlConfig;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.LedgerConfig;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.note.SigningKey;
import dev.steward.ledger.note.VerifierKey;
import dev.steward.ledger.storage.BrokenLedgerException;
import dev.steward.ledger.witness.WitnessConfig;
import dev.steward.ledger.witness.Witnesses;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.folder.StartRefused;
import dev.steward.server.log.Anchoring;
import dev.steward.server.log.Logs;
import dev.steward.store.sqlite.SqliteLedgerStore;
import dev.steward.store.sqlite.SqlitePeopleDirectory;
import dev.steward.store.sqlite.SqliteSnapshotStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// The two ledgers and the State that is folded from the first.
record Ledgers(Logs logs, Control control) {

  static Ledgers open(
      DataFolder folder,
      dev.steward.server.section.LedgerConfig config,
      InstantSource clock,
      SecureRandom random,
      Closing closing) {
    List<WitnessConfig> witnesses = config.witnesses().stream().map(Ledgers::witness).toList();
    Log log = new Log(folder, config.origin(), witnesses, clock, random);
    Ledger controlLog = closing.add(log.open("control", folder.controlLedger()));
    Ledger activityLog = closing.add(log.open("activity", folder.activityLedger()));
    SqlitePeopleDirectory people = closing.add(SqlitePeopleDirectory.open(folder.people()));
    SqliteSnapshotStore snapshots = closing.add(SqliteSnapshotStore.open(folder.snapshots()));
    Control control =
        closing.add(
            Control.open(controlLog, people, snapshots, clock, random, ControlConfig.DEFAULT));
    if (!witnesses.isEmpty()) {
      closing.add(Witnesses.start(controlLog, witnesses));
      closing.add(Witnesses.start(activityLog, witnesses));
    }
    Logs logs = new Logs(controlLog, activityLog);
    closing.add(Anchoring.start(logs, control, config.anchorEvery()));
    return new Ledgers(logs, control);
  }

  private static WitnessConfig witness(String written) {
    int space = written.strip().indexOf(' ');
    String url = written.strip().substring(0, space);
    String vkey = written.strip().substring(space + 1).strip();
    return new WitnessConfig(vkey.substring(0, vkey.indexOf('+')), vkey, URI.create(url));
  }

  /// How a log of this server is opened.
  private record Log(
      DataFolder folder,
      String origin,
      List<WitnessConfig> witnesses,
      InstantSource clock,
      SecureRandom random) {

    /// The key is made after the file. A key without its ledger means that the ledger was taken
    /// away: to begin a new one would hide that, and let a stranger in as the first admin.
    private void requireWhatWasThere(String name, Path file) {
      try {
        if (Files.exists(folder.signingKey(name))
            && (Files.notExists(file) || Files.size(file) == 0)) {
          throw new BrokenLedgerException(
              file.toString(), "its file is gone or empty, though its signing key is there");
        }
      } catch (IOException e) {
        throw new StartRefused("the ledger " + file + " cannot be read: " + e, e);
      }
    }

    private Ledger open(String name, Path file) {
      requireWhatWasThere(name, file);
      SqliteLedgerStore store = SqliteLedgerStore.open(file);
      try {
        SigningKey key = SigningKey.open(folder.signingKey(name), origin + "/" + name, random);
        List<VerifierKey> more = witnesses.stream().map(WitnessConfig::key).toList();
        KnownKeys known = KnownKeys.open(folder.knownKeys(name), key).withWitnesses(more);
        known.write(folder.knownKeys(name));
        return Ledger.open(store, key, known, clock, LedgerConfig.DEFAULT);
      } catch (IOException e) {
        store.close();
        throw new StartRefused("the keys of the ledger " + name + " cannot be used: " + e, e);
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    }
  }
}
