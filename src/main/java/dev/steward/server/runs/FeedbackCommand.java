// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.runs;

import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Tells what somebody thinks of a run.
@Command(
    name = "feedback",
    description =
        "Tells what somebody thinks of a run: a thumb, a correction, a comment, or that a person"
            + " had to take over.")
public final class FeedbackCommand implements Callable<Integer> {
  @Mixin private JudgedRun run = new JudgedRun();

  @Option(names = "--thumbs", paramLabel = "up|down", description = "whether it was good")
  private @Nullable String thumbs;

  @Option(names = "--comment", description = "in free words")
  private @Nullable String comment;

  @Option(names = "--correction", description = "what the agent should have answered or done")
  private @Nullable String correction;

  @Option(names = "--escalation", description = "why a person had to take over")
  private @Nullable String escalation;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (Stream.of(thumbs, comment, correction, escalation).allMatch(Objects::isNull)) {
      throw new CommandFailure(
          ExitCode.WRONG_USE, "give --thumbs, --comment, --correction or --escalation");
    }
    ObjectNode said = JsonMapper.shared().createObjectNode();
    said.put("thumbs", thumbs).put("comment", comment).put("correction", correction);
    said.put("escalation", escalation);
    run.tell("/feedback", said, spec.commandLine().getOut());
    return ExitCode.DONE;
  }
}
