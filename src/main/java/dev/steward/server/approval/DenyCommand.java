// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.approval;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `steward deny`: a person refuses a call.
@Command(name = "deny", description = "Refuses a call that waits, or takes back a yes.")
public final class DenyCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ID", description = "the approval, as 'steward approvals' lists it")
  private String id = "";

  @Option(names = "--reason", description = "why; the agent is told it")
  private @Nullable String reason;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ObjectNode wanted = JsonMapper.shared().createObjectNode().put("answer", "deny");
    if (reason != null) {
      wanted.put("reason", reason);
    }
    JsonNode answer = server.connect().post("/api/v1/approvals/" + Percent.encoded(id), wanted);
    output.write(
        spec.commandLine().getOut(),
        answer,
        item -> "denied: %s%n".formatted(item.path("wish").asString()));
    return ExitCode.DONE;
  }
}
