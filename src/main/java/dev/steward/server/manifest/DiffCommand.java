// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.manifest;

import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Tells what an apply would change; exit code 1 when it would change something.
@Command(
    name = "diff",
    description = "Tells what an apply would change. Exit code 1 means that it would.")
public final class DiffCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();
  @Mixin private ManifestFiles files = new ManifestFiles();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JsonNode plan = server.connect().plan("/api/v1/diff", files.read());
    output.write(spec.commandLine().getOut(), plan, PlanText::of);
    if (!plan.path("problems").isEmpty()) {
      return ExitCode.WRONG_USE;
    }
    return changesNothing(plan) ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private static boolean changesNothing(JsonNode plan) {
    return StreamSupport.stream(plan.path("changes").spliterator(), false)
        .allMatch(change -> change.path("change").asString().equals("unchanged"));
  }
}
