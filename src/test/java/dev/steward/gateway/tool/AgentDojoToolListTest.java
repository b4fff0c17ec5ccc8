// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.json.PlainValues;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.RunSoFar;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.identity.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a list of each task's tools allows and stops, on the tools and scripts of AgentDojo: one
/// agent for each task, whose version lists every tool of the suite, so that policy alone decides.
class AgentDojoToolListTest {
  private static final Path DATA = Path.of("../shared/data/agentdojo/ground_truth.json");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Facts FACTS =
      new Facts(
          ControlFixture.START,
          new RunSoFar("", 0, new Cost.Unknown("test"), Set.of()),
          new Cost.Unknown("test"),
          Taint.UNKNOWN);

  @TempDir static Path folder;
  private static JsonNode suites;
  private static ToolFixture fixture;

  @BeforeAll
  static void declare() throws IOException {
    Assumptions.assumeTrue(Files.exists(DATA), "skipped: ../shared/data is missing");
    suites = JSON.readTree(Files.readString(DATA)).path("suites");
    fixture = new ToolFixture(folder);
    List<ObjectNode> manifests = new ArrayList<>();
    suites.forEachEntry((suite, data) -> {
      manifests.add(server(suite, data));
      for (JsonNode task : data.path("user_tasks")) {
        manifests.add(agent(suite, task));
        if (!names(task).isEmpty()) {
          manifests.add(policy(suite, task));
        }
      }
    });
    StringBuilder yaml = new StringBuilder();
    manifests.forEach(manifest -> yaml.append("---\n").append(manifest).append('\n'));
    fixture.control.apply(yaml.toString());
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void everyCallOfEveryBenignTaskPasses() {
    List<String> stopped = new ArrayList<>();
    int tasks = 0;
    int calls = 0;
    for (String suite : suites.propertyNames()) {
      for (JsonNode task : suites.path(suite).path("user_tasks")) {
        tasks++;
        for (JsonNode call : task.path("calls")) {
          calls++;
          if (decided(suite, task, call) != Tier.ALLOW) {
            stopped.add(name(suite, task) + " " + call.path("name").asString());
          }
        }
      }
    }
    assertThat(stopped).isEmpty();
    assertThat(tasks).isEqualTo(97);
    assertThat(calls).isEqualTo(339);
  }

  @Test
  void noInjectedCallOutsideOfTheListPassesAndThoseInsideAreCounted() {
    List<String> wrong = new ArrayList<>();
    int pairs = 0;
    int stopped = 0;
    int inside = 0;
    int without = 0;
    for (String suite : suites.propertyNames()) {
      for (JsonNode task : suites.path(suite).path("user_tasks")) {
        Set<String> listed = names(task);
        for (JsonNode injection : suites.path(suite).path("injection_tasks")) {
          pairs++;
          boolean held = false;
          for (JsonNode call : injection.path("calls")) {
            boolean passes = decided(suite, task, call) == Tier.ALLOW;
            if (passes != listed.contains(call.path("name").asString())) {
              wrong.add(name(suite, task) + " " + call.path("name").asString());
            }
            held |= !passes;
          }
          if (injection.path("calls").isEmpty()) {
            without++;
          } else if (held) {
            stopped++;
          } else {
            inside++;
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(pairs).isEqualTo(949);
    // What a list of tools cannot stop: 9 % of all pairs, 14 % of those whose injection calls any
    // tool. 340 injections have no recorded call, so nothing can be said of them here.
    assertThat(inside).isEqualTo(85);
    assertThat(stopped).isEqualTo(524);
    assertThat(without).isEqualTo(340);
  }

  @Test
  void anAgentSeesTheToolsOfItsTaskAndNoOthers() {
    State state = fixture.control.state();
    int tools = 0;
    for (String suite : suites.propertyNames()) {
      ToolServer server = state.find(ToolServer.class, suite).orElseThrow();
      tools += server.tools().size();
      fixture.server.offers(server);
      List<ObjectNode> offered = List.copyOf(fixture.server.definitions.values());
      for (JsonNode task : suites.path(suite).path("user_tasks")) {
        Set<String> seen = new HashSet<>();
        for (ObjectNode definition :
            fixture.gateway.visible(caller(name(suite, task)), suite, offered)) {
          seen.add(definition.path("name").asString());
        }
        assertThat(seen).as(name(suite, task)).isEqualTo(names(task));
      }
    }
    assertThat(tools).isEqualTo(74);
  }

  private static Tier decided(String suite, JsonNode task, JsonNode call) {
    ToolCall asked =
        new ToolCall(
            caller(name(suite, task)).known("", List.of()),
            suite,
            call.path("name").asString(),
            PlainValues.of(call.path("args")));
    return fixture.control.state().policies().decide(asked, FACTS).tier();
  }

  private static Caller caller(String agent) {
    State state = fixture.control.state();
    return new Caller(
        new AgentKey(
            "key",
            Digest.of("key"),
            agent,
            "development",
            "",
            ControlFixture.START,
            Actor.SYSTEM,
            null),
        state.agent(agent).orElseThrow(),
        state.versionInForce(agent, "development").orElseThrow());
  }

  private static String name(String suite, JsonNode task) {
    return suite + "-" + task.path("id").asString().replace('_', '-');
  }

  private static Set<String> names(JsonNode task) {
    Set<String> names = new HashSet<>();
    task.path("calls").forEach(call -> names.add(call.path("name").asString()));
    return names;
  }

  private static ObjectNode manifest(String kind, String name) {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("apiVersion", "steward/v1").put("kind", kind);
    manifest.putObject("metadata").put("name", name);
    return manifest;
  }

  private static ObjectNode server(String suite, JsonNode data) {
    ObjectNode manifest = manifest("ToolServer", suite);
    ObjectNode spec = manifest.putObject("spec");
    spec.put("owner", "dana@example.com").put("url", "http://127.0.0.1:9/mcp");
    ArrayNode tools = spec.putArray("tools");
    for (JsonNode tool : data.path("tools")) {
      ObjectNode declared = tools.addObject();
      declared.put("name", tool.path("name").asString());
      declared.put("description", tool.path("description").asString());
      declared.set("inputSchema", tool.path("params"));
    }
    return manifest;
  }

  private static ObjectNode agent(String suite, JsonNode task) {
    ObjectNode manifest = manifest("Agent", name(suite, task));
    ObjectNode spec = manifest.putObject("spec");
    spec.put("owner", "dana@example.com").put("purpose", "Does one task.").put("risk", "limited");
    ObjectNode version = spec.putObject("version");
    version
        .putArray("models")
        .addObject()
        .put("use", "main")
        .put("model", "m")
        .put("provider", "p");
    version.putArray("tools").addObject().put("server", suite).putArray("tools").add("*");
    return manifest;
  }

  private static ObjectNode policy(String suite, JsonNode task) {
    ObjectNode manifest = manifest("Policy", name(suite, task));
    ObjectNode spec = manifest.putObject("spec");
    spec.putArray("agents").add(name(suite, task));
    ObjectNode rule = spec.putArray("rules").addObject();
    ArrayNode tools = rule.putArray("tools");
    names(task).stream().sorted().forEach(tool -> tools.add(suite + "/" + tool));
    rule.put("effect", "allow");
    return manifest;
  }
}
