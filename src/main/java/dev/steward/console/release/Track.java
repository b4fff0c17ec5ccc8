// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Moments;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.gate.Pinning;
import dev.steward.control.gate.RollbackPlan;
import dev.steward.control.release.Placement;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.release.CanaryTerms;
import dev.steward.domain.release.Stage;
import dev.steward.domain.resource.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the stages of an agent.
record Track(State state, PageRequest request, Reader reader, Moments moments) {
  private static final String REASON = "Reason, kept in the ledger";

  /// @param here environment that the page is about, "" for none
  List<TrackStage> of(Agent agent, String here) {
    List<TrackStage> stages = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      stages.add(stage(agent, stage, here));
    }
    return stages;
  }

  static String href(String release) {
    return "/releases/" + PageUrl.segment(release);
  }

  static Target target(Agent agent, String environment) {
    return Target.agent(agent.name(), Scopes.team(agent), environment);
  }

  private TrackStage stage(Agent agent, Stage stage, String here) {
    String environment = agent.environments().name(stage);
    @Nullable Digest version = state.environments(agent.name()).get(environment);
    Optional<Placement> placed =
        state
            .releases()
            .placed(agent.name(), environment)
            .filter(last -> last.version().equals(version));
    Optional<ReleaseRecord> open = state.releases().open(agent.name(), environment);
    boolean deploys =
        stage != Stage.DEVELOPMENT
            && reader.rights().may(Permission.DEPLOY, target(agent, environment));
    return new TrackStage(
        environment,
        version == null
            ? new Mark(Mark.Tone.UNKNOWN, "Nothing in force")
            : new Mark(Mark.Tone.OK, "In force"),
        version == null ? "" : ReleaseWords.version(version),
        placed.map(last -> moments.of(last.at())).orElse(null),
        placed.map(last -> new Link("its release", href(last.release()))).orElse(null),
        open.map(record ->
                new Link(
                    ReleaseWords.version(record.release().version())
                        + ", "
                        + record.state().word().replace('-', ' '),
                    href(record.release().id())))
            .orElse(null),
        deploys && open.isEmpty() ? start(agent, stage, version) : null,
        deploys && open.isEmpty() && version != null ? trial(agent, stage, version) : null,
        deploys && open.isEmpty() ? copilot(agent, stage, version) : null,
        deploys && open.isEmpty() && version != null ? standby(agent, stage, version) : null,
        deploys && open.isEmpty() && version != null ? shadow(agent, stage, version) : null,
        deploys ? back(agent, environment) : null,
        environment.equals(here));
  }

  /// What is in force in the stage before, null where nothing else is.
  private @Nullable Digest next(Agent agent, Stage stage, @Nullable Digest running) {
    String from = agent.environments().name(stage.before().orElseThrow());
    Digest next = state.environments(agent.name()).get(from);
    return next == null || next.equals(running) ? null : next;
  }

  private @Nullable Deed start(Agent agent, Stage stage, @Nullable Digest running) {
    Digest next = next(agent, stage, running);
    if (next == null) {
      return null;
    }
    String to = agent.environments().name(stage);
    return new Deed(
            "start-" + stage.word(),
            "/releases/start",
            request.csrf(),
            Map.of("agent", agent.name(), "to", to, "version", next.hex()),
            "Release " + ReleaseWords.version(next) + " of " + agent.name() + " to " + to,
            "It comes into force in "
                + to
                + " as soon as the gates hold"
                + (stage == Stage.PRODUCTION ? " and a second person agreed." : "."),
            REASON,
            false)
        .shown("Release " + ReleaseWords.version(next) + " here");
  }

  private @Nullable Deed trial(Agent agent, Stage stage, Digest running) {
    Digest next = next(agent, stage, running);
    if (next == null) {
      return null;
    }
    String to = agent.environments().name(stage);
    String share = CanaryTerms.percent(CanaryTerms.USUAL.weight());
    return new Deed(
            "try-" + stage.word(),
            "/releases/start",
            request.csrf(),
            Map.of("agent", agent.name(), "to", to, "version", next.hex(), "strategy", "canary"),
            "Try "
                + ReleaseWords.version(next)
                + " of "
                + agent.name()
                + " in "
                + to
                + " on "
                + share
                + " of the conversations",
            "Conversations that begin are assigned to it or to the version in force. It is judged"
                + " all the time, promoted when it is shown to be good, and rolled back by itself"
                + " when it is shown to be worse.",
            REASON,
            false)
        .shown("Try it on " + share);
  }

  private @Nullable Deed copilot(Agent agent, Stage stage, @Nullable Digest running) {
    Digest next = next(agent, stage, running);
    if (next == null) {
      return null;
    }
    String to = agent.environments().name(stage);
    return new Deed(
            "propose-" + stage.word(),
            "/releases/start",
            request.csrf(),
            Map.of("agent", agent.name(), "to", to, "version", next.hex(), "strategy", "copilot"),
            "Release "
                + ReleaseWords.version(next)
                + " of "
                + agent.name()
                + " to "
                + to
                + " as a copilot",
            "It comes into force there as soon as the gates hold, but each of its tool calls with"
                + " effects waits for a person. It acts by itself once a gate on what people"
                + " answered holds, or somebody says so.",
            REASON,
            false)
        .shown("Let it propose first");
  }

  private @Nullable Deed standby(Agent agent, Stage stage, Digest running) {
    Digest next = next(agent, stage, running);
    if (next == null) {
      return null;
    }
    String to = agent.environments().name(stage);
    return new Deed(
            "pair-" + stage.word(),
            "/releases/start",
            request.csrf(),
            Map.of(
                "agent", agent.name(), "to", to, "version", next.hex(), "strategy", "blue-green"),
            "Let "
                + ReleaseWords.version(next)
                + " of "
                + agent.name()
                + " stand by in "
                + to
                + " (blue-green)",
            "Nothing is switched yet. Once the gates hold, one click on the release's page switches"
                + " to it, and one switches back.",
            REASON,
            false)
        .shown("Let it stand by");
  }

  /// Null where no budget pays for it either.
  private @Nullable Deed shadow(Agent agent, Stage stage, Digest running) {
    Digest next = next(agent, stage, running);
    String to = agent.environments().name(stage);
    if (next == null || !Pinning.paysForShadow(state, agent, to)) {
      return null;
    }
    return new Deed(
            "shadow-" + stage.word(),
            "/releases/start",
            request.csrf(),
            Map.of("agent", agent.name(), "to", to, "version", next.hex(), "strategy", "shadow"),
            "Give "
                + ReleaseWords.version(next)
                + " of "
                + agent.name()
                + " copies of live calls in "
                + to
                + " (shadow)",
            "What it does takes no effect, and its answers go nowhere. It comes into force once a"
                + " gate on the comparison holds, or somebody says so.",
            REASON,
            false)
        .shown("Let it be a shadow");
  }

  private @Nullable Deed back(Agent agent, String environment) {
    try {
      RollbackPlan plan = RollbackPlan.of(state, agent.name(), environment, "");
      String version = ReleaseWords.version(plan.back().version());
      return new Deed(
              "back-" + environment,
              "/releases/rollback",
              request.csrf(),
              Map.of(
                  "agent",
                  agent.name(),
                  "environment",
                  environment,
                  "version",
                  plan.back().version().hex()),
              "Roll " + agent.name() + " in " + environment + " back to " + version,
              ReleaseWords.consequence(plan, plan.widens(state)),
              REASON,
              true)
          .shown("Roll back to " + version);
    } catch (ApiException e) {
      // There is no earlier version: nothing is offered.
      return null;
    }
  }
}
