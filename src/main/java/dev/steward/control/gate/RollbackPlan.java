// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.access.Scopes;
import dev.steward.control.kind.Kinds;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.TreeDiff;
import dev.steward.control.proof.Proofs;
import dev.steward.control.release.Pins;
import dev.steward.control.release.Placement;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.release.Stage;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Resource;
import dev.steward.policy.proof.Comparison;
import dev.steward.policy.proof.Difference;
import dev.steward.policy.proof.Prover;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What going back to an earlier version would change, before it is done.
///
/// @param running version in force now
/// @param back placement of the version that comes back
/// @param restored what is declared again as it was pinned
/// @param lost what was pinned and cannot be declared again, as `Kind/name`
/// @param since what concerns the agent there now and was not pinned, or is another than was pinned
///   and never comes back, such as `Tool/server/name`; it stays, as `Kind/name`
public record RollbackPlan(
    Agent agent,
    String environment,
    Digest running,
    Placement back,
    List<Restored> restored,
    List<String> lost,
    List<String> since) {
  public RollbackPlan {
    restored = List.copyOf(restored);
    lost = List.copyOf(lost);
    since = List.copyOf(since);
  }

  /// One resource that is declared again.
  ///
  /// @param body digest of the form that comes back
  /// @param gone whether it is deleted now
  /// @param differences from the form in force, none where it is deleted
  public record Restored(
      Resource resource, Digest body, boolean gone, List<FieldDiff> differences) {
    public Restored {
      differences = List.copyOf(differences);
    }

    /// As `Kind/name`.
    public String name() {
      return resource.kind() + "/" + resource.name();
    }
  }

  /// @param version digest or its first characters, "" for the one before
  /// @throws ApiException NOT_FOUND, INVALID or CONFLICT when there is no way back
  public static RollbackPlan of(State state, String agentName, String environment, String version) {
    Agent agent =
        state
            .agent(agentName)
            .orElseThrow(() ->
                new ApiException(ErrorCode.NOT_FOUND, "no Agent '" + agentName + "' is declared"));
    Stage stage =
        agent
            .environments()
            .stage(environment)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.INVALID,
                    "'"
                        + environment
                        + "' is no environment of "
                        + agentName
                        + "; there are "
                        + String.join(", ", agent.environments().names())));
    if (stage == Stage.DEVELOPMENT) {
      throw new ApiException(
          ErrorCode.INVALID,
          "in "
              + environment
              + " the version applied last is in force: apply the earlier manifest");
    }
    Digest running = state.environments(agentName).get(environment);
    Optional<RollbackPlan> trial = ofTrial(state, agent, environment, version);
    if (trial.isPresent()) {
      return trial.get();
    }
    Placement back = back(state, agentName, environment, version, running);
    return plan(state, agent, environment, running == null ? back.version() : running, back);
  }

  /// The end of a canary: nothing but its version goes, and nothing was restored to begin with.
  private static Optional<RollbackPlan> ofTrial(
      State state, Agent agent, String environment, String version) {
    Optional<ReleaseRecord> tried = state.releases().tried(agent.name(), environment);
    if (tried.isEmpty()) {
      return Optional.empty();
    }
    ReleaseRecord record = tried.get();
    Rollout rollout = record.tried().orElseThrow();
    if (!rollout.control().hex().startsWith(version)) {
      return Optional.empty();
    }
    Placement back =
        new Placement(
            agent.name(),
            environment,
            rollout.control(),
            record.release().id(),
            record.pins(),
            rollout.startedAt(),
            record.start().by(),
            false);
    return Optional.of(
        new RollbackPlan(
            agent, environment, record.release().version(), back, List.of(), List.of(), List.of()));
  }

  private static Placement back(
      State state, String agent, String environment, String version, @Nullable Digest running) {
    List<Placement> placed = state.releases().placements(agent, environment);
    for (Placement placement : placed.reversed()) {
      boolean meant =
          version.isEmpty()
              ? !placement.withdrawn()
              : placement.version().hex().startsWith(version);
      if (meant && !placement.version().equals(running)) {
        return placement;
      }
    }
    throw new ApiException(
        ErrorCode.CONFLICT,
        version.isEmpty()
            ? "no earlier version of " + agent + " was in force in " + environment
            : "no other version beginning with "
                + version
                + " was in force in "
                + environment
                + "; 'steward release status "
                + agent
                + "' lists those that were");
  }

  private static RollbackPlan plan(
      State state, Agent agent, String environment, Digest running, Placement back) {
    Pinning pinning = new Pinning(state);
    AgentVersion version = state.version(agent.name(), back.version().hex()).orElseThrow();
    Pins then = state.pins(back.pins());
    Pins now = pinning.of(agent, version, environment);
    List<Restored> restored = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    List<String> since = new ArrayList<>();
    for (Map.Entry<String, Digest> pinned : then.bodies().entrySet()) {
      String name = pinned.getKey();
      if (Pinning.definition(name)) {
        Digest today = now.bodies().get(name);
        if (!pinned.getValue().equals(today)) {
          (today == null ? lost : since).add(name);
        }
        continue;
      }
      Digest body = state.bodyOf(Pinning.kind(name), Pinning.name(name)).orElse(null);
      if (pinned.getValue().equals(body)) {
        continue;
      }
      if (!Pinning.comesBack(name)) {
        since.add(name);
        continue;
      }
      Optional<Resource> earlier = pinning.asPinned(name, pinned.getValue());
      Optional<Resource> current = state.find(Pinning.kind(name), Pinning.name(name));
      if (earlier.isEmpty() || ownerless(earlier.get(), state)) {
        lost.add(name);
        continue;
      }
      restored.add(
          new Restored(
              earlier.get(),
              pinned.getValue(),
              current.isEmpty(),
              current.map(resource -> TreeDiff.of(resource, earlier.get())).orElse(List.of())));
    }
    for (String name : now.bodies().keySet()) {
      if (!then.bodies().containsKey(name) && Pinning.comesBack(name)) {
        since.add(name);
      }
    }
    return new RollbackPlan(agent, environment, running, back, restored, lost, since);
  }

  private static boolean ownerless(Resource resource, State state) {
    return Kinds.of(resource.kind()).owned() && state.person(Scopes.owner(resource)).isEmpty();
  }

  /// What the restored policies would let through that those in force do not, "" for nothing. It
  /// may take seconds.
  public String widens(State state) {
    List<Resource> policies = new ArrayList<>();
    for (Restored each : restored) {
      if (each.resource() instanceof Policy) {
        policies.add(each.resource());
      }
    }
    if (policies.isEmpty()) {
      return "";
    }
    try {
      Comparison found =
          Comparison.between(Proofs.regime(state, List.of()), Proofs.regime(state, policies));
      if (found.looser().isEmpty()) {
        return "";
      }
      Difference first = found.looser().getFirst();
      return first.agent()
          + " may call "
          + first.what()
          + " "
          + Prover.where(first.environment(), first.workflow());
    } catch (ApiException e) {
      return "what could not be found out (" + e.getMessage() + ")";
    }
  }
}
