// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.domain.SpanKind;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.graph.Lineage.Place;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which agent acts in each span of a trace: the one that the span names, else the one that acts
/// above it. The root of a run acts for the run's agent whatever it calls itself, so that nobody
/// puts a run's cost on another's bill by a name.
final class ActingAgents {
  /// The agent of the run.
  static final String OWN = "";

  private final Kinship kin;
  private final int[] root;
  private final String[] acting;

  private ActingAgents(Kinship kin) {
    this.kin = kin;
    this.root = kin.outermostAgent();
    this.acting = new String[kin.size()];
  }

  /// The name of a sub-agent by position, `OWN` where it is the run's agent.
  static String[] of(Kinship kin) {
    ActingAgents agents = new ActingAgents(kin);
    for (int at : kin.parentsFirst()) {
      agents.find(at);
    }
    return agents.acting;
  }

  private void find(int at) {
    int parent = kin.parent(at);
    if (root[at] < 0) {
      root[at] = parent >= 0 ? root[parent] : kin.place(at) == Place.ORPHAN ? -1 : at;
    }
    String named = root[at] == at ? null : named(at, parent);
    if (named == null) {
      acting[at] = parent < 0 || root[at] == at ? OWN : acting[parent];
    } else {
      acting[at] = ofRoot(root[at], named) ? OWN : named;
    }
  }

  /// Under its sender's own key a span without a name works for the agent above it; under another
  /// key it works for that key's agent.
  private @Nullable String named(int at, int parent) {
    SpanFacts facts = kin.get(at);
    boolean sameSender =
        parent >= 0 && Objects.equals(facts.origin().sender(), kin.get(parent).origin().sender());
    return sameSender && facts.kind() != SpanKind.AGENT
        ? facts.origin().named()
        : facts.origin().agent();
  }

  private boolean ofRoot(int at, String name) {
    return at >= 0
        && (name.equals(kin.get(at).origin().agent())
            || name.equals(kin.get(at).origin().sender()));
  }
}
