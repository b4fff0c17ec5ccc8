// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.part.Deed;
import dev.steward.control.gate.Pinning;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.release.CanaryTerms;
import dev.steward.domain.release.Stage;
import dev.steward.domain.release.Strategy;
import dev.steward.domain.resource.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ways in which the version of the stage before can come to a stage of an agent.
record StageDeeds(State state, String csrf, Agent agent, Stage stage) {

  /// @param running version that is in force there, null for none
  List<Deed> of(@Nullable Digest running) {
    String before = agent.environments().name(stage.before().orElseThrow());
    Digest next = state.environments(agent.name()).get(before);
    if (next == null || next.equals(running)) {
      return List.of();
    }
    List<Deed> deeds = new ArrayList<>();
    deeds.add(start(next));
    if (running != null) {
      deeds.add(trial(next));
    }
    deeds.add(copilot(next));
    if (running != null) {
      deeds.add(standby(next));
    }
    if (running != null && Pinning.paysForShadow(state, agent, to())) {
      deeds.add(shadow(next));
    }
    return deeds;
  }

  private String to() {
    return agent.environments().name(stage);
  }

  private Deed start(Digest next) {
    return begin(
        next,
        Strategy.DIRECT,
        "Release ",
        " to " + to(),
        "It comes into force in "
            + to()
            + " as soon as the gates hold"
            + (stage == Stage.PRODUCTION ? " and a second person agreed." : "."),
        "Release " + ReleaseWords.version(next) + " here");
  }

  private Deed trial(Digest next) {
    String share = CanaryTerms.percent(CanaryTerms.USUAL.weight());
    return begin(
        next,
        Strategy.CANARY,
        "Try ",
        " in " + to() + " on " + share + " of the conversations",
        "Conversations that begin are assigned to it or to the version in force. It is judged"
            + " all the time, promoted when it is shown to be good, and rolled back by itself"
            + " when it is shown to be worse.",
        "Try it on " + share);
  }

  private Deed copilot(Digest next) {
    return begin(
        next,
        Strategy.COPILOT,
        "Release ",
        " to " + to() + " as a copilot",
        "It comes into force there as soon as the gates hold, but each of its tool calls with"
            + " effects waits for a person. It acts by itself once a gate on what people"
            + " answered holds, or somebody says so.",
        "Let it propose first");
  }

  private Deed standby(Digest next) {
    return begin(
        next,
        Strategy.BLUE_GREEN,
        "Let ",
        " stand by in " + to() + " (blue-green)",
        "Nothing is switched yet. Once the gates hold, one click on the release's page switches"
            + " to it, and one switches back.",
        "Let it stand by");
  }

  private Deed shadow(Digest next) {
    return begin(
        next,
        Strategy.SHADOW,
        "Give ",
        " copies of live calls in " + to() + " (shadow)",
        "What it does takes no effect, and its answers go nowhere. It comes into force once a"
            + " gate on the comparison holds, or somebody says so.",
        "Let it be a shadow");
  }

  /// @param verb what is done with the version
  /// @param where how and in which stage
  private Deed begin(
      Digest next,
      Strategy strategy,
      String verb,
      String where,
      String consequence,
      String button) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("agent", agent.name());
    fields.put("to", to());
    fields.put("version", next.hex());
    fields.put("strategy", strategy.word());
    return new Deed(
            strategy.word() + "-" + stage.word(),
            "/releases/start",
            csrf,
            fields,
            verb + ReleaseWords.version(next) + " of " + agent.name() + where,
            consequence,
            Track.REASON,
            false)
        .shown(button);
  }
}
