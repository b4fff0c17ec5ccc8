// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.delegation;

import dev.steward.domain.resource.AgentVersion;
import java.util.ArrayList;
import java.util.List;

/// The agents on whose behalf another acts, the first one first; none for one that acts by itself.
public record Chain(List<Link> links) {
  public static final Chain NONE = new Chain(List.of());

  public Chain {
    links = List.copyOf(links);
  }

  /// One agent of it, in the version in which it asked the next.
  ///
  /// @param version short name
  public record Link(String agent, String version) {
    public static Link of(String agent, AgentVersion version) {
      return new Link(agent, version.shortName());
    }
  }

  public List<String> agents() {
    return links.stream().map(Link::agent).toList();
  }

  public boolean none() {
    return links.isEmpty();
  }

  /// The chain of whom the agent asks.
  public Chain with(Link next) {
    List<Link> longer = new ArrayList<>(links);
    longer.add(next);
    return new Chain(longer);
  }

  /// Both, so that whoever acts on behalf of either may do no more than all of them.
  Chain and(Chain other) {
    List<Link> all = new ArrayList<>(links);
    for (Link link : other.links) {
      if (!all.contains(link)) {
        all.add(link);
      }
    }
    return new Chain(all);
  }

  /// As people read it, ending with who acts.
  public String words(String agent) {
    List<String> all = new ArrayList<>(agents());
    all.add(agent);
    return String.join(" → ", all);
  }
}
