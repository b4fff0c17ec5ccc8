// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.proposal;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A second person's answer to a change.
abstract class AnswerCommand implements Callable<Integer> {
  private final String answer;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ID", description = "the proposal, as 'steward proposals' lists it")
  private String id = "";

  @Option(names = "--reason", required = true, description = "why, for the ledger")
  private String reason = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  /// @param answer accept or reject
  AnswerCommand(String answer) {
    this.answer = answer;
  }

  @Override
  public Integer call() {
    JsonNode answered =
        server
            .connect()
            .post(
                "/api/v1/proposals/" + Percent.encoded(id) + "/" + answer,
                JsonMapper.shared().createObjectNode().put("reason", reason));
    output.write(spec.commandLine().getOut(), answered, ProposalText::one);
    return ExitCode.DONE;
  }
}
