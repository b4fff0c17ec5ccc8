// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.verify.BodyNames;
import dev.steward.ledger.verify.LedgerVerifier;
import dev.steward.ledger.verify.VerifyResult;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.log.AnchorCheck;
import dev.steward.store.sqlite.SqliteLedgerStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `steward verify`: recomputes both ledgers of a data folder, offline.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Recomputes the ledgers of a data folder: every entry, body, tile, signature and the"
            + " consistency of all checkpoints. Offline, whether a server runs or not.",
    footer = {"", "Exit codes: 0 everything fits, 1 something does not, 2 there is no ledger."})
public final class VerifyCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "steward-data",
      description = "the data folder (default ${DEFAULT-VALUE})")
  private Path data = Path.of("steward-data");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    DataFolder folder = new DataFolder(data);
    if (!Files.isRegularFile(folder.controlLedger())) {
      throw new CommandFailure(
          ExitCode.WRONG_USE, "there is no ledger in " + data + "; name a data folder with --data");
    }
    boolean control = fits("control", folder.controlLedger(), folder);
    boolean activity = fits("activity", folder.activityLedger(), folder);
    return control && activity && anchored(folder) ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private boolean anchored(DataFolder folder) {
    PrintWriter out = spec.commandLine().getOut();
    try (SqliteLedgerStore control = SqliteLedgerStore.openReadOnly(folder.controlLedger());
        SqliteLedgerStore activity = SqliteLedgerStore.openReadOnly(folder.activityLedger())) {
      AnchorCheck.Found found = AnchorCheck.check(control, activity);
      out.println(
          switch (found) {
            case AnchorCheck.Found.Consistent all ->
                "anchors: all %d of the activity log in the control ledger hold"
                    .formatted(all.anchors());
            case AnchorCheck.Found.Contradicted one ->
                "anchors: BROKEN: %s; restore a backup of both ledgers".formatted(one.what());
          });
      out.flush();
      return found instanceof AnchorCheck.Found.Consistent;
    }
  }

  private boolean fits(String log, Path file, DataFolder folder) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (SqliteLedgerStore store = SqliteLedgerStore.openReadOnly(file)) {
      KnownKeys keys = KnownKeys.read(folder.knownKeys(log));
      VerifyResult result = new LedgerVerifier(store, keys, BodyNames.AS_STORED).verify();
      out.println(log + ": " + inWords(result));
      out.flush();
      return result instanceof VerifyResult.Verified;
    }
  }

  private static String inWords(VerifyResult result) {
    return switch (result) {
      case VerifyResult.Verified v ->
          "verified %d entries (%d of them under the last checkpoint), %d bodies, %d checkpoints, root %s"
              .formatted(v.size(), v.signedSize(), v.blobs(), v.checkpoints(), v.root());
      case VerifyResult.Broken b when b.index() >= 0 ->
          "BROKEN at entry %d: %s; %s".formatted(b.index(), b.what(), b.remedy());
      case VerifyResult.Broken b -> "BROKEN: %s; %s".formatted(b.what(), b.remedy());
    };
  }
}
