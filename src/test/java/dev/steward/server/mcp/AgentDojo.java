// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import dev.steward.gateway.rpc.RpcJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The recorded tools, tasks and attacks of the AgentDojo benchmark.
record AgentDojo(List<Suite> suites) {
  private static final Path FILE = Path.of("../shared/data/agentdojo/ground_truth.json");

  /// @param tools definitions as an MCP server lists them
  record Suite(String name, List<ObjectNode> tools, List<Task> tasks, List<Task> attacks) {}

  /// What a user wants, or an attacker, and the calls that do it.
  record Task(String id, List<Made> calls) {
    Set<String> tools() {
      Set<String> tools = new TreeSet<>();
      calls.forEach(call -> tools.add(call.tool()));
      return tools;
    }
  }

  /// A recorded call.
  record Made(String tool, ObjectNode arguments, String result) {}

  static AgentDojo read() {
    Assumptions.assumeTrue(Files.exists(FILE), "skipped: ../shared/data is missing");
    try {
      List<Suite> suites = new ArrayList<>();
      RpcJson.read(Files.readAllBytes(FILE))
          .path("suites")
          .properties()
          .forEach(suite -> suites.add(suite(suite.getKey(), suite.getValue())));
      return new AgentDojo(suites);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Suite suite(String name, JsonNode json) {
    List<ObjectNode> tools = new ArrayList<>();
    for (JsonNode tool : json.path("tools")) {
      ObjectNode definition = RpcJson.object();
      definition.set("name", tool.path("name"));
      definition.set("description", tool.path("description"));
      definition.set("inputSchema", tool.path("params"));
      tools.add(definition);
    }
    return new Suite(
        name, tools, tasks(json.path("user_tasks")), tasks(json.path("injection_tasks")));
  }

  private static List<Task> tasks(JsonNode json) {
    List<Task> tasks = new ArrayList<>();
    for (JsonNode task : json) {
      List<Made> calls = new ArrayList<>();
      for (JsonNode call : task.path("calls")) {
        calls.add(
            new Made(
                call.path("name").asString(),
                (ObjectNode) call.path("args"),
                call.path("result").asString()));
      }
      tasks.add(new Task(task.path("id").asString(), calls));
    }
    return tasks;
  }
}
