// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
    JsonNode note =
        server
            .connect()
            .post("/api/v1/backup", new JsonMapper().createObjectNode().put("to", folder));
    output.write(
        spec.commandLine().getOut(),
        note,
        n ->
            "backed up to %s: %s ledger entries, %s spans loaded, the rest in the journal%n"
                .formatted(
                    folder, n.path("controlEntries").asString(), n.path("spans").asString()));
    return ExitCode.DONE;
  }
}
