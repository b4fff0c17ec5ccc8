// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.domain.Percent;
import dev.steward.domain.Selector;
import dev.steward.server.backup.BackupNote;
import dev.steward.server.backup.Restore;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Progress;
import dev.steward.server.client.ServerConnection;
import dev.steward.server.client.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `steward restore`: ends a kill, or makes a data folder from a backup.
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Lets killed calls begin again: steward restore KILL --reason WHY. Of everything, or of a"
          + " high-risk agent, a second person must restore it too.",
      "Or makes the data folder of a server from a backup: steward restore --from DIR --data DIR."
          + " The backup stays as it is."
    })
public final class RestoreCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(
      arity = "0..1",
      paramLabel = "KILL",
      description = "a kill's id or its selector, as 'steward kills' lists them")
  private @Nullable String kill;

  @Option(names = "--reason", description = "why the kill ends, for the ledger")
  private @Nullable String reason;

  @Option(names = "--from", paramLabel = "DIR", description = "the backup")
  private @Nullable Path from;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the new data folder, missing or empty")
  private @Nullable Path data;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (kill != null && reason != null && from == null && data == null) {
      return endKill(kill, reason);
    }
    if (from != null && data != null && kill == null && reason == null) {
      return fromBackup(from, data);
    }
    throw new CommandFailure(
        ExitCode.WRONG_USE,
        "say what to restore: KILL with --reason, or a data folder with --from and --data");
  }

  private int endKill(String named, String why) {
    ServerConnection connection = server.connect();
    String id = named.equals("everything") || named.contains("=") ? find(connection, named) : named;
    JsonNode wanted = JsonMapper.shared().createObjectNode().put("reason", why);
    JsonNode answer = connection.post("/api/v1/kills/" + Percent.encoded(id) + "/restore", wanted);
    output.write(
        spec.commandLine().getOut(),
        answer,
        done ->
            done.path("restored").asBoolean()
                ? "restored %s: new calls go through%n".formatted(id)
                : "proposed to restore %s: a second person must run the same command%n"
                    .formatted(id));
    return ExitCode.DONE;
  }

  private static String find(ServerConnection connection, String selector) {
    String wanted = Selector.parse(selector).toString();
    for (JsonNode item : connection.get("/api/v1/kills").path("items")) {
      if (item.path("written").asString().equals(wanted)) {
        return item.path("id").asString();
      }
    }
    throw new CommandFailure(
        ExitCode.WRONG_USE,
        "no kill in force has the selector " + wanted + "; 'steward kills' lists all");
  }

  private int fromBackup(Path backup, Path target) throws IOException {
    BackupNote note;
    try (Progress progress = Progress.on(spec.commandLine().getErr(), "files")) {
      note = new Restore(backup).into(target, progress::show);
    }
    output.write(
        spec.commandLine().getOut(),
        JsonMapper.shared().valueToTree(note),
        _ ->
            "restored the backup of %s; check it with 'steward verify --data %s', then start it%n"
                .formatted(note.at(), target));
    return ExitCode.DONE;
  }
}
