// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.gateway.identity.ModelChoice;

/// A provider that answers, and the request that it answers. Closing it frees its place.
///
/// @param from what was made of the client's request for this provider
/// @param place told how the answer ended
public record Reached<T>(ModelChoice choice, T from, UpstreamAnswer answer, Place place)
    implements AutoCloseable {

  /// The place of a call at its provider.
  public interface Place {
    /// The answer came whole.
    void ended();

    /// The provider broke it off.
    void brokeOff(String reason);

    /// The place is free.
    void leave();
  }

  @Override
  public void close() {
    try {
      answer.close();
    } finally {
      place.leave();
    }
  }
}
