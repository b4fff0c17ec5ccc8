// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.baseline.Baselines;
import dev.steward.control.baseline.DriftAlarm;
import dev.steward.control.event.Event;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;

/// What is decided about the baselines of agents, and about drift from them.
final class Watching {
  private final Matter matter;
  private final State state;
  private final Baselines baselines;

  Watching(Matter matter) {
    this.matter = matter;
    this.state = matter.state();
    this.baselines = state.baselines();
  }

  void learn(Command.LearnBaseline learn) {
    matter.needServer("learns baselines");
    Agent agent = agent(learn.agent());
    boolean stale =
        baselines
            .relearnFrom(agent.name(), learn.environment())
            .filter(learn.from()::isBefore)
            .isPresent();
    if (stale || baselines.of(agent.name(), learn.environment()).isPresent()) {
      // It was let go while the runs before that were being learnt from, or is learnt already.
      return;
    }
    matter
        .decided()
        .add(
            new Event.BaselineLearnt(
                agent.name(),
                learn.environment(),
                learn.version(),
                learn.runs(),
                learn.from(),
                learn.to(),
                matter.keep(learn.record())));
  }

  void relearn(Command.RelearnBaseline relearn) {
    Agent agent = agent(relearn.agent());
    need(agent.name(), relearn.environment());
    Matter.checkReason(relearn.reason(), "letting a baseline go");
    if (baselines.of(agent.name(), relearn.environment()).isEmpty()) {
      throw Releasing.conflict(
          "no baseline of "
              + agent.name()
              + " is in force in '"
              + relearn.environment()
              + "', so there is none to let go: one is learnt there by itself once there are runs"
              + " enough");
    }
    letGo(agent.name(), relearn.environment(), relearn.reason());
  }

  /// The agent is deleted: nothing is compared with what its runs were like any more.
  void end(Agent agent, String reason) {
    baselines
        .of(agent.name())
        .forEach(baseline -> letGo(agent.name(), baseline.environment(), reason));
  }

  void tell(Command.TellDrift tell) {
    matter.needServer("finds drift");
    if (baselines.alarm(tell.id()).isPresent()) {
      throw Releasing.conflict("alarm " + tell.id() + " exists already");
    }
    boolean known =
        baselines.of(tell.agent(), tell.environment()).isEmpty()
            || baselines.told(tell.agent(), tell.environment(), tell.trait(), tell.direction());
    if (known) {
      // The baseline was let go meanwhile, or people know of it.
      return;
    }
    matter
        .decided()
        .add(
            new Event.DriftFound(
                tell.id(),
                tell.agent(),
                tell.environment(),
                tell.trait(),
                tell.direction(),
                tell.runs(),
                tell.began(),
                Matter.shortened(tell.why()),
                matter.keep(tell.record())));
  }

  void close(Command.CloseDrift close) {
    DriftAlarm alarm =
        baselines
            .alarm(close.id())
            .orElseThrow(() ->
                matter.notFound(
                    "alarm of drift",
                    close.id(),
                    baselines.alarms().stream().map(DriftAlarm::id).toList()));
    need(alarm.agent(), alarm.environment());
    Matter.checkReason(close.reason(), "closing an alarm");
    if (!alarm.open()) {
      throw Releasing.conflict("alarm " + alarm.id() + " is closed already");
    }
    matter
        .decided()
        .add(
            new Event.DriftClosed(
                alarm.id(),
                alarm.agent(),
                alarm.environment(),
                alarm.trait(),
                alarm.direction(),
                matter.seal(close.reason())));
  }

  private void letGo(String agent, String environment, String why) {
    Digest reason = matter.seal(why);
    matter.decided().add(new Event.BaselineLetGo(agent, environment, reason));
  }

  private void need(String agent, String environment) {
    matter.need(Permission.OPERATE, Target.agent(agent, state.team(agent), environment));
  }

  private Agent agent(String name) {
    return state
        .agent(name)
        .orElseThrow(() -> matter.notFound("Agent", name, matter.names("Agent")));
  }
}
