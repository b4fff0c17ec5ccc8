// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.alert.Alert;
import dev.steward.control.alert.Silence;
import dev.steward.control.incident.Concern;
import dev.steward.control.state.State;
import dev.steward.domain.resource.AlertRule;
import dev.steward.insight.sight.AgentSight;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which alerts somebody may see: those of which every agent may be seen where it is concerned, and
/// those about the server for who sees all of it.
///
/// @param rights what they may do there
public record AlertSight(AgentSight.Rights rights, State state) {
  /// Those that need somebody first, and of those the newest.
  public List<Alert> alerts(Instant now) {
    return state.alerts().all().stream()
        .filter(this::sees)
        .sorted(
            Comparator.comparing((Alert alert) -> Standing.of(alert, state.alerts(), now))
                .thenComparing(Alert::level)
                .thenComparing(Comparator.comparing(Alert::raisedAt).reversed()))
        .toList();
  }

  public Optional<Alert> find(String id) {
    return state.alerts().find(id).filter(this::sees);
  }

  public boolean sees(Alert alert) {
    return may(Permission.READ, alert);
  }

  /// Whether they may take it on.
  public boolean operates(Alert alert) {
    return may(Permission.OPERATE, alert);
  }

  /// Silences of what they may see, those that end last first.
  public List<Silence> silences() {
    return state.alerts().silences().stream()
        .filter(this::sees)
        .sorted(Comparator.comparing(Silence::until).reversed())
        .toList();
  }

  public Optional<Silence> silence(String id) {
    return state.alerts().silence(id).filter(this::sees);
  }

  private boolean sees(Silence silence) {
    return rights.may(Permission.READ, target(silence));
  }

  /// Whether they may lift it.
  public boolean operates(Silence silence) {
    return rights.may(Permission.OPERATE, target(silence));
  }

  public boolean sees(ThresholdReading reading) {
    return rights.may(
        Permission.READ,
        Target.agent(reading.agent(), state.team(reading.agent()), reading.environment()));
  }

  private Target target(Silence silence) {
    if (!silence.agent().isEmpty()) {
      return Target.agent(silence.agent(), state.team(silence.agent()), silence.environment());
    }
    Target rule =
        state
            .find(AlertRule.class, silence.rule())
            .map(Scopes::of)
            .orElse(new Target("", "", silence.environment()));
    return silence.environment().isEmpty()
        ? rule
        : new Target(rule.team(), rule.agent(), silence.environment());
  }

  private boolean may(Permission permission, Alert alert) {
    return alert.agents().isEmpty()
        ? rights.may(permission, Target.SERVER)
        : alert.agents().stream().allMatch(concern -> may(permission, concern));
  }

  private boolean may(Permission permission, Concern concern) {
    return rights.may(
        permission,
        Target.agent(concern.agent(), state.team(concern.agent()), concern.environment()));
  }
}
