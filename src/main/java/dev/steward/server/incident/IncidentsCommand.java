// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

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

/// `steward incidents`: what went wrong.
@Command(name = "incidents", description = "Lists incidents, the newest first.")
public final class IncidentsCommand implements Callable<Integer> {
  private static final int LIMIT = 500;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only those that are open, contained or resolved.")
  private String status = "";

  @Option(names = "--agent", paramLabel = "NAME", description = "Only those about this agent.")
  private String agent = "";

  @Override
  public Integer call() {
    output.write(
        spec.commandLine().getOut(),
        server
            .connect()
            .get(
                new Query("/api/v1/incidents")
                    .with("limit", LIMIT)
                    .with("status", status)
                    .with("agent", agent)
                    .toString()),
        IncidentText::list);
    return ExitCode.DONE;
  }
}
