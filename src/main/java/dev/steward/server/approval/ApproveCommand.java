// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.approval;

import dev.steward.domain.Percent;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `steward approve`: a person agrees to a call.
@Command(
    name = "approve",
    description = "Agrees to a call that waits, as it is or with other arguments.")
public final class ApproveCommand implements Callable<Integer> {
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ID", description = "the approval, as 'steward approvals' lists it")
  private String id = "";

  @Option(names = "--reason", description = "why, for the ledger")
  private @Nullable String reason;

  @Option(
      names = "--arguments",
      paramLabel = "JSON",
      description = "agrees to these arguments instead")
  private @Nullable String arguments;

  @Option(names = "--minutes", paramLabel = "N", description = "how long it took")
  private @Nullable BigDecimal minutes;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ObjectNode wanted = JsonMapper.shared().createObjectNode().put("answer", "approve");
    if (reason != null) {
      wanted.put("reason", reason);
    }
    if (arguments != null) {
      wanted.set("arguments", edited(arguments));
    }
    if (minutes != null) {
      wanted.put("minutes", minutes);
    }
    JsonNode answer = server.connect().post("/api/v1/approvals/" + Percent.encoded(id), wanted);
    output.write(spec.commandLine().getOut(), answer, ApproveCommand::told);
    return ExitCode.DONE;
  }

  private static JsonNode edited(String text) {
    try {
      return EXACT.readTree(text);
    } catch (JacksonException e) {
      throw new CommandFailure(
          ExitCode.WRONG_USE, "--arguments is not JSON: " + e.getOriginalMessage());
    }
  }

  private static String told(JsonNode item) {
    int missing = item.path("missing").asInt();
    return item.path("status").asString().equals("pending")
        ? "agreed: %d more %s agree until %s%n"
            .formatted(
                missing,
                missing == 1 ? "person must" : "people must",
                item.path("expiresAt").asString())
        : "approved: %s; it is called once, until %s%n"
            .formatted(item.path("wish").asString(), item.path("expiresAt").asString());
  }
}
