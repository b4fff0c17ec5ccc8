// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import java.util.List;

/// How the endpoints of agents answer, over the window of `UpstreamHealth`.
@FunctionalInterface
public interface EndpointHealth {
  /// Nobody is called: a server without a gateway.
  EndpointHealth NONE = List::of;

  /// Every endpoint that a version in force declares, and others that were called lately, by agent.
  List<Health> list();

  /// One endpoint.
  ///
  /// @param url as its version declares it
  /// @param environments in which a version with it is in force, none for one that only a canary or
  ///   an earlier version has
  record Health(
      String agent, String url, List<String> environments, ToolServerHealth.Health figures) {
    public Health {
      environments = List.copyOf(environments);
    }
  }
}
