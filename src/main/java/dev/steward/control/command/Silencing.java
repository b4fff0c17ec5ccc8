// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.alert.Silence;
import dev.steward.control.event.Event;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.AlertRule;
import java.time.Duration;

/// What is decided about silences.
final class Silencing {
  private static final Duration LENGTH_MAX = Duration.ofDays(90);
  private static final int SILENCES_MAX = 1_000;
  private static final int WORD_CHARACTERS_MAX = 200;

  private final Matter matter;
  private final State state;

  Silencing(Matter matter) {
    this.matter = matter;
    this.state = matter.state();
  }

  void silence(Command.SilenceAlerts silence) {
    check(silence);
    need(silence.rule(), silence.agent(), silence.environment());
    if (state.alerts().silence(silence.id()).isPresent()) {
      throw Releasing.conflict("silence " + silence.id() + " exists already");
    }
    if (state.alerts().silencing(matter.now()) >= SILENCES_MAX) {
      throw Releasing.conflict(
          "there are " + SILENCES_MAX + " silences in force; lift some, or narrow one less");
    }
    matter
        .decided()
        .add(
            new Event.AlertsSilenced(
                silence.id(),
                silence.rule(),
                silence.agent(),
                silence.environment(),
                silence.until(),
                matter.seal(silence.reason())));
  }

  void lift(Command.LiftSilence lift) {
    Silence silence =
        state
            .alerts()
            .silence(lift.id())
            .orElseThrow(() ->
                matter.notFound(
                    "silence",
                    lift.id(),
                    state.alerts().silences().stream().map(Silence::id).toList()));
    need(silence.rule(), silence.agent(), silence.environment());
    Matter.checkReason(lift.reason(), "lifting a silence");
    if (!silence.active(matter.now())) {
      throw Releasing.conflict("silence " + silence.id() + " ended at " + silence.until());
    }
    matter.decided().add(new Event.SilenceLifted(silence.id(), matter.seal(lift.reason())));
  }

  private void check(Command.SilenceAlerts silence) {
    if (silence.rule().isEmpty() && silence.agent().isEmpty() && silence.environment().isEmpty()) {
      throw invalid("a silence names a rule, an agent or an environment; without, it hides all");
    }
    if (!silence.rule().isEmpty() && state.find(AlertRule.class, silence.rule()).isEmpty()) {
      throw matter.notFound("AlertRule", silence.rule(), matter.names("AlertRule"));
    }
    boolean known =
        silence.agent().isEmpty()
            || state.agent(silence.agent()).isPresent()
            || state.alerts().open().stream().anyMatch(alert -> alert.about(silence.agent()));
    if (!known) {
      throw matter.notFound("Agent", silence.agent(), matter.names("Agent"));
    }
    if (silence.environment().length() > WORD_CHARACTERS_MAX) {
      throw invalid("an environment has at most " + WORD_CHARACTERS_MAX + " characters");
    }
    Matter.checkReason(silence.reason(), "a silence");
    if (!silence.until().isAfter(matter.now())) {
      throw invalid("a silence ends later than now, and " + silence.until() + " is not");
    }
    if (silence.until().isAfter(matter.now().plus(LENGTH_MAX))) {
      throw invalid(
          "a silence lasts at most "
              + LENGTH_MAX.toDays()
              + " days; change or delete the rule where nobody is to be told for longer");
    }
  }

  /// Where there is no agent, the rule says for whom it is asked.
  private void need(String rule, String agent, String environment) {
    Target target =
        agent.isEmpty()
            ? state
                .find(AlertRule.class, rule)
                .map(Scopes::of)
                .map(of -> within(of, environment))
                .orElse(new Target("", "", environment))
            : Target.agent(agent, state.team(agent), environment);
    matter.need(Permission.OPERATE, target);
  }

  private static Target within(Target rule, String environment) {
    return environment.isEmpty() ? rule : new Target(rule.team(), rule.agent(), environment);
  }

  private static ApiException invalid(String message) {
    return new ApiException(ErrorCode.INVALID, message);
  }
}
