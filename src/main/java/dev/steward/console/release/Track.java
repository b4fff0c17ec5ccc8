// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.format.Moments;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.release.Placement;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.Percent;
import dev.steward.domain.release.Stage;
import dev.steward.domain.resource.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the stages of an agent.
record Track(State state, PageRequest request, Reader reader, Moments moments) {
  static final String REASON = "Reason, kept in the ledger";

  /// @param here environment that the page is about, "" for none
  List<TrackStage> of(Agent agent, String here) {
    List<TrackStage> stages = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      stages.add(stage(agent, stage, here));
    }
    return stages;
  }

  static String href(String release) {
    return "/releases/" + Percent.encoded(release);
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
        deploys ? deeds(agent, stage, version, open.isEmpty()) : List.of(),
        environment.equals(here));
  }

  private List<Deed> deeds(Agent agent, Stage stage, @Nullable Digest running, boolean mayBegin) {
    List<Deed> deeds = new ArrayList<>();
    if (mayBegin) {
      deeds.addAll(new StageDeeds(state, request.csrf(), agent, stage).of(running));
    }
    Rollbacks.deed(
            state,
            reader,
            request.csrf(),
            agent,
            agent.environments().name(stage),
            "/releases/rollback")
        .ifPresent(deeds::add);
    return deeds;
  }
}
