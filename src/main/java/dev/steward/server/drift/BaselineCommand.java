// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drift;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an agent's runs are compared with.
@Command(name = "baseline", description = "What an agent's runs are compared with.")
public final class BaselineCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Lets a baseline go, with its alarms. Another is learnt from the runs from now on.")
  int relearn(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "AGENT", description = "its name") String agent,
      @Option(
              names = "--environment",
              required = true,
              paramLabel = "NAME",
              description = "where the baseline is in force")
          String environment,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    JsonNode wanted =
        JsonMapper.shared()
            .createObjectNode()
            .put("environment", environment)
            .put("reason", reason);
    server.connect().post("/api/v1/agents/" + Percent.encoded(agent) + "/baseline", wanted);
    spec.commandLine()
        .getOut()
        .println("let go the baseline of %s in %s".formatted(agent, environment));
    return ExitCode.DONE;
  }
}
