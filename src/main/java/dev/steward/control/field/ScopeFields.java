// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.Policy.AgentScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// How it is written for which agents, environments or workflows something is.
public final class ScopeFields {
  private ScopeFields() {}

  /// Names alone, or names and labels in a mapping.
  public static AgentScope agents(Fields spec) {
    if (!spec.has("agents")) {
      return AgentScope.ALL;
    }
    if (spec.json("agents").filter(json -> !json.isObject()).isPresent()) {
      return new AgentScope(names(spec, "agents"), Map.of());
    }
    Optional<Fields> agents = spec.object("agents");
    if (agents.isEmpty()) {
      return AgentScope.ALL;
    }
    AgentScope scope = new AgentScope(names(agents.get(), "names"), agents.get().map("labels"));
    if (scope.equals(AgentScope.ALL)) {
      spec.flaw("agents", "selects nothing; leave it out where it is for all agents");
    }
    agents.get().close();
    return scope;
  }

  /// A list that was meant to narrow something and is empty would widen it.
  public static List<String> names(Fields fields, String name) {
    List<String> values = fields.texts(name);
    if (fields.has(name) && values.isEmpty()) {
      fields.flaw(name, "is an empty list; leave it out where it holds for all");
    }
    for (String value : values) {
      Names.refuse(value).ifPresent(reason -> fields.flaw(name, reason));
    }
    return List.copyOf(values);
  }

  public static void write(AgentScope scope, ObjectNode spec) {
    if (scope.equals(AgentScope.ALL)) {
      return;
    }
    ObjectNode agents = spec.putObject("agents");
    Spec.put(agents, "names", scope.names());
    if (!scope.labels().isEmpty()) {
      ObjectNode labels = agents.putObject("labels");
      new TreeMap<>(scope.labels()).forEach(labels::put);
    }
  }
}
