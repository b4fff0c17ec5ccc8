// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.domain.call.Call;
import dev.steward.domain.call.Caller;
import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.Policy.AgentScope;
import dev.steward.domain.resource.Policy.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All rules by whom and what they are about, so that a call meets only those that can cover it.
///
/// Each rule lies under every pair of one of its agents (a name, one label, or everybody) and one
/// of its objects (a name, all of a server, an effect, a label, or a pattern). A call looks under
/// the few pairs that it can fall under.
final class RuleIndex {
  private static final String EVERYBODY = "*";
  private static final String PATTERN = "*";
  private static final String NO_EFFECT = "effect?";
  private static final String NO_LABELS = "label?";

  private final Map<Place, List<CompiledRule>> rules = new HashMap<>();

  /// The first rule on tools of each policy that has some, by whom it is about.
  private final Map<String, List<CompiledRule>> onTools = new HashMap<>();

  /// @param agent `name`, `label=value` or `*`
  /// @param object `tool:`, `server:`, `effect:`, `label:`, `model:` or `agent:` and a name, or `*`
  private record Place(String agent, String object) {}

  RuleIndex(Collection<CompiledRule> all) {
    for (CompiledRule rule : all) {
      for (String agent : agents(rule.policy().agents())) {
        for (String object : objects(rule)) {
          rules.computeIfAbsent(new Place(agent, object), _ -> new ArrayList<>(2)).add(rule);
        }
        if (rule.rule().target() instanceof Target.Tools) {
          addOnTools(agent, rule);
        }
      }
    }
  }

  private void addOnTools(String agent, CompiledRule rule) {
    List<CompiledRule> known = onTools.computeIfAbsent(agent, _ -> new ArrayList<>(2));
    if (known.isEmpty() || !known.getLast().policy().name().equals(rule.policy().name())) {
      known.add(rule);
    }
  }

  /// The nearest that policies about tools come to the caller.
  ToolScope toolScope(Caller caller) {
    ToolScope nearest = ToolScope.NONE;
    for (String agent : agents(caller)) {
      for (CompiledRule rule : onTools.getOrDefault(agent, List.of())) {
        ToolScope scope = ToolScope.of(rule.policy());
        if (scope.compareTo(nearest) > 0 && rule.covers(caller)) {
          nearest = scope;
        }
      }
    }
    return nearest;
  }

  /// The rules that cover the call, in order, their conditions left aside.
  List<CompiledRule> covering(Call call, KnownTool tool) {
    List<String> agents = agents(call.caller());
    List<String> objects = objects(call, tool);
    List<CompiledRule> covering = new ArrayList<>();
    for (String agent : agents) {
      for (String object : objects) {
        List<CompiledRule> there = rules.get(new Place(agent, object));
        if (there != null) {
          for (CompiledRule rule : there) {
            if (rule.covers(call, tool)) {
              covering.add(rule);
            }
          }
        }
      }
    }
    return inOrder(covering);
  }

  /// A rule with several patterns is found once for each that matches.
  private static List<CompiledRule> inOrder(List<CompiledRule> found) {
    found.sort(Comparator.comparingInt(CompiledRule::order));
    List<CompiledRule> once = new ArrayList<>(found.size());
    for (CompiledRule rule : found) {
      if (once.isEmpty() || once.getLast() != rule) {
        once.add(rule);
      }
    }
    return once;
  }

  private static List<String> agents(AgentScope scope) {
    if (!scope.names().isEmpty()) {
      return scope.names();
    }
    return scope.labels().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .min(Comparator.naturalOrder())
        .map(List::of)
        .orElse(List.of(EVERYBODY));
  }

  private static List<String> agents(Caller caller) {
    List<String> agents = new ArrayList<>(caller.labels().size() + 2);
    agents.add(EVERYBODY);
    agents.add(caller.agent());
    caller.labels().forEach((label, value) -> agents.add(label + "=" + value));
    return agents;
  }

  private static List<String> objects(CompiledRule rule) {
    return switch (rule.rule().target()) {
      case Target.Tools _ -> toolObjects(rule);
      case Target.Models _ -> named("model:", rule);
      case Target.Delegates _ -> named("agent:", rule);
    };
  }

  private static List<String> named(String prefix, CompiledRule rule) {
    return rule.patterns().stream()
        .map(glob -> prefix + (glob.exact() ? glob.text() : PATTERN))
        .distinct()
        .toList();
  }

  private static List<String> toolObjects(CompiledRule rule) {
    List<String> objects = new ArrayList<>();
    for (Glob glob : rule.patterns()) {
      if (glob.exact()) {
        objects.add("tool:" + glob.text());
      } else if (glob.text().indexOf('*') > glob.text().indexOf('/')
          && glob.text().indexOf('/') > 0) {
        objects.add("server:" + glob.text().substring(0, glob.text().indexOf('/')));
      } else {
        objects.add(PATTERN);
      }
    }
    if (rule.patterns().isEmpty() && !rule.effects().isEmpty()) {
      for (Effect effect : rule.effects()) {
        objects.add("effect:" + effect.word());
      }
      objects.add(NO_EFFECT);
    } else if (rule.patterns().isEmpty()) {
      for (String label : rule.labels()) {
        objects.add("label:" + label);
      }
      objects.add(rule.labels().isEmpty() ? PATTERN : NO_LABELS);
    }
    return objects.stream().distinct().toList();
  }

  private static List<String> objects(Call call, KnownTool tool) {
    return switch (call) {
      case Call.ToolCall asked -> toolObjects(asked, tool);
      case Call.ModelCall model -> List.of("model:" + model.model(), "model:" + PATTERN);
      case Call.AgentCall asked -> List.of("agent:" + asked.agent(), "agent:" + PATTERN);
    };
  }

  private static List<String> toolObjects(Call.ToolCall asked, KnownTool tool) {
    List<String> objects = new ArrayList<>(6);
    objects.add("tool:" + tool.name());
    objects.add("server:" + asked.server());
    objects.add(tool.effect().map(effect -> "effect:" + effect.word()).orElse(NO_EFFECT));
    if (tool.labels().isEmpty()) {
      objects.add(NO_LABELS);
    } else {
      tool.labels().get().forEach(label -> objects.add("label:" + label));
    }
    objects.add(PATTERN);
    return objects;
  }
}
