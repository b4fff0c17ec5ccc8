// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.command;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is kept past its retention.
@Command(name = "holds", description = "Places, lists and lifts legal holds.")
public final class HoldsCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      mixinStandardHelpOptions = true,
      description = "Keeps a run, conversation or incident past its retention.")
  int place(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(index = "0", paramLabel = "SUBJECT", description = "run, conversation, incident")
          String subject,
      @Parameters(index = "1", paramLabel = "ID") String id,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    JsonNode wanted =
        JsonMapper.shared()
            .createObjectNode()
            .put("subject", subject)
            .put("subjectId", id)
            .put("reason", reason);
    JsonNode placed = server.connect().post("/api/v1/holds", wanted);
    output.write(spec.commandLine().getOut(), placed, HoldsCommand::placed);
    return ExitCode.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lists the holds in force.")
  int list(@Mixin ServerOptions server, @Mixin Output output) {
    JsonNode holds = server.connect().get("/api/v1/holds?limit=500");
    output.write(spec.commandLine().getOut(), holds, HoldsCommand::table);
    return ExitCode.DONE;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lifts a hold.")
  int lift(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = "the hold's id") String id,
      @Option(names = "--reason", description = "why, for the ledger") @Nullable String reason) {
    server
        .connect()
        .delete(
            new Query("/api/v1/holds/" + Percent.encoded(id)).with("reason", reason).toString());
    spec.commandLine().getOut().println("lifted " + id);
    return ExitCode.DONE;
  }

  private static String placed(JsonNode hold) {
    String warning = hold.path("warning").asString("");
    return "hold %s on %s %s%n"
            .formatted(
                hold.path("id").asString(),
                hold.path("subject").asString(),
                hold.path("subjectId").asString())
        + (warning.isEmpty() ? "" : "warning: " + warning + System.lineSeparator());
  }

  private static String table(JsonNode answer) {
    Table table = new Table("ID", "SUBJECT", "OF", "PLACED", "REASON");
    for (JsonNode hold : answer.path("items")) {
      table.row(
          hold.path("id").asString(),
          hold.path("subject").asString(),
          hold.path("subjectId").asString(),
          hold.path("placedAt").asString(),
          hold.path("reason").asString(""));
    }
    return table.isEmpty() ? "no holds\n" : table.toString();
  }
}
