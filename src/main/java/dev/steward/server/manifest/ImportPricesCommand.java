// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.manifest;

import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.ServerConnection;
import dev.steward.server.client.ServerOptions;
import dev.steward.trace.pricetable.PriceTables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Declares the prices of a public table, genai-prices or LiteLLM.
@Command(
    name = "prices",
    description = "Declares the prices of a public table: genai-prices' or LiteLLM's JSON.")
public final class ImportPricesCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "FILE")
  private Path file = Path.of("");

  @Option(names = "--dry-run", description = "only tells what it would change")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PriceTables.Table table = PriceTables.read(file.toString(), Files.readAllBytes(file));
    String yaml =
        table.prices().stream().map(Manifests::yaml).collect(Collectors.joining("\n---\n"));
    ServerConnection connection = server.connect();
    JsonNode plan =
        connection.plan(
            "/api/v1/apply" + (dryRun ? "?dryRun=true" : ""),
            ManifestsOnDisk.body(List.of(new ManifestFile(file.toString(), yaml))));
    PrintWriter out = spec.commandLine().getOut();
    plan.path("problems").forEach(p -> out.println("error: " + PlanText.problem(p)));
    table.skipped().forEach(s -> out.printf("left out: %s (%s)%n", s.model(), s.reason()));
    out.printf(
        "%d prices of a %s table %s, %d left out%n",
        table.prices().size(),
        table.form(),
        plan.path("applied").asBoolean() ? "declared" : "read, nothing was changed",
        table.skipped().size());
    out.flush();
    return plan.path("problems").isEmpty() ? ExitCode.DONE : ExitCode.WRONG_USE;
  }
}
