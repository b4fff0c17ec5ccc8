// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.loop.LoopLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// From when on the runs of a caller go round: as its version says it, and as the policies in force
/// say it in its place.
final class LimitsInForce {
  private static final int KNOWN_MAX = 4096;

  private volatile Known known = new Known(this, List.of());

  /// What was found while the policies were the same.
  private static final class Known {
    private final Object revision;
    private final List<Policy> policies;
    private final ConcurrentHashMap<Asker, LoopLimits> limits = new ConcurrentHashMap<>();

    private Known(Object revision, List<Policy> policies) {
      this.revision = revision;
      this.policies = policies;
    }
  }

  /// What limits depend on. Where no policy says anything, that is the version alone.
  private record Asker(
      Digest version,
      String agent,
      Map<String, String> labels,
      String environment,
      Set<String> workflows) {}

  LoopLimits of(State state, Caller caller, String workflow) {
    Known here = at(state);
    if (here.limits.size() > KNOWN_MAX) {
      here.limits.clear();
    }
    Asker asker = asker(here, caller, workflow);
    LoopLimits found = here.limits.get(asker);
    return found != null
        ? found
        : here.limits.computeIfAbsent(asker, one -> limits(here, caller, one));
  }

  private Known at(State state) {
    Object revision = state.revisionOf("Policy");
    Known here = known;
    if (here.revision != revision) {
      List<Policy> policies =
          state.all(Policy.class).stream()
              .filter(policy -> policy.mode() == Policy.Mode.ENFORCE && !policy.loops().isEmpty())
              .toList();
      here = new Known(revision, policies);
      known = here;
    }
    return here;
  }

  private static Asker asker(Known here, Caller caller, String workflow) {
    Digest version = caller.version().digest();
    if (here.policies.isEmpty()) {
      return new Asker(version, "", Map.of(), "", Set.of());
    }
    Agent agent = caller.agent();
    return new Asker(
        version,
        agent.name(),
        agent.metadata().labels(),
        caller.environment(),
        agent.workflowsOf(workflow));
  }

  private static LoopLimits limits(Known here, Caller caller, Asker asker) {
    List<Policy> concerned =
        here.policies.stream()
            .filter(policy ->
                policy.agents().selects(asker.agent(), asker.labels())
                    && policy.holdsIn(asker.environment(), asker.workflows()))
            .toList();
    return LoopLimits.of(caller.version()).under(concerned);
  }
}
