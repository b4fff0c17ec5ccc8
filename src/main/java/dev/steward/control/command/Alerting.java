// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.alert.Alert;
import dev.steward.control.alert.AlertStatus;
import dev.steward.control.alert.Alerts;
import dev.steward.control.alert.Firing;
import dev.steward.control.alert.NextNotice;
import dev.steward.control.event.Event;
import dev.steward.control.incident.Concern;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.Channel;
import java.util.List;
import java.util.Optional;

/// What is decided about alerts.
final class Alerting {
  private static final int AGENTS_MAX = 300;
  private static final int FINDINGS_MAX = 100;

  private final Matter matter;
  private final State state;

  Alerting(Matter matter) {
    this.matter = matter;
    this.state = matter.state();
  }

  void raise(Command.RaiseAlert raise) {
    matter.needServer("raises alerts");
    if (state.alerts().find(raise.id()).isPresent()) {
      throw Releasing.conflict("alert " + raise.id() + " exists already");
    }
    boolean known = state.alerts().open(raise.rule(), raise.group()).isPresent();
    if (known || state.find(AlertRule.class, raise.rule()).isEmpty()) {
      return;
    }
    if (state.alerts().full()) {
      throw Releasing.conflict(
          "there are "
              + Alerts.OPEN_MAX
              + " alerts open; narrow the rules that fire, or mend what makes them fire");
    }
    Firing firing = raise.firing();
    matter
        .decided()
        .add(
            new Event.AlertRaised(
                raise.id(),
                raise.rule(),
                raise.group(),
                Fields.word(firing.level()),
                agents(firing),
                findings(firing),
                matter.seal(Matter.shortened(firing.title())),
                matter.seal(Matter.shortened(firing.why())),
                raise.began()));
  }

  void change(Command.ChangeAlert change) {
    matter.needServer("changes alerts");
    Alert alert = alert(change.id());
    Firing firing = change.firing();
    boolean same =
        alert.level() == firing.level()
            && alert.agents().equals(agents(firing))
            && alert.findings().equals(findings(firing));
    if (same || !alert.open()) {
      return;
    }
    matter
        .decided()
        .add(
            new Event.AlertChanged(
                alert.id(),
                Fields.word(firing.level()),
                agents(firing),
                findings(firing),
                matter.seal(Matter.shortened(firing.title())),
                matter.seal(Matter.shortened(firing.why()))));
  }

  /// Who is told is decided here, on what is declared and silenced at this moment.
  void tell(Command.TellAlert tell) {
    matter.needServer("tells of alerts");
    Alert alert = alert(tell.id());
    Optional<AlertRule> rule = state.find(AlertRule.class, alert.rule());
    if (rule.isEmpty()) {
      return;
    }
    NextNotice.of(rule.get(), alert, state.alerts(), matter.now())
        .filter(next -> next.stage() == tell.stage() && !next.at().isAfter(matter.now()))
        .ifPresent(next ->
            matter
                .decided()
                .add(
                    new Event.AlertTold(
                        alert.id(), next.stage().word(), declared(next.channels()))));
  }

  void resolve(Command.ResolveAlert resolve) {
    matter.needServer("resolves alerts");
    Alert alert = alert(resolve.id());
    if (alert.open()) {
      matter
          .decided()
          .add(
              new Event.AlertResolved(
                  alert.id(),
                  declared(alert.toldChannels()),
                  matter.seal(Matter.shortened(resolve.why()))));
    }
  }

  void acknowledge(Command.AcknowledgeAlert acknowledge) {
    Alert alert = alert(acknowledge.id());
    need(alert);
    Matter.checkReason(acknowledge.reason(), "an acknowledgement");
    Alert.Answer answer = alert.answer();
    if (alert.status() == AlertStatus.ACKNOWLEDGED && answer != null) {
      throw Releasing.conflict(
          "alert "
              + alert.id()
              + " is acknowledged already, by "
              + ActorName.of(answer.by(), state)
              + " at "
              + answer.at());
    }
    if (!alert.open()) {
      throw Releasing.conflict("alert " + alert.id() + " is resolved, so there is nothing to do");
    }
    matter
        .decided()
        .add(
            new Event.AlertAcknowledged(
                alert.id(), declared(alert.toldChannels()), matter.seal(acknowledge.reason())));
  }

  /// One about the server is for whoever operates all of it.
  private void need(Alert alert) {
    if (alert.agents().isEmpty()) {
      matter.need(Permission.OPERATE, Target.SERVER);
    }
    for (Concern concern : alert.agents()) {
      matter.need(
          Permission.OPERATE,
          Target.agent(concern.agent(), state.team(concern.agent()), concern.environment()));
    }
  }

  private List<String> declared(List<String> channels) {
    return channels.stream()
        .filter(channel -> state.find(Channel.class, channel).isPresent())
        .toList();
  }

  /// One about very many agents is for those who see the whole server.
  private static List<Concern> agents(Firing firing) {
    return firing.agents().size() > AGENTS_MAX ? List.of() : firing.agents();
  }

  private static List<String> findings(Firing firing) {
    return firing.findings().stream().limit(FINDINGS_MAX).toList();
  }

  private Alert alert(String id) {
    return state
        .alerts()
        .find(id)
        .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no alert " + id + "."));
  }
}
