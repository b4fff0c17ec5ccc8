// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.manifest;

import dev.steward.domain.Percent;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Deletes a resource; its history stays.
@Command(name = "delete", description = "Deletes a resource. Its history stays in the ledger.")
public final class DeleteCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "KIND")
  private String kind = "";

  @Parameters(index = "1", paramLabel = "NAME")
  private String name = "";

  @Option(names = "--dry-run", description = "only tells what it would change")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    String path =
        "/api/v1/resources/%s/%s%s"
            .formatted(Percent.encoded(kind), Percent.encoded(name), dryRun ? "?dryRun=true" : "");
    JsonNode plan = server.connect().delete(path);
    output.write(spec.commandLine().getOut(), plan, PlanText::of);
    return PlanText.exitCode(plan, dryRun);
  }
}
