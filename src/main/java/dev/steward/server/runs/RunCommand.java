// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.runs;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Shows one run with its spans.
@Command(name = "run", description = "Shows one run with its spans.")
public final class RunCommand implements Callable<Integer> {
  private static final int INDENT_MAX = 12;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ID", description = "of the run, or of its trace")
  private String id = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    JsonNode run = server.connect().get("/api/v1/runs/" + Percent.encoded(id));
    output.write(spec.commandLine().getOut(), run, RunCommand::text);
    return ExitCode.DONE;
  }

  private static String text(JsonNode run) {
    String head =
        "%s of %s (%s), %s, outcome %s%n%s steps, %s errors, %s tokens in, %s out, cost %s%n%n"
            .formatted(
                run.path("id").asString(),
                run.path("agent").asString(),
                run.path("environment").asString("-"),
                run.path("status").asString(),
                run.path("outcome").asString("not said"),
                run.path("steps").asString(),
                run.path("errors").asString(),
                run.path("inputTokens").asString("unknown"),
                run.path("outputTokens").asString("unknown"),
                MoneyText.of(run.path("cost")));
    return head + spans(run);
  }

  private static Table spans(JsonNode run) {
    Table table = new Table("SPAN", "KIND", "MODEL OR TOOL", "TOOK", "STATUS", "COST");
    Map<String, Integer> depths = new HashMap<>();
    for (JsonNode span : run.path("spans")) {
      int depth = depths.getOrDefault(span.path("parentSpanId").asString(""), -1) + 1;
      depths.put(span.path("spanId").asString(), depth);
      table.row(
          "  ".repeat(Math.min(depth, INDENT_MAX)) + span.path("name").asString(),
          span.path("kind").asString(),
          span.path("tool").asString(span.path("model").asString("")),
          took(span),
          span.path("status").asString(),
          span.path("cost").isObject() ? MoneyText.of(span.path("cost")) : "");
    }
    return table;
  }

  private static String took(JsonNode span) {
    Duration took =
        Duration.between(
            Instant.parse(span.path("startedAt").asString()),
            Instant.parse(span.path("endedAt").asString()));
    return took.toMillis() < 1_000
        ? took.toMillis() + " ms"
        : "%.1f s".formatted(took.toMillis() / 1_000.0);
  }
}
