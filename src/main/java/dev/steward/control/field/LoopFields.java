// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import dev.steward.control.yaml.Fields;
import dev.steward.domain.LoopRule;
import dev.steward.domain.LoopRule.Limit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads `loops`, of an agent's version or of a policy: for each rule a number, or a mapping with
/// `times` and `action`.
public final class LoopFields {
  private LoopFields() {}

  /// @param version as it is being applied; what was stored before these rules existed is not asked
  public static void check(Fields version) {
    if (version.json("orchestration").filter(JsonNode::isObject).isEmpty()) {
      return;
    }
    version.object("orchestration").ifPresent(LoopFields::read);
  }

  /// What `loops` says of each rule that it names.
  public static Map<LoopRule, Limit> read(Fields fields) {
    Optional<Fields> loops = fields.object("loops");
    if (loops.isEmpty()) {
      return Map.of();
    }
    Map<LoopRule, Limit> limits = new EnumMap<>(LoopRule.class);
    for (LoopRule rule : LoopRule.values()) {
      if (loops.get().has(rule.word())) {
        limits.put(rule, limit(loops.get(), rule));
      }
    }
    loops.get().close();
    return limits;
  }

  public static void write(Map<LoopRule, Limit> limits, ObjectNode spec) {
    if (limits.isEmpty()) {
      return;
    }
    ObjectNode loops = spec.putObject("loops");
    for (Map.Entry<LoopRule, Limit> limit : new TreeMap<>(limits).entrySet()) {
      loops
          .putObject(limit.getKey().word())
          .put("times", limit.getValue().threshold())
          .put("action", Fields.word(limit.getValue().action()));
    }
  }

  private static Limit limit(Fields loops, LoopRule rule) {
    if (loops.json(rule.word()).filter(JsonNode::isObject).isEmpty()) {
      return new Limit(atLeast(loops, rule.word(), rule), rule.action());
    }
    Optional<Fields> limit = loops.object(rule.word());
    if (limit.isEmpty()) {
      return rule.usual();
    }
    Limit read =
        new Limit(
            atLeast(limit.get(), "times", rule),
            limit.get().choice("action", LoopRule.Action.class, rule.action()));
    limit.get().close();
    return read;
  }

  private static long atLeast(Fields fields, String name, LoopRule rule) {
    long times = fields.whole(name, rule.threshold());
    if (times < LoopRule.THRESHOLD_MIN) {
      fields.flaw(name, "must be at least " + LoopRule.THRESHOLD_MIN);
    }
    return Math.max(times, LoopRule.THRESHOLD_MIN);
  }
}
