// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.command;

import dev.steward.domain.Percent;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.ServerConnection;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import dev.steward.server.manifest.PlanText;
import java.util.ArrayList;
import java.util.List;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `steward tools`: what tool servers offer, beside what was accepted of it.
@Command(
    name = "tools",
    description = "Lists tool servers, or the tools of one; accepts what a server offers.")
public final class ToolsCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/toolservers";

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(arity = "0..1", paramLabel = "SERVER", description = "the tools of this server")
  private @Nullable String name;

  @Option(names = "--refresh", description = "asks the tool server anew")
  private boolean refresh;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ServerConnection connection = server.connect();
    if (name == null) {
      output.write(spec.commandLine().getOut(), connection.get(PATH), ToolsCommand::servers);
      return ExitCode.DONE;
    }
    String path = PATH + "/" + Percent.encoded(name) + "/tools";
    JsonNode tools = connection.get(refresh ? path + "?refresh=true" : path);
    output.write(spec.commandLine().getOut(), tools, ToolsText::of);
    return ExitCode.DONE;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Accepts what a tool server offers now; until then agents do not see it.")
  int accept(
      @Mixin ServerOptions to,
      @Mixin Output out,
      @Parameters(paramLabel = "SERVER") String of,
      @Option(
              names = "--tool",
              paramLabel = "NAME",
              description = "only this one; may be repeated (usually all that are new or changed)")
          @Nullable List<String> tools,
      @Option(
              names = "--effect",
              paramLabel = "EFFECT",
              description =
                  "what they do: read, write, irreversible, money, message, delete or execute")
          @Nullable String effect,
      @Option(
              names = "--label",
              paramLabel = "LABEL",
              description = "of the data they read; may be repeated")
          @Nullable List<String> labels,
      @Option(
              names = "--anyway",
              description = "also where something speaks against it; read it first")
          boolean anyway) {
    if (tools == null && (effect != null || labels != null)) {
      throw new CommandFailure(
          ExitCode.WRONG_USE, "--effect and --label are said of tools: name them with --tool");
    }
    JsonNode plan =
        to.connect()
            .plan(
                PATH + "/" + Percent.encoded(of) + "/accept",
                body(tools == null ? List.of() : tools, effect, labels, anyway));
    out.write(spec.commandLine().getOut(), plan, PlanText::of);
    return PlanText.exitCode(plan, false);
  }

  private static ObjectNode body(
      List<String> tools, @Nullable String effect, @Nullable List<String> labels, boolean anyway) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode wishes = body.putArray("tools");
    for (String tool : tools) {
      ObjectNode wish = wishes.addObject().put("name", tool);
      if (effect != null) {
        wish.put("effect", effect);
      }
      if (labels != null) {
        ArrayNode said = wish.putArray("labels");
        labels.forEach(said::add);
      }
    }
    return body.put("anyway", anyway);
  }

  private static String servers(JsonNode answer) {
    Table table = new Table("SERVER", "TYPE", "TOOLS", "SEEN", "CALLS", "FAILED", "P95", "TROUBLE");
    for (JsonNode item : answer.path("items")) {
      List<String> standings = new ArrayList<>();
      item.path("standings")
          .properties()
          .forEach(count -> standings.add(count.getValue().asInt() + " " + count.getKey()));
      table.row(
          item.path("name").asString(),
          item.path("type").asString(),
          String.join(", ", standings),
          item.path("seenAt").asString("never"),
          item.path("health").path("calls").asString(""),
          item.path("health").path("errors").asString(""),
          took(item.path("health").path("whole").path("p95")),
          trouble(item));
    }
    return table.isEmpty() ? "no tool servers\n" : table.toString();
  }

  private static String took(JsonNode millis) {
    return millis.isNumber() ? millis.asLong() + " ms" : "";
  }

  private static String trouble(JsonNode item) {
    String circuit = item.path("health").path("circuit").asString("closed");
    String told = item.path("trouble").asString("");
    return circuit.equals("closed")
        ? told
        : "circuit " + circuit + (told.isEmpty() ? "" : ": " + told);
  }
}
