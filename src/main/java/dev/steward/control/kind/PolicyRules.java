// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Names;
import dev.steward.control.field.Spec;
import dev.steward.control.yaml.Durations;
import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Nearest;
import dev.steward.domain.call.Effect;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Obligations.RateLimit;
import dev.steward.domain.decision.Tier;
import dev.steward.domain.resource.Policy.Rule;
import dev.steward.domain.resource.Policy.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// How one rule of a Policy is written.
final class PolicyRules {
  private static final Pattern TOOL =
      Pattern.compile(
          "\\*|[a-z0-9._*-]{1,120}/([A-Za-z0-9_.:*-]+|(resource|prompt|asks):\\P{Cntrl}{1,2000})");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final List<String> TIERS = Arrays.stream(Tier.values()).map(Tier::word).toList();
  private static final List<String> EFFECTS =
      Arrays.stream(Effect.values()).map(Effect::word).toList();

  private PolicyRules() {}

  static Rule read(Fields fields) {
    String name = Names.reference(fields, "name", false);
    if (NUMBER.matcher(name).matches()) {
      fields.flaw("name", "is a number, which names a rule by its place; write a word");
    }
    Tier tier = tier(fields);
    Target target = target(fields);
    String when = fields.text("when", "").strip();
    if (fields.has("when") && when.isEmpty()) {
      fields.flaw("when", "is empty; leave it out where the rule always holds");
    }
    ApprovalTerms terms = terms(fields, tier);
    Obligations obligations = obligations(fields, tier);
    return new Rule(name, tier, target, when, terms, obligations);
  }

  static void write(Rule rule, ObjectNode node) {
    Spec.put(node, "name", rule.name());
    switch (rule.target()) {
      case Target.Tools(List<String> tools, List<Effect> effects, List<String> labels) -> {
        put(node, "tool", tools);
        Spec.put(node, "effects", effects.stream().map(Effect::word).toList());
        Spec.put(node, "labels", labels);
      }
      case Target.Models(List<String> models) -> put(node, "model", models);
      case Target.Delegates(List<String> agents) -> Spec.put(node, "delegates", agents);
    }
    node.put("effect", rule.tier().word());
    Spec.put(node, "when", rule.when());
    if (rule.tier() == Tier.REQUIRE_APPROVAL) {
      write(rule.terms(), node);
    }
    Obligations obligations = rule.obligations();
    Spec.put(node, "redact", obligations.redact());
    for (RateLimit limit : obligations.limits()) {
      ObjectNode rate = node.putObject("limit");
      rate.put("calls", limit.calls());
      rate.put("per", Durations.write(limit.per()));
    }
    if (obligations.reason()) {
      node.put("reason", true);
    }
  }

  private static void write(ApprovalTerms terms, ObjectNode node) {
    Spec.put(node, "approvers", terms.approvers());
    if (terms.count() != 1) {
      node.put("count", terms.count());
    }
    if (!terms.fourEyes()) {
      node.put("fourEyes", false);
    }
    if (!terms.expires().equals(ApprovalTerms.EXPIRES)) {
      node.put("expires", Durations.write(terms.expires()));
    }
  }

  /// One under its name, several under its plural.
  private static void put(ObjectNode node, String name, List<String> values) {
    if (values.size() == 1) {
      node.put(name, values.getFirst());
    } else {
      Spec.put(node, name + "s", values);
    }
  }

  private static Tier tier(Fields fields) {
    String written = fields.text("effect");
    for (Tier tier : Tier.values()) {
      if (tier.word().equals(written)) {
        return tier;
      }
    }
    if (!written.isEmpty()) {
      fields.flaw("effect", none(written, TIERS));
    }
    return Tier.DENY;
  }

