// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

import dev.steward.gateway.identity.ModelChoice;

/// A provider that answers, and the request that it answers. Closing it frees its place.
///
/// @param from what was made of the client's request for this provider
public record Reached<T>(ModelChoice choice, T from, UpstreamAnswer answer, Runnable leave)
    implements AutoCloseable {
  @Override
  public void close() {
    try {
      answer.close();
    } finally {
      leave.run();
    }
  }
}
