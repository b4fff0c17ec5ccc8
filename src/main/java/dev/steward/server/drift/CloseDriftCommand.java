// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drift;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `steward drift close`: somebody has seen to an alarm.
@Command(
    name = "close",
    description =
        "Closes an alarm that somebody has seen to; the same is not raised again until the baseline"
            + " is let go.")
public final class CloseDriftCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "ID", description = "the alarm's id")
  private String id = "";

  @Option(names = "--reason", required = true, description = "why, for the ledger")
  private String reason = "";

  @Override
  public Integer call() {
    server
        .connect()
        .post(
            "/api/v1/drift/" + Percent.encoded(id) + "/close",
            JsonMapper.shared().createObjectNode().put("reason", reason));
    spec.commandLine().getOut().println("closed " + id);
    return ExitCode.DONE;
  }
}
