// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.runs;

import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// What agents cost, in groups.
@Command(name = "cost", description = "Says what agents cost, in groups; usually of 30 days.")
public final class CostCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = "--by",
      paramLabel = "DIMENSION",
      split = ",",
      defaultValue = "agent",
      description =
          "agent, version, model, tool, workflow, team, environment, run, day, hour, minute;"
              + " several with commas (default ${DEFAULT-VALUE})")
  private List<String> by = List.of("agent");

  @Option(names = "--agent", description = "only this agent")
  private String agent = "";

  @Option(names = "--team", description = "only this team")
  private String team = "";

  @Option(names = "--environment", description = "only this environment")
  private String environment = "";

  @Option(names = "--from", description = "from this time or day on")
  private String from = "";

  @Option(names = "--to", description = "before this time or day")
  private String to = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Query query =
        new Query("/api/v1/cost")
            .with("by", String.join(",", by))
            .with("agent", agent)
            .with("team", team)
            .with("environment", environment)
            .with("from", from)
            .with("to", to);
    output.write(
        spec.commandLine().getOut(), server.connect().get(query.toString()), CostCommand::table);
    return ExitCode.DONE;
  }

  private static String table(JsonNode answer) {
    List<String> names = new ArrayList<>();
    answer.path("by").forEach(name -> names.add(name.asString()));
    List<String> head = new ArrayList<>();
    names.forEach(name -> head.add(name.toUpperCase(java.util.Locale.ROOT)));
    head.addAll(List.of("COST", "UNKNOWN", "RUNS", "CALLS"));
    Table table = new Table(head.toArray(String[]::new));
    for (JsonNode row : answer.path("items")) {
      List<String> cells = new ArrayList<>();
      names.forEach(name -> cells.add(row.path("group").path(name).asString("")));
      cells.add(MoneyText.of(row.path("cost")));
      cells.add(row.path("unknownCosts").asString());
      cells.add(row.path("runs").asString("-"));
      cells.add(row.path("modelCalls").asString());
      table.row(cells.toArray(String[]::new));
    }
    return table.isEmpty() ? "nothing was spent then\n" : table.toString();
  }
}
