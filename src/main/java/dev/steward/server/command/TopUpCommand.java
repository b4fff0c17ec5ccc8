// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.command;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.manifest.PlanText;
import java.math.BigDecimal;
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
import tools.jackson.databind.node.ObjectNode;

/// More for the open window of a budget.
@Command(name = "top-up", description = "Adds to what there is in the open window of a budget.")
public final class TopUpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "NAME", description = "the budget")
  private String name = "";

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "in the unit of its limit")
  private BigDecimal amount = BigDecimal.ZERO;

  @Option(names = "--reason", required = true, description = "why, for the ledger")
  private String reason = "";

  @Option(names = "--run", description = "whose window, for a budget by the run")
  private @Nullable String run;

  @Override
  public Integer call() {
    ObjectNode wanted =
        JsonMapper.shared().createObjectNode().put("amount", amount).put("reason", reason);
    if (run != null) {
      wanted.put("run", run);
    }
    JsonNode answer =
        server.connect().post("/api/v1/budgets/" + Percent.encoded(name) + "/top-up", wanted);
    boolean waits = answer.path("proposal").isObject();
    output.write(spec.commandLine().getOut(), answer, waits ? PlanText::of : BudgetsCommand::table);
    return waits ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }
}
