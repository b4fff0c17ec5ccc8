// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.signal;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `steward signals`: how an agent's runs went.
@Command(
    name = "signals",
    description = {
      "Shows how an agent's runs went by hour or day: success, cost, cost per successful task,",
      "waste, tools, ungrounded answers and errors that were passed over."
    })
public final class SignalsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "AGENT")
  private String agent = "";

  @Option(names = "--environment", paramLabel = "NAME", description = "Only there.")
  private String environment = "";

  @Option(names = "--window", paramLabel = "hour|day", description = "Usually day.")
  private String window = "";

  @Option(names = "--from", paramLabel = "TIME", description = "From this time or day on.")
  private String from = "";

  @Option(names = "--to", paramLabel = "TIME", description = "Before this time or day.")
  private String to = "";

  @Override
  public Integer call() {
    output.write(
        spec.commandLine().getOut(),
        server
            .connect()
            .get(
                new Query("/api/v1/agents/" + Percent.encoded(agent) + "/signals")
                    .with("environment", environment)
                    .with("window", window)
                    .with("from", from)
                    .with("to", to)
                    .toString()),
        SignalsText::of);
    return ExitCode.DONE;
  }
}
