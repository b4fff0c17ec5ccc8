// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Names;
import dev.steward.control.field.Owners;
import dev.steward.control.field.Spec;
import dev.steward.control.field.WorthFields;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.release.Environments;
import dev.steward.domain.release.Stage;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Agent.Autonomy;
import dev.steward.domain.resource.Agent.OutcomeRule;
import dev.steward.domain.resource.Agent.Oversight;
import dev.steward.domain.resource.Agent.Risk;
import dev.steward.domain.resource.Metadata;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How an Agent is written.
final class AgentKind implements Kind<Agent> {
  @Override
  public Class<Agent> type() {
    return Agent.class;
  }

  @Override
  public boolean owned() {
    return true;
  }

  @Override
  public Agent read(Metadata metadata, Fields spec) {
    return new Agent(
        metadata,
        Owners.read(spec),
        spec.text("purpose"),
        spec.text("objective", ""),
        workflows(spec),
        spec.choice("autonomy", Autonomy.class, Autonomy.SUGGEST),
        spec.choice("oversight", Oversight.class, Oversight.OBSERVED),
        risk(spec),
        VersionReader.read(spec),
        outcomes(spec),
        environments(spec),
        WorthFields.read(spec));
  }

  @Override
  public void write(Agent agent, ObjectNode spec) {
    spec.put("owner", agent.owner());
    spec.put("purpose", agent.purpose());
    Spec.put(spec, "objective", agent.objective());
    Spec.put(spec, "workflows", agent.workflows());
    if (agent.autonomy() != Autonomy.SUGGEST) {
      spec.put("autonomy", Fields.word(agent.autonomy()));
    }
    if (agent.oversight() != Oversight.OBSERVED) {
      spec.put("oversight", Fields.word(agent.oversight()));
    }
    spec.put("risk", Fields.word(agent.risk()));
    if (!agent.outcomes().isEmpty()) {
      ArrayNode rules = spec.putArray("outcomes");
      agent
          .outcomes()
          .forEach(rule -> rules.addObject().put("tool", rule.tool()).put("label", rule.label()));
    }
    if (!agent.environments().equals(Environments.USUAL)) {
      ObjectNode names = spec.putObject("environments");
      agent.environments().renamed().forEach((stage, name) -> names.put(stage.word(), name));
    }
    WorthFields.write(agent.value(), spec);
    if (!agent.version().json().equals("{}")) {
      spec.set("version", CanonicalJson.read(agent.version().json()));
    }
  }

  private static Environments environments(Fields spec) {
    Map<Stage, String> renamed = new EnumMap<>(Stage.class);
    Fields names = spec.object("environments").orElse(null);
    if (names == null) {
      return Environments.USUAL;
    }
    if (names.has(Stage.DEVELOPMENT.word())) {
      names.flaw(
          Stage.DEVELOPMENT.word(), "keeps its name: it is where an applied version is in force");
    }
    for (Stage stage : List.of(Stage.STAGING, Stage.CANARY, Stage.PRODUCTION)) {
      String name = Names.reference(names, stage.word(), false);
      if (Stage.of(name).isPresent() && !name.equals(stage.word())) {
        names.flaw(
            stage.word(),
            "'" + name + "' is the name of another stage; whoever reads it would take it for that");
      } else if (!name.isEmpty()) {
        renamed.put(stage, name);
      }
    }
    names.close();
    Environments environments = new Environments(renamed);
    if (Set.copyOf(environments.names()).size() < Stage.values().length) {
      spec.flaw("environments", "holds a name twice; every stage has an environment of its own");
    }
    return environments;
  }

  private static List<String> workflows(Fields spec) {
    List<String> workflows = spec.texts("workflows");
    String single = spec.text("workflow", "");
    if (!single.isEmpty() && !workflows.isEmpty()) {
      spec.flaw("workflow", "stands beside workflows; write one of them");
    }
    return single.isEmpty() ? workflows : List.of(single);
  }

  private static Risk risk(Fields spec) {
    if (spec.text("risk", "").equals("prohibited")) {
      spec.flaw(
          "risk",
          "prohibited: what the law forbids (EU AI Act, Article 5) cannot be registered or run;"
              + " change what the agent does, or retire it");
      return Risk.HIGH;
    }
    if (!spec.has("risk")) {
      spec.flaw("risk", "is missing; write minimal, limited or high");
    }
    return spec.choice("risk", Risk.class, Risk.HIGH);
  }

  private static List<OutcomeRule> outcomes(Fields spec) {
    List<OutcomeRule> rules = new ArrayList<>();
    for (Fields rule : spec.objects("outcomes")) {
      rules.add(new OutcomeRule(rule.text("tool"), rule.text("label")));
      rule.close();
    }
    return List.copyOf(rules);
  }
}
