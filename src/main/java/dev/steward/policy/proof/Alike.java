// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.resource.Agent;
import dev.steward.policy.KnownTool;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a condition must have the same truth under two regimes: it has where all that it can see
/// is the same. Else it is one unknown under each.
final class Alike {
  private static final Pattern SEEN =
      Pattern.compile("\\b(caller|args|tainted|call|cost)\\b(?:\\s*\\.\\s*`?(\\w+))?");

  private final Set<String> differing = new HashSet<>();

  Alike(
      Optional<Agent> was,
      Optional<Agent> is,
      Optional<KnownTool> oneTool,
      Optional<KnownTool> otherTool) {
    note("caller.version", was, is, agent -> agent.version().digest());
    note("caller.labels", was, is, agent -> agent.metadata().labels());
    note("caller.risk", was, is, agent -> agent.risk());
    note("caller.workflows", was, is, agent -> Set.copyOf(agent.workflows()));
    note("args", oneTool, otherTool, tool -> tool.schema());
    note("tainted", oneTool, otherTool, tool -> tool.schema());
    note("call.effect", oneTool, otherTool, tool -> tool.effect());
    note("call.labels", oneTool, otherTool, tool -> tool.labels());
    note("cost", oneTool, otherTool, tool -> tool.price());
  }

  boolean same(String condition) {
    if (differing.isEmpty()) {
      return true;
    }
    Matcher seen = SEEN.matcher(condition);
    while (seen.find()) {
      String field = seen.group(2);
      boolean byField = seen.group(1).startsWith("call");
      if ((byField && field != null)
          ? differing.contains(seen.group(1) + "." + field)
          : differs(seen.group(1))) {
        return false;
      }
    }
    return true;
  }

  private boolean differs(String variable) {
    return differing.stream()
        .anyMatch(field -> field.equals(variable) || field.startsWith(variable + "."));
  }

  /// Where there is only one, the other regime decides without any rule.
  private <T> void note(String name, Optional<T> one, Optional<T> other, Function<T, ?> field) {
    if (one.isPresent()
        && other.isPresent()
        && !field.apply(one.get()).equals(field.apply(other.get()))) {
      differing.add(name);
    }
  }
}
