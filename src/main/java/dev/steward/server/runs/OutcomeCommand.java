// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.runs;

import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Says how a run ended.
@Command(name = "outcome", description = "Says how a run ended: a label, a score, or both.")
public final class OutcomeCommand implements Callable<Integer> {
  @Mixin private JudgedRun run = new JudgedRun();

  @Option(names = "--label", description = "such as success or failure")
  private @Nullable String label;

  @Option(names = "--score", description = "a number, 1 for the best")
  private @Nullable Double score;

  @Option(names = "--explanation", description = "why")
  private @Nullable String explanation;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (label == null && score == null) {
      throw new CommandFailure(ExitCode.WRONG_USE, "give --label, --score, or both");
    }
    ObjectNode said = JsonMapper.shared().createObjectNode();
    said.put("label", label).put("score", score).put("explanation", explanation);
    run.tell("/outcome", said, spec.commandLine().getOut());
    return ExitCode.DONE;
  }
}
