// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.control.live.UpstreamHealth.Failure;
import dev.steward.control.live.UpstreamHealth.Latency;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How the tool servers answer, over the window of `UpstreamHealth`.
@FunctionalInterface
public interface ToolServerHealth {
  /// Nobody is called: a server without a gateway.
  ToolServerHealth NONE = List::of;

  /// Every server that is declared and can be reached, by name.
  List<Health> list();

  /// Figures of one server, or of one endpoint of an agent, over the window.
  ///
  /// @param name of the server or the agent
  /// @param calls requests of any kind that it was sent, each try on its own
  /// @param errors those of them that it failed: without an answer, broken off or gone silent in
  ///   the middle of it, or answered with a status that is its own fault, ours, or too many calls
  /// @param firstByte time until an answer began
  /// @param whole time until the result was there
  /// @param probeIn when a single call may try again whether it is back, empty where calls may
  /// @param inFlight calls that it is answering now
  /// @param limit calls that it may be answering at once
  /// @param turnedAway calls that it was spared, since its circuit was open or its limit full
  record Health(
      String name,
      long calls,
      long errors,
      Latency firstByte,
      Latency whole,
      Circuit circuit,
      Optional<Duration> probeIn,
      int inFlight,
      int limit,
      long turnedAway,
      Optional<Failure> lastError) {}
}
