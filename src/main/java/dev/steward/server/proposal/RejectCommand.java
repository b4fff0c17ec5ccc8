// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.proposal;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `steward reject`: a second person's answer to a change.
@Command(
    name = "reject",
    description = "Rejects a change that waits for a second person, or takes back one's own.")
public final class RejectCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ID", description = "the proposal, as 'steward proposals' lists it")
  private String id = "";

  @Option(names = "--reason", required = true, description = "why, for the ledger")
  private String reason = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JsonNode answer =
        server
            .connect()
            .post(
                "/api/v1/proposals/" + Query.encoded(id) + "/reject",
                JsonMapper.shared().createObjectNode().put("reason", reason));
    output.write(spec.commandLine().getOut(), answer, ProposalText::one);
    return ExitCode.DONE;
  }
}
