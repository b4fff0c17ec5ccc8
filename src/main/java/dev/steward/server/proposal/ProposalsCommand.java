// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.proposal;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.policy.PreviewText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `steward proposals`: changes that wait for a second person.
@Command(
    name = "proposals",
    description =
        "Lists the changes that wait for a second person, since they widen what agents may do or"
            + " spend in canary or production, or shows one whole.")
public final class ProposalsCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(arity = "0..1", paramLabel = "ID", description = "a proposal, to see all of it")
  private String id = "";

  @Option(names = "--status", description = "open (if not said), accepted, rejected, or all")
  private String status = "open";

  @Option(
      names = "--preview",
      description = "with an ID: what it would have made of the tool calls of the last 7 days")
  private boolean preview;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Query list = new Query("/api/v1/proposals");
    if (id.isEmpty()) {
      String asked =
          status.equals("all") ? list.toString() : list.with("status", status).toString();
      output.write(spec.commandLine().getOut(), server.connect().get(asked), ProposalText::list);
      return ExitCode.DONE;
    }
    String path = "/api/v1/proposals/" + Percent.encoded(id);
    if (preview) {
      output.write(
          spec.commandLine().getOut(), server.connect().get(path + "/preview"), PreviewText::of);
    } else {
      output.write(spec.commandLine().getOut(), server.connect().get(path), ProposalText::one);
    }
    return ExitCode.DONE;
  }
}
