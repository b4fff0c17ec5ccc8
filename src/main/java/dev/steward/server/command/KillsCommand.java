// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.command;

import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `steward kills`: what is stopped.
@Command(name = "kills", description = "Lists the kills in force.")
public final class KillsCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JsonNode kills = server.connect().get("/api/v1/kills");
    output.write(spec.commandLine().getOut(), kills, KillsCommand::table);
    return ExitCode.DONE;
  }

  private static String table(JsonNode answer) {
    Table table = new Table("ID", "KILLED", "SINCE", "REASON", "STATUS");
    for (JsonNode kill : answer.path("items")) {
      table.row(
          kill.path("id").asString(),
          kill.path("meaning").asString(),
          kill.path("at").asString(),
          kill.path("reason").asString(""),
          status(kill));
    }
    return table.isEmpty() ? "no kills in force\n" : table.toString();
  }

  private static String status(JsonNode kill) {
    if (!kill.path("recorded").asBoolean(true)) {
      return "NOT YET IN THE LEDGER";
    }
    return kill.path("proposal").isObject() ? "restore waits for a second person" : "in force";
  }
}