  private static Target target(Fields fields) {
    List<String> tools = either(fields, "tool");
    List<String> models = either(fields, "model");
    List<String> delegates = fields.texts("delegates");
    List<Effect> effects = effects(fields);
    List<String> labels = labels(fields);
    for (String tool : tools) {
      if (!TOOL.matcher(tool).matches()) {
        fields.flaw(
            fields.has("tool") ? "tool" : "tools",
            "'"
                + Names.shortened(tool)
                + "' is no tool: write server/tool, server/*, server/resource:URI,"
                + " server/prompt:NAME or *");
      }
    }
    boolean ofTools = !tools.isEmpty() || !effects.isEmpty() || !labels.isEmpty();
    int kinds = (ofTools ? 1 : 0) + (models.isEmpty() ? 0 : 1) + (delegates.isEmpty() ? 0 : 1);
    if (kinds != 1) {
      fields.flaw(
          "effect",
          kinds == 0
              ? "says nothing of what: name a tool, effects, labels, a model or delegates (tool:"
                  + " '*' for all tools)"
              : "is said of tools, models or delegates at once; write a rule for each");
    }
    if (!models.isEmpty()) {
      return new Target.Models(models);
    }
    return delegates.isEmpty()
        ? new Target.Tools(tools, effects, labels)
        : new Target.Delegates(delegates);
  }

  private static List<String> either(Fields fields, String name) {
    List<String> one = fields.texts(name);
    List<String> several = fields.texts(name + "s");
    if (!one.isEmpty() && !several.isEmpty()) {
      fields.flaw(name, "stands beside " + name + "s; write one of them");
    }
    for (String written : List.of(name, name + "s")) {
      if (fields.has(written) && fields.texts(written).isEmpty()) {
        fields.flaw(written, "is an empty list");
      }
    }
    return one.isEmpty() ? several : one;
  }

  private static List<Effect> effects(Fields fields) {
    List<Effect> effects = new ArrayList<>();
    for (String written : fields.texts("effects")) {
      Optional<Effect> effect = Effect.of(written);
      if (effect.isEmpty()) {
        fields.flaw("effects", none(written, EFFECTS));
      }
      effect.ifPresent(effects::add);
    }
    if (fields.has("effects") && fields.texts("effects").isEmpty()) {
      fields.flaw("effects", "is an empty list");
    }
    return effects;
  }

  private static List<String> labels(Fields fields) {
    List<String> labels = fields.texts("labels");
    for (String label : labels) {
      Names.refuse(label).ifPresent(reason -> fields.flaw("labels", reason));
    }
    if (fields.has("labels") && labels.isEmpty()) {
      fields.flaw("labels", "is an empty list");
    }
    return labels;
  }

  private static ApprovalTerms terms(Fields fields, Tier tier) {
    List<String> approvers = fields.texts("approvers");
    long count = fields.whole("count", 1);
    boolean fourEyes = fields.flag("fourEyes", true);
    Duration expires = Durations.read(fields, "expires", ApprovalTerms.EXPIRES);
    if (count < 1 || count > 20) {
      fields.flaw("count", "must be 1 to 20");
      count = 1;
    }
    for (String field : List.of("approvers", "count", "fourEyes", "expires")) {
      if (tier != Tier.REQUIRE_APPROVAL && fields.has(field)) {
        fields.flaw(field, "belongs to a rule whose effect is require_approval");
      }
    }
    return tier == Tier.REQUIRE_APPROVAL
        ? new ApprovalTerms(approvers, (int) count, fourEyes, expires)
        : ApprovalTerms.ANYONE;
  }

  private static Obligations obligations(Fields fields, Tier tier) {
    List<String> redact = fields.texts("redact");
    List<RateLimit> limits = new ArrayList<>();
    fields
        .object("limit")
        .ifPresent(limit -> {
          long calls = limit.whole("calls", 0);
          if (calls < 1) {
            limit.flaw("calls", "must be at least 1");
          }
          limits.add(
              new RateLimit(
                  Math.max(1, calls), Durations.read(limit, "per", Duration.ofMinutes(1))));
          limit.close();
        });
    boolean reason = fields.flag("reason", false);
    Obligations obligations = new Obligations(redact, limits, reason);
    if (tier == Tier.DENY && !obligations.none()) {
      fields.flaw("effect", "is deny, so redact, limit and reason have nothing to hold for");
    }
    return obligations;
  }

  private static String none(String written, List<String> known) {
    return "'"
        + Names.shortened(written)
        + "' is none of "
        + String.join(", ", known)
        + "."
        + Nearest.hint(written, known);
  }
}
