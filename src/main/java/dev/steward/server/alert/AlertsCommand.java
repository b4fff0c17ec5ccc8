// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.alert;

import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `steward alerts`: what fires.
@Command(name = "alerts", description = "Lists alerts, firing ones first.")
public final class AlertsCommand implements Callable<Integer> {
  private static final int LIMIT = 500;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only firing, silenced, acknowledged or resolved.")
  private String status = "";

  @Option(
      names = "--severity",
      paramLabel = "WORD",
      description = "Only critical, warning or note.")
  private String severity = "";

  @Option(names = "--agent", paramLabel = "NAME", description = "Only those about this agent.")
  private String agent = "";

  @Option(names = "--rule", paramLabel = "NAME", description = "Only those of this AlertRule.")
  private String rule = "";

  @Override
  public Integer call() {
    output.write(
        spec.commandLine().getOut(),
        server
            .connect()
            .get(
                new Query("/api/v1/alerts")
                    .with("limit", LIMIT)
                    .with("status", status)
                    .with("severity", severity)
                    .with("agent", agent)
                    .with("rule", rule)
                    .toString()),
        AlertText::list);
    return ExitCode.DONE;
  }
}
