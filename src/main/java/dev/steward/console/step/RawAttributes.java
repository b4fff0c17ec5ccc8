// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.step;

import dev.steward.console.step.StepDetail.Fact;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Attributes as their sender wrote them. For who may not read what was said, text is shown only
/// under names that never hold any.
public record RawAttributes(boolean readsContent) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LENGTH_MAX = 2_000;
  private static final List<String> PLAIN =
      List.of(
          "gen_ai.operation.",
          "gen_ai.provider.",
          "gen_ai.system",
          "gen_ai.request.model",
          "gen_ai.response.model",
          "gen_ai.response.id",
          "gen_ai.response.finish_reasons",
          "gen_ai.usage.",
          "gen_ai.agent.name",
          "gen_ai.agent.id",
          "gen_ai.agent.version",
          "gen_ai.conversation.id",
          "gen_ai.tool.name",
          "gen_ai.tool.type",
          "gen_ai.tool.call.id",
          "gen_ai.output.type",
          "error.type",
          "server.address",
          "server.port",
          "service.",
          "telemetry.",
          "process.",
          "host.",
          "os.",
          "k8s.",
          "container.",
          "deployment.");

  public List<Fact> facts(String json) {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JacksonException e) {
      // kept as it was sent, so it is shown as it was sent
      return List.of(Fact.code("as sent", readsContent ? cut(json) : "not JSON"));
    }
    List<Fact> facts = new ArrayList<>();
    node.properties().forEach(entry -> facts.add(fact(entry.getKey(), entry.getValue())));
    facts.sort(java.util.Comparator.comparing(Fact::name));
    return facts;
  }

  private Fact fact(String name, JsonNode value) {
    boolean plain = value.isNumber() || value.isBoolean() || value.isNull();
    if (!readsContent && !plain && PLAIN.stream().noneMatch(name::startsWith)) {
      return new Fact(name, "hidden", "unknown", false);
    }
    return Fact.code(name, cut(value.isString() ? value.asString() : value.toString()));
  }

  private static String cut(String text) {
    return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "…";
  }
}
