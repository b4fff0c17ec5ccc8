// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.runs;

import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Lists runs, the newest first.
@Command(name = "runs", description = "Lists runs, the newest first.")
public final class RunsCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Option(names = "--agent", description = "of this agent")
  private String agent = "";

  @Option(
      names = "--status",
      description = "started, working, waiting, finished, failed or abandoned")
  private String status = "";

  @Option(
      names = {"-w", "--where"},
      paramLabel = "FILTER=VALUE",
      description =
          "any filter of the API: version, environment, workflow, task, conversation, outcome,"
              + " model, tool, source, team, label, minCost, maxCost, costKnown, minSeconds,"
              + " maxSeconds, errors, text, from, to, sort, order; may be repeated")
  private List<String> filters = List.of();

  @Option(names = "--limit", defaultValue = "20", description = "default ${DEFAULT-VALUE}")
  private int limit = 20;

  @Option(names = "--cursor", description = "`next` of the page before")
  private String cursor = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Query query =
        new Query("/api/v1/runs").with("agent", agent).with("status", status).with("limit", limit);
    for (String filter : filters) {
      int at = filter.indexOf('=');
      if (at < 1) {
        throw new CommandFailure(
            ExitCode.WRONG_USE, "-w '" + filter + "': write FILTER=VALUE, such as model=gpt-5");
      }
      query.with(filter.substring(0, at), filter.substring(at + 1));
    }
    JsonNode runs = server.connect().get(query.with("cursor", cursor).toString());
    output.write(spec.commandLine().getOut(), runs, RunsCommand::table);
    return ExitCode.DONE;
  }

  private static String table(JsonNode answer) {
    Table table =
        new Table("RUN", "AGENT", "STATUS", "OUTCOME", "STARTED", "STEPS", "ERRORS", "COST");
    for (JsonNode run : answer.path("items")) {
      table.row(
          run.path("id").asString(),
          run.path("agent").asString(),
          run.path("status").asString(),
          run.path("outcome").asString("-"),
          run.path("startedAt").asString(),
          run.path("steps").asString(),
          run.path("errors").asString(),
          MoneyText.of(run.path("cost")));
    }
    if (table.isEmpty()) {
      return "no run matches\n";
    }
    String next = answer.path("next").asString("");
    return next.isEmpty() ? table.toString() : table + "more: --cursor " + next + "\n";
  }
}
