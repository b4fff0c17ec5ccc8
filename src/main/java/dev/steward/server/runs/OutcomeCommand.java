// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.runs;

import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
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

/// Says how a run ended.
@Command(name = "outcome", description = "Says how a run ended: a label, a score, or both.")
public final class OutcomeCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "RUN")
  private String run = "";

  @Option(names = "--label", description = "such as success or failure")
  private @Nullable String label;

  @Option(names = "--score", description = "a number, 1 for the best")
  private @Nullable Double score;

  @Option(names = "--explanation", description = "why")
  private @Nullable String explanation;

  @Option(names = "--who", description = "who judged it, where that is not you")
  private @Nullable String who;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (label == null && score == null) {
      throw new CommandFailure(ExitCode.WRONG_USE, "give --label, --score, or both");
    }
    ObjectNode said = JsonMapper.shared().createObjectNode();
    said.put("label", label).put("score", score).put("explanation", explanation).put("who", who);
    JsonNode told = server.connect().post("/api/v1/runs/" + Query.encoded(run) + "/outcome", said);
    output.write(
        spec.commandLine().getOut(),
        told,
        t -> "told of run %s by %s%n".formatted(t.path("run").asString(), t.path("by").asString()));
    return ExitCode.DONE;
  }
}
