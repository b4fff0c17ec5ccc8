// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.upstream;

/// Sends one request to a provider.
@FunctionalInterface
public interface Upstream {
  /// Returns once status and headers of the answer are there.
  ///
  /// @throws UpstreamException when there is no answer
  UpstreamAnswer send(UpstreamRequest request);
}
