// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Addresses;
import dev.steward.control.field.AlertFields;
import dev.steward.control.field.ScopeFields;
import dev.steward.control.field.Spec;
import dev.steward.control.incident.Severity;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.Metadata;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// How an AlertRule is written.
final class AlertRuleKind implements Kind<AlertRule> {
  private static final String OPENS = "opensIncident";
  private static final String GRAVITY = "incidentSeverity";

  @Override
  public Class<AlertRule> type() {
    return AlertRule.class;
  }

  @Override
  public AlertRule read(Metadata metadata, Fields spec) {
    return new AlertRule(
        metadata,
        ScopeFields.agents(spec),
        ScopeFields.names(spec, "environments"),
        AlertFields.trigger(spec),
        AlertFields.telling(spec),
        Addresses.read(spec, "runbook", Set.of("http", "https")),
        incident(spec));
  }

  private static String incident(Fields spec) {
    boolean opens = spec.flag(OPENS, false);
    Severity severity = spec.choice(GRAVITY, Severity.class, Severity.MAJOR);
    if (spec.has(GRAVITY) && !opens) {
      spec.flaw(GRAVITY, "is of the incident that is opened; write 'opensIncident: true' too");
    }
    return opens ? severity.word() : "";
  }

  @Override
  public void write(AlertRule rule, ObjectNode spec) {
    ScopeFields.write(rule.agents(), spec);
    Spec.put(spec, "environments", rule.environments());
    AlertFields.write(rule.trigger(), spec);
    AlertFields.write(rule.telling(), spec);
    Spec.put(spec, "runbook", rule.runbook());
    if (!rule.incident().isEmpty()) {
      spec.put(OPENS, true).put(GRAVITY, rule.incident());
    }
  }
}
