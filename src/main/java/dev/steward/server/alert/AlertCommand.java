// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.alert;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What people do about an alert.
@Command(name = "alert", description = "Shows an alert, and takes it on.")
public final class AlertCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      mixinStandardHelpOptions = true,
      description = "Shows one alert: who was told, whether it arrived, and what comes next.")
  int show(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "the alert's id") String id) {
    return write(output, server.connect().get(path(id, "")));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Takes an alert on: it is neither repeated nor escalated, unless it gets worse.")
  int acknowledge(
      @Mixin ServerOptions server,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "the alert's id") String id,
      @Option(names = "--reason", required = true, description = "why, for the ledger")
          String reason) {
    return write(
        output,
        server
            .connect()
            .post(
                path(id, "/acknowledge"),
                JsonMapper.shared().createObjectNode().put("reason", reason)));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Shows what the thresholds of AlertRules say of each agent now.")
  int thresholds(@Mixin ServerOptions server, @Mixin Output output) {
    output.write(
        spec.commandLine().getOut(),
        server.connect().get("/api/v1/thresholds"),
        AlertText::thresholds);
    return ExitCode.DONE;
  }

  private int write(Output output, JsonNode alert) {
    output.write(spec.commandLine().getOut(), alert, AlertText::one);
    return ExitCode.DONE;
  }

  private static String path(String id, String more) {
    return "/api/v1/alerts/" + Percent.encoded(id) + more;
  }
}
