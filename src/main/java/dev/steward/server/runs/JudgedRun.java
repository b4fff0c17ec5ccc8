// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.runs;

import dev.steward.domain.Percent;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The run that a command says something of, and who says it.
final class JudgedRun {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "RUN")
  private String run = "";

  @Option(names = "--who", description = "who judged it, where that is not you")
  private @Nullable String who;

  /// Tells the server, and the caller what became of it.
  ///
  /// @param path behind the run's own
  void tell(String path, ObjectNode said, PrintWriter out) {
    said.put("who", who);
    JsonNode told = server.connect().post("/api/v1/runs/" + Percent.encoded(run) + path, said);
    output.write(
        out,
        told,
        t -> "told of run %s by %s%n".formatted(t.path("run").asString(), t.path("by").asString()));
  }
}
