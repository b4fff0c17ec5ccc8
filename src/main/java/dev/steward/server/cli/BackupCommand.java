// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Progress;
import dev.steward.server.client.ServerConnection;
import dev.steward.server.client.ServerOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `steward backup`: one consistent cut of a running server.
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Writes one consistent cut of ledgers, journal and spans, while the server runs.")
public final class BackupCommand implements Callable<Integer> {
  private static final String BACKUP = "/api/v1/backup";
  private static final long LOOK_MILLIS = 200;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "an empty folder on the server's machine")
  private Path to = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    String folder = to.toAbsolutePath().normalize().toString();
    JsonNode note;
    try (Progress progress = Progress.on(spec.commandLine().getErr(), "bytes")) {
      note = written(server.connect(), folder, progress);
    }
    output.write(
        spec.commandLine().getOut(),
        note,
        n ->
            "backed up to %s: %s ledger entries, %s spans loaded, the rest in the journal%n"
                .formatted(
                    folder, n.path("controlEntries").asString(), n.path("spans").asString()));
    return ExitCode.DONE;
  }

  private static JsonNode written(ServerConnection connection, String folder, Progress progress) {
    JsonNode wanted = JsonMapper.shared().createObjectNode().put("to", folder);
    FutureTask<JsonNode> work = new FutureTask<>(() -> connection.work(BACKUP, wanted));
    Thread.ofVirtual().name("backup").start(work);
    while (true) {
      try {
        return work.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        JsonNode now = connection.get(BACKUP);
        if (now.path("underWay").asBoolean()) {
          progress.show(now.path("writtenBytes").asLong(), now.path("ofBytes").asLong());
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof CommandFailure failure
            ? failure
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure(
            ExitCode.UNREACHABLE, "interrupted; the server goes on writing to " + folder);
      }
    }
  }
}
