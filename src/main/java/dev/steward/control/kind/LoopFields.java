// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.yaml.Fields;
import dev.steward.domain.LoopRule;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Checks `orchestration.loops` of an agent's version: for each rule a number, or a mapping with
/// `times` and `action`.
final class LoopFields {
  private LoopFields() {}

  /// @param version as it is being applied; what was stored before these rules existed is not asked
  static void check(Fields version) {
    if (version.json("orchestration").filter(JsonNode::isObject).isEmpty()) {
      return;
    }
    Optional<Fields> loops = version.object("orchestration").flatMap(o -> o.object("loops"));
    if (loops.isEmpty()) {
      return;
    }
    for (LoopRule rule : LoopRule.values()) {
      check(loops.get(), rule);
    }
    loops.get().close();
  }

  private static void check(Fields loops, LoopRule rule) {
    boolean mapping = loops.json(rule.word()).filter(JsonNode::isObject).isPresent();
    if (!mapping) {
      atLeast(loops, rule.word(), rule);
      return;
    }
    loops
        .object(rule.word())
        .ifPresent(limit -> {
          atLeast(limit, "times", rule);
          limit.choice("action", LoopRule.Action.class, rule.action());
          limit.close();
        });
  }

  private static void atLeast(Fields fields, String name, LoopRule rule) {
    if (fields.whole(name, rule.threshold()) < LoopRule.THRESHOLD_MIN) {
      fields.flaw(name, "must be at least " + LoopRule.THRESHOLD_MIN);
    }
  }
}
