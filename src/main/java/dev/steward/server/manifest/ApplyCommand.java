// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.manifest;

import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Declares resources: all of them, or none.
@Command(
    name = "apply",
    description = "Declares the resources of YAML files: all of them, or none.")
public final class ApplyCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();
  @Mixin private ManifestFiles files = new ManifestFiles();

  @Option(names = "--dry-run", description = "only tells what it would change")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JsonNode plan =
        server.connect().plan("/api/v1/apply" + (dryRun ? "?dryRun=true" : ""), files.read());
    output.write(spec.commandLine().getOut(), plan, PlanText::of);
    return PlanText.exitCode(plan, dryRun);
  }
}
