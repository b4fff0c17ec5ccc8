// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.manifest;

import dev.steward.domain.Percent;
import dev.steward.server.client.ExitCode;
import dev.steward.server.client.Output;
import dev.steward.server.client.Query;
import dev.steward.server.client.ServerConnection;
import dev.steward.server.client.ServerOptions;
import dev.steward.server.client.Table;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Shows what is declared: all resources of a kind, one of them, or the agents for which every
/// given filter holds.
@Command(
    name = "get",
    description = "Shows resources. Agents can be narrowed by what they touch, call and run.")
public final class GetCommand implements Callable<Integer> {
  private static final int ASKED_AT_ONCE = 500;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "KIND", description = "agents, toolservers, policies, ...")
  private String kind = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME")
  private @Nullable String name;

  @Option(names = "--label", paramLabel = "K=V", description = "agents with this label")
  private List<String> labels = List.of();

  @Option(names = "--team", description = "agents of this team")
  private @Nullable String team;

  @Option(names = "--owner", description = "agents of this owner")
  private @Nullable String owner;

  @Option(names = "--risk", description = "minimal, limited or high")
  private @Nullable String risk;

  @Option(names = "--tool", paramLabel = "SERVER/TOOL", description = "agents that may call it")
  private @Nullable String tool;

  @Option(names = "--model", description = "agents that run it")
  private @Nullable String model;

  @Option(
      names = {"--data", "--source"},
      paramLabel = "LABEL|SOURCE",
      description = "agents that reach this source, or data with this label")
  private @Nullable String data;

  @Option(names = "--environment", description = "agents with a version in force there")
  private @Nullable String environment;

  @Option(names = "--policy", description = "agents that run under it")
  private @Nullable String policy;

  @Option(names = "--unregistered", description = "senders that nobody registered")
  private boolean unregistered;

  @Option(names = "--at", paramLabel = "SEQ|TIME", description = "as it was at that moment")
  private @Nullable String at;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ServerConnection connection = server.connect();
    if (name != null) {
      String path = "/api/v1/resources/" + Percent.encoded(kind) + "/" + Percent.encoded(name);
      write(connection.get(new Query(path).with("at", at).toString()), ResourceText::of);
    } else if (unregistered) {
      write(connection.get("/api/v1/agents/unregistered"), GetCommand::strangers);
    } else if (kind.toLowerCase(Locale.ROOT).matches("agents?")) {
      write(all(connection, agents()), GetCommand::agentTable);
    } else {
      Query path = new Query("/api/v1/resources/" + Percent.encoded(kind));
      write(
          all(connection, path.with("at", at).with("limit", ASKED_AT_ONCE)),
          GetCommand::resourceTable);
    }
    return ExitCode.DONE;
  }

  /// The whole list, page after page, in the shape of one page.
  private static JsonNode all(ServerConnection connection, Query path) {
    JsonNode page = connection.get(path.toString());
    if (page instanceof ObjectNode whole && whole.get("items") instanceof ArrayNode items) {
      while (page.path("next").isString()) {
        String next = page.path("next").asString();
        page = connection.get(path + "&cursor=" + Percent.encoded(next));
        page.path("items").forEach(items::add);
      }
      whole.putNull("next");
      return whole;
    }
    return page;
  }

  private Query agents() {
    Query query = new Query("/api/v1/agents").with("limit", ASKED_AT_ONCE);
    labels.forEach(label -> query.with("label", label));
    return query
        .with("team", team)
        .with("owner", owner)
        .with("risk", risk)
        .with("tool", tool)
        .with("model", model)
        .with("data", data)
        .with("environment", environment)
        .with("policy", policy)
        .with("at", at);
  }

  private void write(JsonNode answer, java.util.function.Function<JsonNode, String> asTable) {
    output.write(spec.commandLine().getOut(), answer, asTable);
  }

  private static String agentTable(JsonNode answer) {
    if (answer.path("items").path(0).path("policy").isObject()) {
      return governedTable(answer);
    }
    Table table = new Table("NAME", "OWNER", "RISK", "AUTONOMY", "MODELS", "DATA", "VERSION");
    for (JsonNode agent : answer.path("items")) {
      table.row(
          agent.path("name").asString(),
          agent.path("owner").asString(),
          agent.path("risk").asString(),
          agent.path("autonomy").asString(),
          joined(agent.path("models")),
          joined(agent.path("dataLabels")),
          shortDigest(agent.path("version").asString()));
    }
    return ended(table, "no agent matches");
  }

  private static String governedTable(JsonNode answer) {
    Table table = new Table("NAME", "OWNER", "RISK", "POLICY", "MODE", "ENVIRONMENTS", "WORKFLOWS");
    for (JsonNode agent : answer.path("items")) {
      JsonNode policy = agent.path("policy");
      table.row(
          agent.path("name").asString(),
          agent.path("owner").asString(),
          agent.path("risk").asString(),
          policy.path("name").asString(),
          policy.path("mode").asString(),
          allOr(policy.path("environments")),
          allOr(policy.path("workflows")));
    }
    return table.toString();
  }

  private static String allOr(JsonNode list) {
    return list.isEmpty() ? "all" : joined(list);
  }

  private static String strangers(JsonNode answer) {
    Table table = new Table("NAME", "RUNS", "MODELS", "TOOLS", "LAST SEEN");
    for (JsonNode sender : answer.path("items")) {
      table.row(
          sender.path("name").asString(),
          sender.path("runs").asString(),
          joined(sender.path("models")),
          joined(sender.path("tools")),
          sender.path("lastSeen").asString());
    }
    return ended(table, "everything that sent something is registered");
  }

  private static String resourceTable(JsonNode answer) {
    Table table = new Table("KIND", "NAME", "LABELS");
    for (JsonNode resource : answer.path("items")) {
      JsonNode metadata = resource.path("metadata");
      String labels =
          metadata.path("labels").properties().stream()
              .map(label -> label.getKey() + "=" + label.getValue().asString())
              .collect(Collectors.joining(","));
      table.row(resource.path("kind").asString(), metadata.path("name").asString(), labels);
    }
    return ended(table, "none declared");
  }

  private static String ended(Table table, String whenEmpty) {
    return table.isEmpty() ? whenEmpty + "\n" : table.toString();
  }

  private static String joined(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asString)
        .collect(Collectors.joining(","));
  }

  private static String shortDigest(String digest) {
    return digest.length() > 12 ? digest.substring(0, 12) : digest;
  }
}
