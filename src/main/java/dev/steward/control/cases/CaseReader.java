// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.cases;

import dev.steward.control.access.Scopes;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.Cost;
import dev.steward.domain.call.Call;
import dev.steward.domain.call.Caller;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.RunSoFar;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Agent;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// Reads one case of a file of cases.
final class CaseReader {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Cost FREE = new Cost.Unknown("the case names none");

  private final Map<String, Agent> agents = new HashMap<>();

  /// @param agents that are declared, from which a case takes labels, workflows and risk
  CaseReader(List<Agent> agents) {
    agents.forEach(agent -> this.agents.put(agent.name(), agent));
  }

  PolicyCase read(Fields fields) {
    String description = fields.text("description");
    Call call = call(fields);
    Facts facts = facts(fields);
    Tier want = want(fields);
    Optional<List<String>> rules =
        fields.has("rules") ? Optional.of(fields.texts("rules")) : Optional.empty();
    return new PolicyCase(
        description,
        call,
        facts,
        want,
        rules,
        WantedDuties.read(fields),
        WantedShadow.read(fields));
  }

  private Call call(Fields fields) {
    Caller caller = caller(fields);
    String tool = fields.text("tool", "");
    String model = fields.text("model", "");
    String delegate = fields.text("delegate", "");
    Map<String, @Nullable Object> arguments = arguments(fields);
    if (!model.isEmpty()) {
      return new Call.ModelCall(caller, model, fields.text("provider", ""));
    }
    if (!delegate.isEmpty()) {
      return new Call.AgentCall(caller, delegate);
    }
    int slash = tool.indexOf('/');
    if (slash < 1) {
      fields.flaw("tool", "must be server/tool, or name a model or a delegate instead");
      return new Call.ModelCall(caller, "", "");
    }
    return new Call.ToolCall(
        caller,
        tool.substring(0, slash),
        tool.substring(slash + 1),
        arguments,
        fields.flag("attributed", true));
  }

  private Caller caller(Fields fields) {
    String name = fields.text("agent");
    Agent agent = agents.get(name);
    Map<String, String> labels = new HashMap<>(fields.map("labels"));
    List<String> workflows = fields.texts("workflows");
    String risk = fields.text("risk", "");
    if (agent != null) {
      agent.metadata().labels().forEach(labels::putIfAbsent);
      workflows = workflows.isEmpty() ? agent.workflows() : workflows;
      risk = risk.isEmpty() ? Fields.word(agent.risk()) : risk;
    }
    return new Caller(
        name,
        fields.text("version", ""),
        fields.text("environment", Scopes.DEVELOPMENT),
        labels,
        risk,
        Set.copyOf(workflows),
        fields.texts("chain"));
  }

  private static Facts facts(Fields fields) {
    Instant now = fields.instant("now");
    RunSoFar run = new RunSoFar("", 0, FREE, Set.of());
    Optional<Fields> told = fields.object("run");
    if (told.isPresent()) {
      Fields so = told.get();
      run =
          new RunSoFar(
              so.text("id", ""),
              so.whole("steps", 0),
              cost(so, "spent"),
              Set.copyOf(so.texts("tools")));
      so.close();
    }
    return new Facts(now == null ? NOON : now, run, cost(fields, "cost"), taint(fields));
  }

  private static Cost cost(Fields fields, String name) {
    return fields.has(name)
        ? new Cost.Known(fields.decimal(name), "USD", Cost.Source.ESTIMATED, "")
        : FREE;
  }

  /// With a list of tainted values, empty or not, all others are clean.
  private static Taint taint(Fields fields) {
    if (!fields.has("tainted")) {
      return Taint.UNKNOWN;
    }
    Set<String> tainted = Set.copyOf(fields.texts("tainted"));
    return value ->
        tainted.contains(String.valueOf(value)) ? Taint.Label.TAINTED : Taint.Label.CLEAN;
  }

  private static Tier want(Fields fields) {
    String written = fields.text("want");
    return Arrays.stream(Tier.values())
        .filter(tier -> tier.word().equals(written))
        .findFirst()
        .orElseGet(() -> {
          fields.flaw("want", "must be allow, deny or require_approval");
          return Tier.DENY;
        });
  }

  private static Map<String, @Nullable Object> arguments(Fields fields) {
    Optional<JsonNode> json = fields.json("args");
    if (json.isEmpty()) {
      return Map.of();
    }
    if (!json.get().isObject()) {
      fields.flaw("args", "must be a mapping of names to values");
      return Map.of();
    }
    return CanonicalJson.MAPPER.convertValue(json.get(), new TypeReference<>() {});
  }
}
