// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import dev.steward.domain.Cost;
import dev.steward.domain.call.Call;
import dev.steward.domain.call.Caller;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.RunSoFar;
import dev.steward.domain.call.Taint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call and what is known of it, as conditions see it. One thread only; values are made when
/// the first condition needs them.
public final class Situation {
  private final Call call;
  private final Facts facts;
  private final String effect;
  private final List<String> labels;
  private final ToolSchema schema;
  private @Nullable Map<String, Object> variables;

  /// @param effect of the tool, "" when it has none
  /// @param labels of what the tool reads
  /// @param schema of the tool that is called
  public Situation(Call call, Facts facts, String effect, List<String> labels, ToolSchema schema) {
    this.call = call;
    this.facts = facts;
    this.effect = effect;
    this.labels = List.copyOf(labels);
    this.schema = schema;
  }

  ToolSchema schema() {
    return schema;
  }

  Taint taint() {
    return facts.taint();
  }

  /// @throws ArgumentException when an argument does not fit its schema
  Map<String, Object> variables() {
    Map<String, Object> made = variables;
    if (made == null) {
      made = make();
      variables = made;
    }
    return made;
  }

  private Map<String, Object> make() {
    Map<String, Object> made = HashMap.newHashMap(8);
    made.put("caller", caller(call.caller()));
    made.put("run", run(facts.run()));
    made.put("now", facts.now());
    if (facts.cost() instanceof Cost.Known cost) {
      made.put("cost", cost.amount().doubleValue());
    }
    switch (call) {
      case Call.ToolCall tool -> {
        made.put("call", call(tool));
        made.put("args", schema.coerce(tool.arguments()));
      }
      case Call.ModelCall model -> {
        made.put("call", Map.of("model", model.model(), "provider", model.provider()));
        made.put("args", Map.of());
      }
      case Call.AgentCall asked -> {
        made.put("call", Map.of("agent", asked.agent()));
        made.put("args", Map.of());
      }
    }
    return made;
  }

  private Map<String, Object> call(Call.ToolCall tool) {
    return Map.of(
        "server", tool.server(),
        "tool", tool.tool(),
        "effect", effect,
        "labels", labels,
        "attributed", tool.attributed());
  }

  private static Map<String, Object> caller(Caller caller) {
    return Map.of(
        "agent",
        caller.agent(),
        "version",
        caller.version(),
        "environment",
        caller.environment(),
        "risk",
        caller.risk(),
        "labels",
        caller.labels(),
        "workflows",
        List.copyOf(caller.workflows()),
        "chain",
        caller.chain());
  }

  private static Map<String, Object> run(RunSoFar run) {
    Map<String, Object> made = HashMap.newHashMap(4);
    made.put("id", run.id());
    made.put("steps", run.steps());
    made.put("tools", List.copyOf(run.tools()));
    if (run.spent() instanceof Cost.Known spent) {
      made.put("spent", spent.amount().doubleValue());
    }
    return made;
  }
}
