// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.command;

import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// How much of each budget is used.
@Command(name = "budgets", description = "Shows how much of each budget is used, and its forecast.")
public final class BudgetsCommand implements Callable<Integer> {
  private static final int DECIMALS = 4;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    JsonNode budgets = server.connect().get("/api/v1/budgets");
    output.write(spec.commandLine().getOut(), budgets, BudgetsCommand::table);
    return ExitCode.DONE;
  }

  static String table(JsonNode answer) {
    Table table =
        new Table("BUDGET", "WINDOW", "UNIT", "LIMIT", "USED", "RESERVED", "FORECAST", "RESETS");
    for (JsonNode item : answer.path("items")) {
      String run = item.path("run").asString("");
      table.row(
          item.path("name").asString(),
          run.isEmpty() ? item.path("every").asString() : "run " + run,
          item.path("unit").asString(),
          amount(item.path("limit")),
          amount(item.path("used")),
          amount(item.path("reserved")),
          item.path("forecast").isString() ? amount(item.path("forecast")) : "-",
          item.path("resets").asString("-"));
    }
    return table.isEmpty()
        ? "no budgets; declare one with kind: Budget and steward apply\n"
        : table.toString();
  }

  private static String amount(JsonNode text) {
    BigDecimal amount = new BigDecimal(text.asString());
    return amount.scale() > DECIMALS
        ? amount.setScale(DECIMALS, RoundingMode.UP).toPlainString()
        : amount.toPlainString();
  }
}
