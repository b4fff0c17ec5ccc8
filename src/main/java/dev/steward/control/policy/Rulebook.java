// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.policy;

import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The policies of one State, compiled when they are first asked for, from what the last compiled
/// set knows already.
public final class Rulebook {
  private final PolicySet base;
  private @Nullable Supplier<List<Policy>> policies;
  private @Nullable Supplier<List<ToolServer>> servers;
  private volatile @Nullable PolicySet compiled;

  /// @param base what was compiled last
  public Rulebook(
      PolicySet base, Supplier<List<Policy>> policies, Supplier<List<ToolServer>> servers) {
    this.base = base;
    this.policies = policies;
    this.servers = servers;
  }

  public PolicySet policies() {
    PolicySet known = compiled;
    return known == null ? compile() : known;
  }

  /// What is compiled so far, for the next one to begin with.
  public PolicySet latest() {
    PolicySet known = compiled;
    return known == null ? base : known;
  }

  private synchronized PolicySet compile() {
    PolicySet known = compiled;
    Supplier<List<Policy>> declared = policies;
    Supplier<List<ToolServer>> offered = servers;
    if (known != null || declared == null || offered == null) {
      return known == null ? base : known;
    }
    PolicySet next = base.next(declared.get(), Tools.of(offered.get()));
    compiled = next;
    // They hold on to a State that is over by now.
    policies = null;
    servers = null;
    return next;
  }
}
