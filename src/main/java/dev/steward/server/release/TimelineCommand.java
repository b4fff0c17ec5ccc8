// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// What happened to an agent, the newest first.
@Command(
    name = "timeline",
    description = {
      "Shows what happened to an agent: versions, releases, verdicts on canaries, drift, silent",
      "model changes, undeclared changes, kills, change proposals and budgets."
    })
public final class TimelineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "AGENT", description = "Its name.")
  private String agent = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "From this time or day on; usually 30 days back.")
  private String from = "";

  @Option(names = "--to", paramLabel = "TIME", description = "Before this time; usually now.")
  private String to = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "Only this kind: version, release, verdict, drift, model, undeclared, data, kill,"
              + " proposal, budget.")
  private String kind = "";

  @Override
  public Integer call() {
    JsonNode answer =
        server
            .connect()
            .get(
                new Query("/api/v1/agents/" + Percent.encoded(agent) + "/timeline")
                    .with("from", from)
                    .with("to", to)
                    .with("kind", kind)
                    .toString());
    output.write(spec.commandLine().getOut(), answer, TimelineCommand::table);
    return ExitCode.DONE;
  }

  static String table(JsonNode answer) {
    Table table = new Table("AT", "KIND", "WHERE", "WHAT", "WHY");
    for (JsonNode item : answer.path("items")) {
      table.row(
          item.path("at").asString(),
          item.path("kind").asString(),
          item.path("environment").asString("").isEmpty()
              ? "-"
              : item.path("environment").asString(),
          item.path("title").asString(),
          item.path("detail").asString("").isEmpty() ? "-" : item.path("detail").asString());
    }
    if (table.isEmpty()) {
      return "nothing happened to it in that time; ask for more with --from\n";
    }
    return answer.path("whole").asBoolean(true)
        ? table.toString()
        : table + "the oldest are left out; ask for less with --from and --to\n";
  }
}
