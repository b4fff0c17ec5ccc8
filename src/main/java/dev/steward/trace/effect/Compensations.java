// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.effect;

import dev.steward.trace.effect.RunEffect.Compensation;
import dev.steward.trace.effect.RunEffect.Outcome;
import dev.steward.trace.span.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds the later calls that undo effects. A call fits when no argument that both have differs,
/// and one of its arguments is one of the effect's, or stands in its result. It undoes one effect.
final class Compensations {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Compensations() {}

  /// @param calls all that were made, in order of time
  static List<RunEffect> found(List<RunEffect> effects, List<RunEffect> calls) {
    Set<RunEffect> used = new HashSet<>();
    List<RunEffect> found = new ArrayList<>();
    for (RunEffect effect : effects) {
      found.add(effect.reversible().isEmpty() ? effect : of(effect, calls, used));
    }
    return found;
  }

  private static RunEffect of(RunEffect effect, List<RunEffect> calls, Set<RunEffect> used) {
    Compensation best = Compensation.NONE;
    for (RunEffect call : calls) {
      if (call.tool().equals(effect.reversible())
          && call.server().equals(effect.server())
          && call.outcome() == Outcome.DONE
          && call.span().startedAt().isAfter(effect.span().startedAt())
          && !used.contains(call)) {
        Compensation fits = fits(effect, call);
        if (fits == Compensation.COMPENSATED) {
          used.add(call);
          return with(effect, fits, call.span().key().spanId());
        }
        best = fits == Compensation.UNKNOWN ? fits : best;
      }
    }
    return with(effect, best, "");
  }

  private static RunEffect with(RunEffect effect, Compensation compensation, String by) {
    return new RunEffect(
        effect.span(),
        effect.server(),
        effect.tool(),
        effect.effect(),
        effect.passage(),
        effect.outcome(),
        effect.reversible(),
        compensation,
        by,
        effect.proposedBy(),
        effect.unattributed());
  }

  private static Compensation fits(RunEffect effect, RunEffect call) {
    JsonNode did = json(effect.span().content().arguments());
    JsonNode undoes = json(call.span().content().arguments());
    if (did == null || undoes == null) {
      return Compensation.UNKNOWN;
    }
    Set<String> told = new HashSet<>();
    collect(json(effect.span().content().result()), told, 0);
    boolean common = false;
    for (Map.Entry<String, JsonNode> argument : undoes.properties()) {
      JsonNode before = did.get(argument.getKey());
      if (before != null && !before.equals(argument.getValue())) {
        return Compensation.NONE;
      }
      common =
          common
              || before != null
              || (argument.getValue().isValueNode()
                  && told.contains(argument.getValue().asString("")));
    }
    return common ? Compensation.COMPENSATED : Compensation.NONE;
  }

  /// All words and numbers in what came back, also in text that is itself JSON.
  private static void collect(@Nullable JsonNode node, Set<String> values, int depth) {
    if (node == null || depth > 20) {
      return;
    }
    if (node.isValueNode()) {
      values.add(node.asString(""));
      if (node.isString() && node.stringValue().startsWith("{")) {
        collect(read(node.stringValue()), values, depth + 1);
      }
      return;
    }
    for (JsonNode inner : node.values()) {
      collect(inner, values, depth + 1);
    }
  }

  private static @Nullable JsonNode json(@Nullable Message message) {
    return message == null ? null : read(message.json());
  }

  private static @Nullable JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      // what came back need not be JSON
      return null;
    }
  }
}
