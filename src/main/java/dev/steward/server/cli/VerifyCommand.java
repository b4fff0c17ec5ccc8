// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.domain.Percent;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.storage.LedgerView;
import dev.steward.ledger.verify.BodyNames;
import dev.steward.ledger.verify.LedgerVerifier;
import dev.steward.ledger.verify.VerifyResult;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Progress;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.log.AnchorCheck;
import dev.steward.server.log.CallBodies;
import dev.steward.server.log.CallCheck;
import dev.steward.store.sqlite.SqliteLedgerStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `steward verify`: recomputes both ledgers of a data folder, or checks a bundle, offline.
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

  @Option(
      names = "--run",
      paramLabel = "ID",
      description =
          "also asks the server for this run's model calls and holds each against the activity"
              + " ledger of the data folder, so that a call that was changed later is found")
  private String run = "";

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description =
          "checks a file of `steward incident bundle` instead of a data folder: that it is what was"
              + " given out, and that each entry in it is in the ledger")
  private @Nullable Path bundle;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "public keys of the bundle's ledger that you have from elsewhere (a tlog-policy); else"
              + " those in the bundle")
  private @Nullable Path keys;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    return bundle == null ? folder() : bundle(bundle);
  }

  private int bundle(Path file) throws IOException {
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    boolean fits = BundleVerification.check(file, keys, answer);
    output.write(spec.commandLine().getOut(), answer, BundleVerification::lines);
    return fits ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private int folder() throws IOException {
    DataFolder folder = new DataFolder(data);
    if (!Files.isRegularFile(folder.controlLedger())) {
      throw new CommandFailure(
          ExitCode.WRONG_USE, "there is no ledger in " + data + "; name a data folder with --data");
    }
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    ArrayNode logs = answer.putArray("ledgers");
    boolean control =
        fits("control", folder.controlLedger(), BodyNames.AS_STORED, folder, logs.addObject());
    boolean activity =
        fits("activity", folder.activityLedger(), new CallBodies(), folder, logs.addObject());
    boolean anchored = control && activity && anchored(folder, answer.putObject("anchors"));
    boolean called = run.isEmpty() || (anchored && calls(folder, answer.putObject("calls")));
    output.write(spec.commandLine().getOut(), answer, VerifyCommand::lines);
    return anchored && called ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private static String lines(JsonNode answer) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode log : answer.path("ledgers")) {
      lines
          .append(log.path("ledger").asString())
          .append(": ")
          .append(log.path("said").asString())
          .append(System.lineSeparator());
    }
    if (answer.has("anchors")) {
      lines
          .append("anchors: ")
          .append(answer.at("/anchors/said").asString())
          .append(System.lineSeparator());
    }
    if (answer.has("calls")) {
      lines
          .append("calls: ")
          .append(answer.at("/calls/said").asString())
          .append(System.lineSeparator());
    }
    return lines.toString();
  }

  private boolean fits(String log, Path file, BodyNames names, DataFolder folder, ObjectNode answer)
      throws IOException {
    try (SqliteLedgerStore store = SqliteLedgerStore.openReadOnly(file)) {
      KnownKeys keys = KnownKeys.read(folder.knownKeys(log));
      VerifyResult result = watched(log, store, new LedgerVerifier(store, keys, names));
      boolean fits = result instanceof VerifyResult.Verified;
      answer.put("ledger", log).put("verified", fits).put("said", inWords(result));
      switch (result) {
        case VerifyResult.Verified v ->
            answer
                .put("entries", v.size())
                .put("signedEntries", v.signedSize())
                .put("bodies", v.blobs())
                .put("checkpoints", v.checkpoints())
                .put("root", v.root().hex());
        case VerifyResult.Broken b ->
            answer.put("entry", b.index()).put("what", b.what()).put("remedy", b.remedy());
      }
      return fits;
    }
  }

  private VerifyResult watched(String log, SqliteLedgerStore store, LedgerVerifier verifier) {
    long size;
    try (LedgerView view = store.view()) {
      size = view.size();
    }
    try (Progress progress =
        Progress.on(spec.commandLine().getErr(), "entries of the " + log + " ledger")) {
      // A running server may have written more since.
      return verifier.verify(done -> progress.show(Math.min(done, size), size));
    }
  }

  private static boolean anchored(DataFolder folder, ObjectNode answer) {
    try (SqliteLedgerStore control = SqliteLedgerStore.openReadOnly(folder.controlLedger());
        SqliteLedgerStore activity = SqliteLedgerStore.openReadOnly(folder.activityLedger())) {
      AnchorCheck.Found found = AnchorCheck.check(control, activity);
      boolean holds = found instanceof AnchorCheck.Found.Consistent;
      answer.put("verified", holds).put("said", inWords(found));
      return holds;
    }
  }

  private boolean calls(DataFolder folder, ObjectNode answer) {
    JsonNode told = server.connect().get("/api/v1/runs/" + Percent.encoded(run) + "/evidence");
    try (SqliteLedgerStore activity = SqliteLedgerStore.openReadOnly(folder.activityLedger())) {
      CallCheck.Found found = CallCheck.check(told.path("items"), activity);
      answer.put("verified", found.holds()).put("said", found.inWords());
      return found.holds();
    }
  }

  private static String inWords(AnchorCheck.Found found) {
    return switch (found) {
      case AnchorCheck.Found.Consistent all ->
          "all %d of the activity log in the control ledger hold".formatted(all.anchors());
      case AnchorCheck.Found.Contradicted one ->
          "BROKEN: %s; restore a backup of both ledgers".formatted(one.what());
    };
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
