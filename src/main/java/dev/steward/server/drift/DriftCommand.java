// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drift;

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

/// `steward drift`: whether agents still do what they did.
@Command(
    name = "drift",
    description = {
      "Shows whether agents still do what they did when their baselines were learnt: what moved,",
      "how sure that is, since when, and what may have caused it."
    },
    subcommands = CloseDriftCommand.class)
public final class DriftCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Option(names = "--agent", paramLabel = "NAME", description = "Only this agent.")
  private String agent = "";

  @Option(names = "--environment", paramLabel = "NAME", description = "Only there.")
  private String environment = "";

  @Option(names = "--drifted", description = "Only those of which an alarm is open.")
  private boolean drifted;

  @Override
  public Integer call() {
    output.write(
        spec.commandLine().getOut(),
        server
            .connect()
            .get(
                new Query("/api/v1/drift")
                    .with("agent", agent)
                    .with("environment", environment)
                    .with("drifted", drifted ? "true" : "")
                    .toString()),
        DriftText::of);
    return ExitCode.DONE;
  }
}
